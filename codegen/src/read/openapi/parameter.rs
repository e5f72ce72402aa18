//! Parameters of the path, the query, the headers and the cookies.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, HeaderStyle, MediaType, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr, StringType,
};

use super::unions::{self, Kind};
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

/// Reads a parameter, or what it refers to; nothing where it is a header that others set.
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
        "cookie" => cookie(root, &node, name)?,
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
    if let Some((kind, media)) = content.first() {
        return of_text(root, kind, media);
    }
    node.note(
        NoteKind::Corrected,
        "it has no schema: it is taken for a string",
    );
    Ok(text())
}

/// The schema of a parameter whose values are of another media type than JSON: a scalar is written as it is, and
/// anything else is the text that is given.
fn of_text(root: &Node, kind: &str, media: &Node) -> Result<ParameterSchemaOrContent, Problem> {
    let Some(schema) = media.get("schema") else {
        return Ok(text());
    };
    match unions::kind_of(root, &schema, None)? {
        Kind::Boolean | Kind::Integer | Kind::Number | Kind::String => {
            let schema = schema::of_parameter(root, &schema)?;
            Ok(ParameterSchemaOrContent::Schema(schema))
        }
        _ => {
            let what = format!("it is sent as the text that is given, which has to be `{kind}`");
            media.note(NoteKind::NotCovered, what);
            Ok(text())
        }
    }
}

fn path(root: &Node, node: &Node, name: &str) -> Result<Parameter, Problem> {
    let style = match node.text_of("style")? {
        Some("label") => PathStyle::Label,
        Some("matrix") => PathStyle::Matrix,
        _ => {
            check_style(root, node, "simple")?;
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
    check_style(root, node, "simple")?;
    let data = data(root, node, name)?;
    Ok(Parameter::Header {
        parameter_data: data,
        style: HeaderStyle::Simple,
    })
}

fn cookie(root: &Node, node: &Node, name: &str) -> Result<Parameter, Problem> {
    check_style(root, node, "form")?;
    if is_object(root, node)? {
        return Err(node.problem(
            "an object has no form in a cookie",
            "give it the schema of a string, a number, a boolean, or a list of these",
        ));
    }
    Ok(Parameter::Cookie {
        parameter_data: data(root, node, name)?,
        style: CookieStyle::Form,
    })
}

/// Checks the style of a parameter in a place that has one only. A single value is written in the same way in all of
/// them.
fn check_style(root: &Node, node: &Node, style: &str) -> Result<(), Problem> {
    let Some(found) = node.get("style") else {
        return Ok(());
    };
    let stated = found.text()?;
    if stated == style {
        return Ok(());
    }
    if is_single_value(root, node)? {
        let what = format!("a parameter in this place has the style `{style}`, and not `{stated}`");
        found.note(NoteKind::Corrected, what);
        return Ok(());
    }
    Err(found.problem(
        format!("a parameter in this place cannot be sent in the style `{stated}`"),
        format!("let it be `{style}`, if the server takes that"),
    ))
}

/// Whether the values of a parameter are neither lists nor objects.
fn is_single_value(root: &Node, node: &Node) -> Result<bool, Problem> {
    let Some(schema) = node.get("schema") else {
        return Ok(node.get("content").is_none());
    };
    let kind = unions::kind_of(root, &schema, None)?;
    Ok(matches!(
        kind,
        Kind::Boolean | Kind::Integer | Kind::Number | Kind::String
    ))
}

/// Whether a parameter is an object, or JSON: neither has a form in a cookie.
fn is_object(root: &Node, node: &Node) -> Result<bool, Problem> {
    if let Some(schema) = node.get("schema") {
        return Ok(unions::kind_of(root, &schema, None)? == Kind::Object);
    }
    Ok(media_type::json(&node.members_of("content")?).is_some())
}

/// Whether a parameter, or what it refers to, can be left out of a call.
pub(super) fn is_optional(root: &Node, node: &Node) -> bool {
    references::resolve(root, node, "parameters").is_ok_and(|node| {
        let is_in_path = node.get("in").is_some_and(|it| it.value() == "path");
        !is_in_path && !node.get("required").is_some_and(|it| it.value() == true)
    })
}
