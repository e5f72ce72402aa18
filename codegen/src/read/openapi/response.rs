//! Responses, and the bodies of requests.

use indexmap::IndexMap;
use openapiv3::{
    Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr, RequestBody, Response, Responses,
    StatusCode,
};

use super::{media_type, only, references, schema};
use crate::media_types::{MULTIPART, essence};
use crate::read::neutral;
use crate::read::node::Node;
use crate::{NoteKind, Problem};

/// Reads the responses of an operation, by their statuses.
pub(super) fn read(root: &Node, node: &Node) -> Result<Responses, Problem> {
    let mut responses = Responses::default();
    for (status, node) in node.members()? {
        if status.starts_with("x-") {
            continue;
        }
        if status == "default" {
            responses.default = Some(ReferenceOr::Item(response(root, &node, status)?));
            continue;
        }
        let Some(code) = code(status) else {
            let what = format!("`{status}` is no status of HTTP: the response is ignored");
            node.note(NoteKind::Corrected, what);
            continue;
        };
        let response = ReferenceOr::Item(response(root, &node, status)?);
        responses.responses.insert(code, response);
    }
    Ok(responses)
}

fn code(text: &str) -> Option<StatusCode> {
    let first = text
        .chars()
        .next()?
        .to_digit(10)
        .filter(|it| (1..=5).contains(it))?;
    match text.get(1..)? {
        "XX" | "xx" => Some(StatusCode::Range(first as u16)),
        rest if rest.len() == 2 => Some(StatusCode::Code(text.parse().ok()?)),
        _ => None,
    }
}

fn response(root: &Node, node: &Node, status: &str) -> Result<Response, Problem> {
    let node = references::resolve(root, node, "responses")?;
    only(
        &node,
        &["content", "description", "headers", "links", "summary"],
    )?;
    let mut response = Response {
        description: node.remark_of("description").unwrap_or_default().to_owned(),
        ..Response::default()
    };
    for (name, header) in node.members_of("headers")? {
        response.headers.insert(
            name.to_owned(),
            ReferenceOr::Item(self::header(root, &header)?),
        );
    }
    let mut content = node.members_of("content")?;
    if is_empty_by_rule(status) && !content.is_empty() {
        let what = format!("a response of {status} has no content: it is not read");
        node.note(NoteKind::Corrected, what);
        content.clear();
    }
    response.content = match status.starts_with('2') || status == "default" {
        true => media_type::read(root, &content)?,
        // What is wrong can be said in any form: it is there as it came.
        false => media_type::read_json(root, &content)?,
    };
    Ok(response)
}

/// Whether responses of a status have no content, whatever a document says (RFC 9110, 15.3.5 and 15.3.6).
fn is_empty_by_rule(status: &str) -> bool {
    matches!(status, "204" | "205")
}

fn header(root: &Node, node: &Node) -> Result<Header, Problem> {
    let node = references::resolve(root, node, "headers")?;
    let schema = node.get("schema");
    let schema = schema
        .map(|schema| schema::of_parameter(root, &schema))
        .transpose()?;
    Ok(Header {
        description: node.remark_of("description").map(str::to_owned),
        style: HeaderStyle::Simple,
        required: node.lenient_flag("required"),
        deprecated: node.lenient_flag("deprecated").then_some(true),
        format: ParameterSchemaOrContent::Schema(schema.unwrap_or_else(schema::any)),
        example: None,
        examples: IndexMap::new(),
        extensions: IndexMap::new(),
    })
}

/// Reads what an operation sends, and the media types that it does not.
pub(super) fn request(
    root: &Node,
    node: &Node,
) -> Result<(Option<RequestBody>, Vec<String>), Problem> {
    let node = references::resolve(root, node, "requestBodies")?;
    only(&node, &["content", "description", "required"])?;
    let members = node.members_of("content")?;
    let (content, others) = media_type::sent(root, &members)?;
    let required = match node.get("required") {
        Some(_) => node.lenient_flag("required"),
        None if neutral::is_neutral(root) => false,
        // Parts are there also where there is none of them.
        None if content.keys().all(|kind| essence(kind) == MULTIPART) => true,
        None => media_type::needs_a_value(root, &members)?,
    };
    let body = (!content.is_empty()).then(|| RequestBody {
        description: node.remark_of("description").map(str::to_owned),
        content,
        required,
        ..RequestBody::default()
    });
    Ok((body, others))
}
