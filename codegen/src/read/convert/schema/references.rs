//! What stands beside a `$ref`.
//!
//! In OpenAPI 3.1 it holds as well as what the reference leads to. Remarks stay where they are, because
//! the reader takes them from there; what makes another type of it becomes a member of an `allOf`.

use serde_json::{Map, Value, json};

use crate::read::convert::origins::{At, Table};

/// What makes another type of a schema.
const OTHER_TYPE: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "discriminator",
    "enum",
    "items",
    "oneOf",
    "properties",
    "required",
];

/// A schema that refers to the component which it is a part of, as older drafts write it.
pub(super) fn recursive(schema: &mut Map<String, Value>, at: &At) {
    schema.remove("$recursiveAnchor");
    if schema.get("$recursiveRef").is_none_or(|it| it != "#") {
        return;
    }
    if let ["#", "components", "schemas", name, ..] = at.keys()[..] {
        schema.remove("$recursiveRef");
        let reference = format!("#/components/schemas/{name}");
        schema.insert("$ref".to_owned(), reference.into());
    }
}

/// Converts what stands beside the reference of a schema.
pub(super) fn siblings(schema: &mut Map<String, Value>, at: &At, table: &mut Table) {
    if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let is_other = |key: &String| OTHER_TYPE.contains(&key.as_str());
    if !schema.keys().any(is_other) {
        // Which type it is, is said where the reference leads.
        schema.remove("type");
        return;
    }
    let mut members = Vec::new();
    if let Some(reference) = schema.remove("$ref") {
        members.push(json!({ "$ref": reference }));
        table.moved_within(at, &["allOf", "0"], &[]);
    }
    if let Some(Value::Array(others)) = schema.remove("allOf") {
        for (index, other) in others.into_iter().enumerate() {
            let to = members.len().to_string();
            table.moved_within(at, &["allOf", &to], &["allOf", &index.to_string()]);
            members.push(other);
        }
    }
    let mut own = Map::new();
    for key in OTHER_TYPE {
        own.extend(schema.remove(*key).map(|value| ((*key).to_owned(), value)));
    }
    if !own.is_empty() {
        own.extend(schema.remove("type").map(|name| ("type".to_owned(), name)));
        table.moved_within(at, &["allOf", &members.len().to_string()], &[]);
        members.push(own.into());
    }
    schema.insert("allOf".to_owned(), members.into());
}
