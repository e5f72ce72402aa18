//! Schemas, as far as Swagger 2.0 writes them otherwise than OpenAPI 3.0.

use serde_json::{Map, Value, json};

use crate::read::convert::kinds::{Kind, each_child};
use crate::read::convert::origins::At;

/// Where schemas stand.
pub(super) const PREFIX: &str = "#/components/schemas/";

/// Converts every schema of a document, where it stands.
pub(super) fn convert(document: &mut Value) {
    visit(Kind::Document, document, &At::ROOT);
}

fn visit(kind: Kind, value: &mut Value, at: &At) {
    if let (Kind::Schema, Value::Object(schema)) = (kind, &mut *value) {
        convert_one(schema);
    }
    each_child(kind, value, at, &mut visit);
}

/// Converts a schema, without those inside of it.
pub(super) fn convert_one(schema: &mut Map<String, Value>) {
    if let Some(Value::String(reference)) = schema.get_mut("$ref")
        && let Some(name) = reference.strip_prefix("#/definitions/")
    {
        *reference = format!("{PREFIX}{name}");
    }
    if let Some(Value::String(name)) = schema.get("discriminator") {
        let discriminator = json!({ "propertyName": name });
        schema.insert("discriminator".to_owned(), discriminator);
    }
    if let Some(nullable) = schema.remove("x-nullable") {
        schema.entry("nullable").or_insert(nullable);
    }
    if schema.get("type").is_some_and(|it| it == "file") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "binary".into());
    }
}

/// Whether a schema is bytes as they are.
pub(super) fn is_binary(schema: &Value) -> bool {
    schema.get("format").is_some_and(|it| it == "binary")
}

/// Whether a schema becomes a type that has a name.
pub(super) fn has_type(schema: &Value) -> bool {
    let keys = ["additionalProperties", "allOf", "enum", "properties"];
    let holds = |schema: &Value| keys.iter().any(|key| schema.get(*key).is_some());
    holds(schema) || schema.get("items").is_some_and(holds)
}
