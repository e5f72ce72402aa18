//! Parameters of the path, the query and the headers.

use indexmap::IndexMap;
use openapiv3::{
    HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema, SchemaKind, Type,
};

use super::{only, references, schema};
use crate::Problem;
use crate::read::node::Node;

const KNOWN: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];

/// Headers that are not a parameter's to set, by OpenAPI's own words.
const OTHERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// Where a parameter goes, and what it is called there: no two of an operation have both in common.
pub(super) type Key = (String, String);

/// Reads a parameter, or what it refers to; nothing where it is a header that others set.
pub(super) fn read(root: &Node, node: &Node) -> Result<Option<(Key, Parameter)>, Problem> {
    let node = references::resolve(root, node, "parameters")?;
    if let Some(content) = node.get("content") {
        return Err(content.problem(
            "a parameter with a content of its own cannot be written down",
            "give it a `schema`, or leave it out of a copy of the document",
        ));
    }
    only(&node, KNOWN)?;
    let place = node.require("in")?;
    let name = node.require("name")?.text()?;
    let key = (place.text()?.to_owned(), name.to_owned());
    let data = data(root, &node, name)?;
    let parameter = match place.text()? {
        "path" => path(&node, data)?,
        "query" => query(&node, data)?,
        "header" if OTHERS.contains(&name.to_ascii_lowercase().as_str()) => return Ok(None),
        "header" => header(&node, data)?,
        other => {
            return Err(place.problem(
                format!("a parameter in a {other} cannot be sent"),
                "a parameter is in the path, the query or a header; leave others out of a copy",
            ));
        }
    };
    Ok(Some((key, parameter)))
}

fn data(root: &Node, node: &Node, name: &str) -> Result<ParameterData, Problem> {
    let schema = schema::resolved(root, &node.require("schema")?)?;
    Ok(ParameterData {
        name: name.to_owned(),
        description: node.text_of("description")?.map(str::to_owned),
        required: node.flag("required")?,
        deprecated: node.flag("deprecated")?.then_some(true),
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    })
}

fn path(node: &Node, data: ParameterData) -> Result<Parameter, Problem> {
    check_style(node, "simple")?;
    if !data.required {
        return Err(node.problem(
            "a parameter of the path is always required",
            "add `required: true`",
        ));
    }
    if !is_scalar(&data) {
        return Err(node.problem(
            "a parameter of the path is one value",
            "give it the schema of a string, a number or a boolean",
        ));
    }
    Ok(Parameter::Path {
        parameter_data: data,
        style: PathStyle::Simple,
    })
}

fn query(node: &Node, data: ParameterData) -> Result<Parameter, Problem> {
    check_style(node, "form")?;
    let exploded = node
        .get("explode")
        .is_none_or(|it| it.value().as_bool() != Some(false));
    match &schema_of(&data).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Array(_))) if exploded => {}
        Some(SchemaKind::Type(Type::Array(_))) => {
            return Err(node.problem(
                "a list whose values stand in one parameter cannot be written down",
                "let it be `explode: true`, if the server takes that",
            ));
        }
        _ if is_scalar(&data) => {}
        _ => {
            return Err(node.problem(
                "an object has no form in a query",
                "give each of its fields a parameter",
            ));
        }
    }
    Ok(Parameter::Query {
        parameter_data: data,
        allow_reserved: false,
        style: QueryStyle::Form,
        allow_empty_value: None,
    })
}

fn header(node: &Node, data: ParameterData) -> Result<Parameter, Problem> {
    check_style(node, "simple")?;
    if !is_scalar(&data) {
        return Err(node.problem(
            "a header is one value",
            "give it the schema of a string, a number or a boolean",
        ));
    }
    Ok(Parameter::Header {
        parameter_data: data,
        style: HeaderStyle::Simple,
    })
}

fn check_style(node: &Node, style: &str) -> Result<(), Problem> {
    match node.get("style") {
        Some(found) if found.text()? != style => Err(found.problem(
            format!(
                "a parameter in the style `{}` cannot be written down",
                found.text()?
            ),
            format!("let it be `{style}`, if the server takes that"),
        )),
        _ => Ok(()),
    }
}

fn schema_of(data: &ParameterData) -> Option<&Schema> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => schema.as_item(),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

fn is_scalar(data: &ParameterData) -> bool {
    matches!(
        schema_of(data).map(|schema| &schema.schema_kind),
        Some(SchemaKind::Type(
            Type::Boolean(_) | Type::Integer(_) | Type::Number(_) | Type::String(_)
        ))
    )
}
