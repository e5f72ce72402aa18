//! OpenAPI documents, version 3.0. Other versions are converted before.
//!
//! The format: <https://spec.openapis.org/oas/v3.0.3>. What cannot be generated is recorded here, where it
//! still has a place: it leaves out the operations that reach it, and nothing is left out in silence.

mod all_of;
mod compositions;
mod encoding;
mod enums;
mod media_type;
mod numbers;
mod operation;
mod parameter;
mod parts;
mod path_queries;
mod path_templates;
mod references;
mod response;
mod scalar_parts;
mod schema;
mod security;
mod servers;
mod shared_properties;
mod standard;
mod swagger_bodies;
mod unions;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Components, Info, OpenAPI, ReferenceOr, Schema};

use super::findings::{Findings, Read};
use super::node::Node;
use crate::manifest::Entry;
use crate::{NoteKind, Problem, nesting};

pub(super) use compositions::Compositions;

/// Reads a whole document. What is wrong with a part of it is kept beside it: it matters to what reaches that
/// part only.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<Read, Problem> {
    check_version(root)?;
    let endless = references::endless(root);
    let compositions = Compositions::find(root, endless);
    let root = &root.clone().with_compositions(&compositions);
    let mut document = OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: info(root),
        servers: servers::read(root, stated)?,
        ..OpenAPI::default()
    };
    let whole = root.take_findings();
    let (schemas, of_schemas) = schemas(root);
    let mut operations = BTreeMap::new();
    document.paths.paths = operation::paths(root, &mut operations)?;
    let parameters = standard::lift(root, &mut document.paths.paths);
    root.take_findings();
    document.components = Some(Components {
        parameters,
        schemas,
        security_schemes: security::schemes(root),
        ..Components::default()
    });
    Ok(Read {
        document,
        whole,
        operations,
        schemas: of_schemas,
    })
}

fn check_version(root: &Node) -> Result<(), Problem> {
    let Some(version) = root.get("openapi") else {
        return Err(root.require("swagger")?.problem(
            "this is a document of an older Swagger than 2.0, for which there is no reader",
            "convert it to OpenAPI 3",
        ));
    };
    match version.text()? {
        text if text.starts_with("3.0.") => Ok(()),
        text => Err(version.problem(
            format!("this is an OpenAPI document of version {text}, for which there is no reader"),
            "convert it to OpenAPI 3.1 or 3.0",
        )),
    }
}

fn info(root: &Node) -> Info {
    let text = |key: &str| {
        let text = root.get("info").and_then(|info| info.get(key));
        text.and_then(|text| text.value().as_str().map(str::to_owned))
    };
    Info {
        title: text("title").unwrap_or_else(|| "API".to_owned()),
        description: text("description"),
        version: text("version").unwrap_or_default(),
        ..Info::default()
    }
}

type Schemas = IndexMap<String, ReferenceOr<Schema>>;

/// Every schema that has a name, and what was found wrong with each.
fn schemas(root: &Node) -> (Schemas, BTreeMap<String, Findings>) {
    let (mut schemas, mut findings) = (Schemas::new(), BTreeMap::new());
    let mut add = |name: &str, schema: Result<ReferenceOr<Schema>, Problem>| {
        let schema = root.or_leave_out(schema);
        schemas.insert(name.to_owned(), schema.unwrap_or_else(schema::any));
        let found = root.take_findings();
        if !found.is_empty() {
            findings.insert(name.to_owned(), found);
        }
    };
    for (name, node) in components(root, "schemas") {
        let schema = references::check_name(name, &node).map(|()| schema::read(root, &node));
        add(name, schema);
    }
    if let Some(compositions) = root.compositions() {
        for (node, name) in compositions.all() {
            let node = node.clone().with_compositions(compositions);
            add(
                name,
                all_of::read_apart(root, compositions.subtypes(), &node),
            );
        }
    }
    schemas.sort_keys();
    let apart = root.compositions().into_iter().flat_map(Compositions::all);
    let apart = apart.map(|(node, name)| (name.as_str(), node.clone()));
    let nodes: BTreeMap<&str, Node> = components(root, "schemas")
        .into_iter()
        .chain(apart)
        .collect();
    for name in nesting::too_deep(&schemas) {
        let node = nodes.get(name).unwrap_or(root);
        let findings = findings.entry(name.to_owned()).or_default();
        findings
            .problems
            .push(node.problem(nesting::WHAT, nesting::HELP));
    }
    (schemas, findings)
}

/// The components of a section, sorted by name; none where there is no such section.
fn components<'a>(root: &Node<'a>, section: &str) -> Vec<(&'a str, Node<'a>)> {
    let components = root.get("components");
    let components = components.and_then(|components| components.members_of(section).ok());
    components.unwrap_or_default()
}

/// Notes the members of an object that nothing here knows.
fn only(node: &Node, known: &[&str]) -> Result<(), Problem> {
    for (name, member) in node.members()? {
        if !name.starts_with("x-") && !known.contains(&name) {
            member.note(NoteKind::Ignored, format!("`{name}` is ignored"));
        }
    }
    Ok(())
}

/// What is said of the thing itself. A summary is better than nothing.
fn description(node: &Node) -> Option<String> {
    let text = node.remark_of("description").or(node.remark_of("summary"));
    text.map(str::to_owned)
}
