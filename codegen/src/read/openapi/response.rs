//! Responses, and the bodies of requests.

use indexmap::IndexMap;
use openapiv3::{
    Header, HeaderStyle, MediaType, ParameterSchemaOrContent, ReferenceOr, RequestBody, Response,
    Responses, StatusCode,
};

use super::{media_type, only, references, schema};
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
    check_success(node, &responses)?;
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
    let content = node.members_of("content")?;
    match media_type::json(root, &content)? {
        Some((kind, media)) => response.content = json(root, kind, media)?,
        // What is wrong can be said in any form: it is there as it came.
        None if content.is_empty() || !(status.starts_with('2') || status == "default") => {}
        None => {
            return Err(node.require("content")?.problem(
                "what is answered with success is not JSON",
                "leave the operation out of a copy of the document",
            ));
        }
    }
    Ok(response)
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

/// Reads what an operation sends.
pub(super) fn request(root: &Node, node: &Node) -> Result<RequestBody, Problem> {
    let node = references::resolve(root, node, "requestBodies")?;
    only(&node, &["content", "description", "required"])?;
    let content = node.require("content")?;
    let members = content.members()?;
    let Some((kind, media)) = media_type::json(root, &members)? else {
        return Err(content.problem(
            "what is sent is not JSON",
            "leave the operation out of a copy of the document: no other form can be sent",
        ));
    };
    Ok(RequestBody {
        description: node.remark_of("description").map(str::to_owned),
        content: json(root, kind, media)?,
        required: node.lenient_flag("required"),
        ..RequestBody::default()
    })
}

fn json(root: &Node, kind: String, media: &Node) -> Result<IndexMap<String, MediaType>, Problem> {
    only(media, &["encoding", "example", "examples", "schema"])?;
    let schema = media
        .get("schema")
        .map(|it| schema::read(root, &it))
        .transpose()?;
    let media = MediaType {
        schema,
        ..MediaType::default()
    };
    Ok(IndexMap::from([(kind, media)]))
}

/// A method returns one type: every success has it, or nothing.
fn check_success(node: &Node, responses: &Responses) -> Result<(), Problem> {
    let mut bodies = responses.responses.iter().filter_map(|(status, response)| {
        let response = response
            .as_item()
            .filter(|_| crate::operations::is_success(status))?;
        response.content.values().next()?.schema.as_ref()
    });
    let first = bodies.next();
    if bodies.all(|body| Some(body) == first) {
        return Ok(());
    }
    Err(node.problem(
        "the operation answers with success in several forms",
        "let all of them refer to one schema",
    ))
}
