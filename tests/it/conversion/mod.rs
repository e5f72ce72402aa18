//! OpenAPI 3.1, Swagger 2.0 and references to any place are generated as what says the same in OpenAPI 3.0.

mod calls;
mod files;
mod places;
mod references;
mod swagger;
mod swagger_servers;
mod yaml;

use serde_json::{Value, json};

use crate::support::client_of;

/// A document whose only operation sends and returns the schema `S`.
fn document(version: &str, schemas: &Value) -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let content = json!({ "application/json": { "schema": reference("S") } });
    let post = json!({
        "operationId": "post", "requestBody": { "content": content, "required": true },
        "responses": { "200": { "description": "Done.", "content": content } },
    });
    json!({
        "openapi": version, "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://x.example" }],
        "paths": { "/s": { "post": post } }, "components": { "schemas": schemas },
    })
}

/// All that is generated, and what was said of it; the reason without its place where nothing is.
fn outcome(document: &Value) -> String {
    match client_of(document) {
        Ok(generated) => {
            let notes = generated.summary.notes.iter().map(|note| &note.what);
            let notes: Vec<_> = notes.collect();
            format!("{:#?}\n{notes:#?}", generated.files)
        }
        Err(problems) => problems
            .split_once(": ")
            .map_or(problems.clone(), |(_, what)| what.to_owned()),
    }
}

fn assert_same(converted: &Value, expected: &Value) {
    assert_eq!(outcome(converted), outcome(expected), "{converted:#}");
}

/// Schemas of 3.1, and the same ones in 3.0. `A` is another schema of the document.
fn schemas() -> Vec<(Value, Value)> {
    let a = || json!({ "$ref": "#/components/schemas/A" });
    let text = || json!({ "type": "string" });
    vec![
        (
            json!({ "type": ["string", "null"] }),
            json!({ "type": "string", "nullable": true }),
        ),
        (json!({ "type": ["string"] }), json!({ "type": "string" })),
        (
            json!({ "type": ["integer", "number"] }),
            json!({ "type": "number" }),
        ),
        (json!({ "type": ["null"] }), json!({ "nullable": true })),
        (json!({ "type": "null" }), json!({ "nullable": true })),
        (
            json!({ "type": ["string", "integer", "null"], "format": "int64", "maxLength": 3 }),
            json!({ "nullable": true, "oneOf": [
                { "type": "integer", "format": "int64" }, { "type": "string", "maxLength": 3 },
            ] }),
        ),
        (
            json!({ "type": ["array", "string"], "items": text(), "enum": ["a"] }),
            json!({ "type": "string", "enum": ["a"], "items": text() }),
        ),
        (
            json!({ "type": ["array", "boolean", "integer", "number", "object", "string", "null"] }),
            json!({ "nullable": true }),
        ),
        (
            json!({ "oneOf": [a(), { "type": "null" }] }),
            json!({ "allOf": [a()], "nullable": true }),
        ),
        (
            json!({ "anyOf": [{ "type": "null" }, { "type": "string", "maxLength": 3 }], "title": "t" }),
            json!({ "type": "string", "maxLength": 3, "title": "t", "nullable": true }),
        ),
        (
            json!({ "anyOf": [text(), { "const": null }, { "type": "integer" }] }),
            json!({ "anyOf": [text(), { "type": "integer" }], "nullable": true }),
        ),
        (
            json!({ "oneOf": [{ "type": "null" }] }),
            json!({ "nullable": true }),
        ),
        (
            json!({ "const": "a" }),
            json!({ "type": "string", "enum": ["a"] }),
        ),
        (
            json!({ "const": 1 }),
            json!({ "type": "integer", "enum": [1] }),
        ),
        (
            json!({ "enum": ["a", null] }),
            json!({ "type": "string", "enum": ["a"], "nullable": true }),
        ),
        (
            json!({ "type": "object", "properties": { "r": { "$recursiveRef": "#" } } }),
            json!({ "type": "object", "properties": { "r": { "$ref": "#/components/schemas/S" } } }),
        ),
        (
            json!({ "$ref": "#/components/schemas/A", "required": ["n"], "description": "d" }),
            json!({ "allOf": [a(), { "required": ["n"] }], "description": "d" }),
        ),
        (
            json!({ "$ref": "#/components/schemas/A", "properties": { "p": text() } }),
            json!({ "allOf": [a(), { "properties": { "p": text() } }] }),
        ),
        (
            json!({ "$ref": "#/components/schemas/A", "type": "object" }),
            a(),
        ),
        (
            json!({ "type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 9, "maximum": 7 }),
            json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 7 }),
        ),
        (
            json!({ "type": "string", "examples": ["x"] }),
            json!({ "type": "string", "example": "x" }),
        ),
        (
            json!({ "type": "array", "prefixItems": [text(), text()], "items": false }),
            json!({ "type": "array", "items": text() }),
        ),
        (
            json!({ "prefixItems": [text(), { "type": "integer" }] }),
            json!({ "type": "array", "items": { "oneOf": [text(), { "type": "integer" }] } }),
        ),
        (
            json!({ "prefixItems": [text(), true] }),
            json!({ "type": "array", "items": {} }),
        ),
        (
            json!({ "type": "array", "items": true }),
            json!({ "type": "array", "items": {} }),
        ),
        (
            json!({ "type": "string", "contentEncoding": "base64" }),
            json!({ "type": "string", "format": "byte" }),
        ),
        (
            json!({ "contentEncoding": "binary" }),
            json!({ "type": "string", "format": "binary" }),
        ),
        (
            json!({ "contentMediaType": "image/png" }),
            json!({ "type": "string", "format": "binary" }),
        ),
        (
            json!({ "type": "string", "contentMediaType": "application/json" }),
            text(),
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "type": "integer" } } }),
            json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
        ),
        (
            json!({ "type": "object", "propertyNames": { "pattern": "a" }, "unevaluatedProperties": text() }),
            json!({ "type": "object", "additionalProperties": text() }),
        ),
        (
            json!({ "type": "object", "properties": { "p": true, "q": false }, "$comment": "c" }),
            json!({ "type": "object", "properties": { "p": {} } }),
        ),
    ]
}

#[test]
fn schemas_of_3_1_are_read_as_those_of_3_0() {
    let other = json!({ "type": "object", "properties": { "n": { "type": "integer" } } });
    for (later, earlier) in schemas() {
        // As a schema of its own, and as that of a property.
        let [later, earlier] = [later, earlier].map(|schema| {
            let holder = json!({ "type": "object", "properties": { "p": schema, "t": schema } });
            json!({ "S": holder, "A": other })
        });
        assert_same(&document("3.1.0", &later), &document("3.0.3", &earlier));
    }
}
