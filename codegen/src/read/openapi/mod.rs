//! OpenAPI documents, version 3.0.
//!
//! The format: <https://spec.openapis.org/oas/v3.0.3>. Whatever it has that cannot be printed is
//! refused here, where it still has a place: nothing is left out without a word.

mod all_of;
mod compositions;
mod media_type;
mod operation;
mod parameter;
mod references;
mod response;
mod schema;
mod security;
mod servers;

use indexmap::IndexMap;
use openapiv3::{Components, Info, OpenAPI, ReferenceOr};

use super::node::Node;
use crate::Problem;
use crate::manifest::Entry;

pub(super) use compositions::Compositions;

/// Reads a whole document.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<OpenAPI, Problem> {
    check_version(root)?;
    references::check_ends(root)?;
    let compositions = Compositions::find(root)?;
    let root = &root.clone().with_compositions(&compositions);
    only(
        root,
        &[
            "components",
            "externalDocs",
            "info",
            "openapi",
            "paths",
            "security",
            "servers",
            "tags",
        ],
    )?;
    let mut document = OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: info(&root.require("info")?)?,
        servers: servers::read(root, stated)?,
        ..OpenAPI::default()
    };
    document.paths.paths = operation::paths(root)?;
    document.components = Some(Components {
        schemas: schemas(root)?,
        security_schemes: security::schemes(root)?,
        ..Components::default()
    });
    Ok(document)
}

fn check_version(root: &Node) -> Result<(), Problem> {
    let Some(version) = root.get("openapi") else {
        return Err(root.problem(
            "this is an OpenAPI document of version 2 (Swagger), for which there is no reader",
            "convert it to OpenAPI 3.0",
        ));
    };
    match version.text()? {
        text if text.starts_with("3.0.") => Ok(()),
        text => Err(version.problem(
            format!("this is an OpenAPI document of version {text}, for which there is no reader"),
            "convert it to OpenAPI 3.0",
        )),
    }
}

fn info(node: &Node) -> Result<Info, Problem> {
    Ok(Info {
        title: node.require("title")?.text()?.to_owned(),
        description: node.text_of("description")?.map(str::to_owned),
        version: node.require("version")?.text()?.to_owned(),
        ..Info::default()
    })
}

fn schemas(root: &Node) -> Result<IndexMap<String, ReferenceOr<openapiv3::Schema>>, Problem> {
    let mut schemas = IndexMap::new();
    let Some(components) = root.get("components") else {
        return Ok(schemas);
    };
    only(
        &components,
        &[
            "examples",
            "headers",
            "parameters",
            "requestBodies",
            "responses",
            "schemas",
            "securitySchemes",
        ],
    )?;
    for (name, node) in components.members_of("schemas")? {
        references::check_name(name, &node)?;
        schemas.insert(name.to_owned(), schema::read(root, &node)?);
    }
    if let Some(compositions) = root.compositions() {
        for (node, name) in compositions.all() {
            let node = node.clone().with_compositions(compositions);
            schemas.insert(name.clone(), all_of::read_apart(root, &node)?);
        }
    }
    schemas.sort_keys();
    Ok(schemas)
}

/// Refuses members of an object that nothing here knows. Extensions are nobody's business but those who
/// look for them.
fn only(node: &Node, known: &[&str]) -> Result<(), Problem> {
    for (name, member) in node.members()? {
        if !name.starts_with("x-") && !known.contains(&name) {
            return Err(member.problem(
                format!("`{name}` is something that cannot be generated here"),
                "take it out of a copy of the document, with whatever needs it",
            ));
        }
    }
    Ok(())
}

/// What is said of the thing itself. A summary is better than nothing.
fn description(node: &Node) -> Result<Option<String>, Problem> {
    let text = node.text_of("description")?;
    let text = text.or(node.text_of("summary")?);
    Ok(text.map(str::to_owned))
}
