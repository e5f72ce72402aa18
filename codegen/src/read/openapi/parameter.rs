//! Parameters of the path, the query, the headers and the cookies.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, HeaderStyle, MediaType, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr, StringType,
};

use super::{media_type, only, references, schema};
use crate::media_types::JSON;
use crate::operations::parameter_data;
use crate::read::node::Node;
use crate::{NoteKind, Problem};

const KNOWN: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
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

/// Headers that belong to the connection, or to how a body is written: the client sets them itself.
const OF_THE_CONNECTION: [&str; 10] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Where a parameter goes, and what it is called there: no two of an operation have both in common.
pub(super) type Key = (String, String);

/// Reads a parameter, or what it refers to; nothing where it is a header that others set,
/// or cannot be sent and need not be.
pub(super) fn read(root: &Node, node: &Node) -> Result<Option<(Key, Parameter)>, Problem> {
    let node = references::resolve(root, node, "parameters")?;
    only(&node, KNOWN)?;
    let place = node.require("in")?;
    let name = node.require("name")?.text()?;
    let key = (place.text()?.to_owned(), name.to_owned());
    let parameter = match place.text()? {
        "path" => path(root, &node, name)?,
        "query" => query(root, &node, name)?,
        "header" if OTHERS.contains(&name.to_ascii_lowercase().as_str()) => return Ok(None),
        "header" if OF_THE_CONNECTION.contains(&name.to_ascii_lowercase().as_str()) => {
            let what = format!("the client sets the header `{name}` itself: it is no parameter");
            node.note(NoteKind::Corrected, what);
            return Ok(None);
        }
        "header" => header(root, &node, name)?,
        "cookie" => return Ok(cookie(root, &node, name)?.map(|parameter| (key, parameter))),
        other => {
            return Err(place.problem(
                format!("`{other}` is no place of a parameter"),
                "write `path`, `query`, `header` or `cookie`",
            ));
        }
    };
    Ok(Some((key, parameter)))
}

/// The parameter of a placeholder for which the document has none: a string.
pub(super) fn of_placeholder(name: &str) -> Parameter {
    Parameter::Path {
        parameter_data: ParameterData {
            required: true,
            ..parameter_data(name, text())
        },
        style: PathStyle::Simple,
    }
}

/// What a parameter without a schema is: a string.
fn text() -> ParameterSchemaOrContent {
    let schema = crate::schemas::string(StringType::default());
    ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema))
}

fn data(root: &Node, node: &Node, name: &str) -> Result<ParameterData, Problem> {
    // `simple` says so of objects only; a parameter of the query may say it of others.
    let exploded = node.get("explode").is_some() && node.lenient_flag("explode");
    Ok(ParameterData {
        explode: exploded.then_some(true),
        description: node.remark_of("description").map(str::to_owned),
        required: node.lenient_flag("required"),
        deprecated: node.lenient_flag("deprecated").then_some(true),
        ..parameter_data(name, format(root, node)?)
    })
}

/// The schema of a parameter. One without a schema is a string. One with a `content` is that: JSON, or text.
fn format(root: &Node, node: &Node) -> Result<ParameterSchemaOrContent, Problem> {
    if let Some(schema) = node.get("schema") {
        let schema = schema::of_parameter(root, &schema)?;
        return Ok(ParameterSchemaOrContent::Schema(schema));
    }
    let content = node.members_of("content")?;
    if let Some(media) = media_type::json(&content) {
        let media = MediaType {
            schema: media.get("schema").map(|it| schema::read(root, &it)),
            ..MediaType::default()
        };
        let content = IndexMap::from([(JSON.to_owned(), media)]);
        return Ok(ParameterSchemaOrContent::Content(content));
    }
    node.note(
        NoteKind::Corrected,
        "it has no schema: it is taken for a string",
    );
    Ok(text())
}

fn path(root: &Node, node: &Node, name: &str) -> Result<Parameter, Problem> {
    let style = match node.text_of("style")? {
        Some("label") => PathStyle::Label,
        Some("matrix") => PathStyle::Matrix,
        _ => {
            check_style(node, "simple")?;
            PathStyle::Simple
        }
    };
    let data = data(root, node, name)?;
    if !data.required {
        let what = "a parameter of the path is always required: it is taken for such";
        node.note(NoteKind::Corrected, what);
    }
    Ok(Parameter::Path {
        parameter_data: ParameterData {
            required: true,
            ..data
        },
        style,
    })
}

fn query(root: &Node, node: &Node, name: &str) -> Result<Parameter, Problem> {
    let mut data = data(root, node, name)?;
    let style = match node.text_of("style")? {
        None | Some("form") => QueryStyle::Form,
        Some("spaceDelimited") => QueryStyle::SpaceDelimited,
        Some("pipeDelimited") => QueryStyle::PipeDelimited,
        Some("deepObject") => QueryStyle::DeepObject,
        Some(other) => {
            return Err(node.require("style")?.problem(
                format!("a parameter of the query has no style `{other}`"),
                "write `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`",
            ));
        }
    };
    let stated = node.get("explode");
    let is_default = |explode: &bool| *explode == (style == QueryStyle::Form);
    data.explode = stated
        .map(|_| node.lenient_flag("explode"))
        .filter(|explode| !is_default(explode));
    Ok(Parameter::Query {
        parameter_data: data,
        allow_reserved: false,
        style,
        allow_empty_value: None,
    })
}

fn header(root: &Node, node: &Node, name: &str) -> Result<Parameter, Problem> {
    check_style(node, "simple")?;
    let data = data(root, node, name)?;
    Ok(Parameter::Header {
        parameter_data: data,
        style: HeaderStyle::Simple,
    })
}

fn cookie(root: &Node, node: &Node, name: &str) -> Result<Option<Parameter>, Problem> {
    check_style(node, "form")?;
    let data = data(root, node, name)?;
    if is_object(root, node)? {
        let what = "an object has no form in a cookie";
        if data.required {
            let help = "give it the schema of a string, a number, a boolean, or a list of these";
            return Err(node.problem(what, help));
        }
        node.note(NoteKind::NotCovered, format!("{what}: it cannot be set"));
        return Ok(None);
    }
    Ok(Some(Parameter::Cookie {
        parameter_data: data,
        style: CookieStyle::Form,
    }))
}

fn check_style(node: &Node, style: &str) -> Result<(), Problem> {
    match node.get("style") {
        Some(found) if found.text()? != style => Err(found.problem(
            format!(
                "a parameter in this place cannot be sent in the style `{}`",
                found.text()?
            ),
            format!("let it be `{style}`, if the server takes that"),
        )),
        _ => Ok(()),
    }
}

/// Whether a parameter is an object, or JSON: neither has a form in a cookie.
fn is_object(root: &Node, node: &Node) -> Result<bool, Problem> {
    let Some(schema) = node.get("schema") else {
        return Ok(node.get("content").is_some());
    };
    let schema = references::resolve(root, &schema, "schemas")?;
    Ok(schema.remark_of("type") == Some("object") || schema.get("properties").is_some())
}
