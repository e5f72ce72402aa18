//! Discovery's methods.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::path::{self, Path};
use super::{OAUTH2, parameter, schema};
use crate::Problem;
use crate::extensions::{Extension, Media, MediaTransfer, ResourceNames};
use crate::media_types::JSON;
use crate::operations::{self, any_one_of};
use crate::read::node::Node;

/// A method, with the path and the verb that it is called by.
pub(super) struct Method {
    pub path: String,
    pub verb: String,
    pub operation: Operation,
}

/// Reads a method. `root` is the document, where references lead.
pub(super) fn read(root: &Node, node: &Node) -> Result<Method, Problem> {
    let Path {
        template,
        names,
        values,
    } = path::read(node)?;
    let id = node.require("id")?.text()?;
    let mut operation = Operation {
        tags: operations::resource_in_id(id).into_iter().collect(),
        operation_id: Some(id.to_owned()),
        description: node.text_of("description")?.map(str::to_owned),
        deprecated: node.flag("deprecated")?,
        parameters: values.into_iter().map(ReferenceOr::Item).collect(),
        request_body: request_body(root, node)?,
        responses: responses(root, node)?,
        security: security(node)?,
        ..Operation::default()
    };
    for (name, node) in node.members_of("parameters")? {
        if node.require("location")?.text()? != "path" {
            let parameter = parameter::in_query(name, &node)?;
            operation.parameters.push(ReferenceOr::Item(parameter));
        }
    }
    if let Some(version) = node.text_of("apiVersion")? {
        let header = parameter::api_version(version);
        operation.parameters.push(ReferenceOr::Item(header));
    }
    if !names.is_empty() {
        ResourceNames(names).set(&mut operation.extensions);
    }
    let media = media(root, node)?;
    if !media.0.is_empty() {
        media.set(&mut operation.extensions);
    }
    Ok(Method {
        path: template,
        verb: node.require("httpMethod")?.text()?.to_ascii_lowercase(),
        operation,
    })
}

/// How media travels with a method, besides JSON.
fn media(root: &Node, node: &Node) -> Result<Media, Problem> {
    let mut transfers = Vec::new();
    if node.flag("supportsMediaDownload")? {
        transfers.push(MediaTransfer::Download);
    }
    if node.flag("supportsMediaUpload")? {
        transfers.extend(uploads(root, node)?);
    }
    Ok(Media(transfers))
}

/// The protocols of an upload. Both are spoken at one path: that of the method, below `/upload`.
fn uploads(root: &Node, node: &Node) -> Result<Vec<MediaTransfer>, Problem> {
    let service = root.text_of("servicePath")?.unwrap_or_default();
    let path = format!("{service}{}", node.require("path")?.text()?);
    let protocols = node.get("mediaUpload").and_then(|it| it.get("protocols"));
    let is_there = |name: &str, below: &str| {
        let stated = protocols.as_ref()?.get(name)?.get("path")?;
        let stated = stated.value().as_str()?.strip_prefix(below)?;
        Some(stated == path.trim_start_matches('/'))
    };
    let ways = [
        (MediaTransfer::Upload, is_there("simple", "/upload/")),
        (
            MediaTransfer::Resumable,
            is_there("resumable", "/resumable/upload/").or(is_there("resumable", "/upload/")),
        ),
    ];
    let known = ways
        .into_iter()
        .filter(|(_, is_there)| *is_there == Some(true));
    let known: Vec<MediaTransfer> = known.map(|(way, _)| way).collect();
    Ok(match known.is_empty() {
        true => vec![MediaTransfer::Elsewhere],
        false => known,
    })
}

fn request_body(root: &Node, node: &Node) -> Result<Option<ReferenceOr<RequestBody>>, Problem> {
    let Some(request) = node.get("request") else {
        return Ok(None);
    };
    Ok(Some(ReferenceOr::Item(RequestBody {
        content: json(root, &request)?,
        required: true,
        ..RequestBody::default()
    })))
}

fn responses(root: &Node, node: &Node) -> Result<Responses, Problem> {
    let mut response = Response {
        description: "Success.".to_owned(),
        ..Response::default()
    };
    if let Some(node) = node.get("response") {
        response.content = json(root, &node)?;
    }
    Ok(Responses {
        responses: IndexMap::from([(StatusCode::Code(200), ReferenceOr::Item(response))]),
        ..Responses::default()
    })
}

/// A message as the JSON that it is sent as.
fn json(root: &Node, node: &Node) -> Result<IndexMap<String, MediaType>, Problem> {
    let media = MediaType {
        schema: Some(schema::read(root, node)?),
        ..MediaType::default()
    };
    Ok(IndexMap::from([(JSON.to_owned(), media)]))
}

/// The scopes of a method. Any one of them is enough, so each is a requirement of its own.
fn security(node: &Node) -> Result<Option<Vec<openapiv3::SecurityRequirement>>, Problem> {
    let scopes = node.texts_of("scopes")?;
    Ok((!scopes.is_empty()).then(|| any_one_of(OAUTH2, &scopes)))
}
