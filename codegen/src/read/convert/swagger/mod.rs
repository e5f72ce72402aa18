//! Swagger 2.0 as OpenAPI 3.0.
//!
//! The format: <https://spec.openapis.org/oas/v2.0>. What a parameter says of its values becomes a schema,
//! what is sent a request body, and what an operation consumes and produces the media types of bodies.

mod media_types;
mod operations;
mod parameters;
mod request_bodies;
mod responses;
mod schemas;
mod security;
mod servers;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::origins::{At, Origin, Table};
use crate::names::unique;

/// What every operation of a document shares.
struct Shared<'t> {
    parameters: Map<String, Value>,
    responses: Map<String, Value>,
    consumes: Option<Value>,
    produces: Option<Value>,
    /// How much may still be put where it is referred to: every operation has its own responses.
    left: usize,
    table: &'t mut Table,
}

/// Converts a document. Its references lead to definitions, parameters and responses of its own.
pub(super) fn convert(mut document: Value, table: &mut Table) -> Value {
    schemas::convert(&mut document);
    let Value::Object(mut from) = document else {
        return document;
    };
    let mut take = |key: &str| from.remove(key);
    let object = |value: Option<Value>| match value {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let mut definitions = object(take("definitions"));
    let servers = servers::convert([take("schemes"), take("host"), take("basePath")], table);
    let security = security::schemes(object(take("securityDefinitions")));
    let mut shared = Shared {
        parameters: object(take("parameters")),
        responses: object(take("responses")),
        consumes: take("consumes"),
        produces: take("produces"),
        left: 4 * super::MOST_COPIED,
        table,
    };
    take("swagger");
    shared.name_schemas(&mut definitions);
    let paths = shared.paths(from.remove("paths"));
    let parameters = shared.components();
    shared.table.is_full = shared.left == 0;
    moved(shared.table, "schemas", "definitions");
    moved(shared.table, "parameters", "parameters");
    moved(shared.table, "securitySchemes", "securityDefinitions");
    let sections = [
        ("parameters", parameters),
        ("schemas", definitions),
        ("securitySchemes", security),
    ];
    let sections = sections.map(|(name, section)| (name.to_owned(), section.into()));
    from.insert("openapi".to_owned(), "3.0.3".into());
    from.insert("servers".to_owned(), servers);
    from.insert("paths".to_owned(), paths);
    from.insert("components".to_owned(), Map::from_iter(sections).into());
    from.into()
}

fn moved(table: &mut Table, section: &str, from: &str) {
    let root = At::ROOT;
    let components = root.child("components");
    table.moved(&components.child(section), at_top(&[from]));
}

/// A place below the top of the document.
fn at_top(keys: &[&str]) -> Origin {
    let keys = keys.iter().map(|key| super::origins::escaped(key));
    let pointer = keys.fold("#".to_owned(), |place, key| place + "/" + &key);
    Origin {
        file: None,
        pointer,
    }
}

impl Shared<'_> {
    /// Makes definitions of the schemas that stand in parameters and responses which operations share: there
    /// is one type for all of them.
    fn name_schemas(&mut self, definitions: &mut Map<String, Value>) {
        let mut taken: BTreeSet<String> = definitions.keys().cloned().collect();
        let root = At::ROOT;
        let components = root.child("components");
        let schemas = components.child("schemas");
        let sections = [
            ("parameters", &mut self.parameters),
            ("responses", &mut self.responses),
        ];
        for (section, members) in sections {
            let mut members: Vec<_> = members.iter_mut().collect();
            members.sort_by_key(|(name, _)| name.as_str());
            for (name, member) in members {
                let schema = member.get_mut("schema");
                let Some(schema) = schema.filter(|schema| schemas::has_type(schema)) else {
                    continue;
                };
                let new = unique(name.clone(), &mut taken);
                let origin = at_top(&[section, name, "schema"]);
                self.table.moved(&schemas.child(&new), origin);
                let reference = serde_json::json!({ "$ref": format!("{}{new}", schemas::PREFIX) });
                definitions.insert(new, std::mem::replace(schema, reference));
            }
        }
    }
}

/// A copy of something that operations share; nothing once too much was copied.
fn copy(left: &mut usize, value: &Value) -> Option<Value> {
    if *left > 0 {
        *left = left.saturating_sub(super::weight(value));
    }
    (*left > 0).then(|| value.clone())
}
