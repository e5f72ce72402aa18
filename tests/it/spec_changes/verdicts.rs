//! Verdicts on changes that look like others.

use std::path::Path;

use codegen::diff::{Change, diff};
use serde_json::{Value, json};

use super::api;

/// A document whose operation has these parameters, and returns the schema `Book`.
fn document(parameters: Value, schemas: Value) -> Value {
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Book" } } });
    json!({
        "openapi": "3.0.3", "info": { "title": "Library", "version": "1" },
        "servers": [{ "url": "https://library.example" }],
        "paths": { "/books": { "get": {
            "operationId": "books.get", "parameters": parameters,
            "responses": { "200": { "description": "It.", "content": content } },
        } } },
        "components": { "schemas": schemas },
    })
}

/// A document with one schema, of these properties.
fn book(properties: &str) -> Value {
    let properties: Value = serde_saphyr::from_str(properties).unwrap();
    document(
        json!([]),
        json!({ "Book": { "type": "object", "properties": properties } }),
    )
}

fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let [old, new] = [old, new].map(|it| api(Path::new("api.json"), &it.to_string(), "**"));
    diff(&old, &new).unwrap().changes
}

/// The kinds of changes, sorted.
fn kinds(old: &Value, new: &Value) -> Vec<&'static str> {
    let mut kinds: Vec<_> = changes(old, new).iter().map(|it| it.kind.id).collect();
    kinds.sort_unstable();
    kinds
}

#[test]
fn the_order_and_repetition_of_values_is_no_change() {
    let old = book("state: { type: string, enum: [one, two, a, A] }");
    for values in ["two, A, a, one", "one, two, two, a, A, one"] {
        let new = book(&format!("state: {{ type: string, enum: [{values}] }}"));
        assert_eq!(kinds(&old, &new), [""; 0], "{values}");
        let generated = |document: &Value| {
            let client = codegen::Client::new("library", "api.json", &["**"]);
            let text = &document.to_string();
            let source = codegen::Source {
                name: "api.json",
                text,
            };
            let files = codegen::generate(&client, &source).unwrap().files;
            files
                .into_iter()
                .filter(|it| it.path.ends_with(".rs"))
                .collect::<Vec<_>>()
        };
        assert_eq!(generated(&old), generated(&new), "{values}");
    }
}

#[test]
fn a_schema_that_keeps_its_type_under_another_name_in_the_document_changes_no_code() {
    let of = |name: &str| {
        let author = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        let book = json!({ "type": "object", "properties": { "by": reference } });
        document(json!([]), json!({ "Book": book, name: author }))
    };
    let found = changes(&of("fullName"), &of("FullName"));
    assert!(
        found.iter().all(|it| it.kind.id == "schema-facts"),
        "{found:?}"
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn an_argument_that_keeps_its_name_in_rust_goes_elsewhere() {
    let of = |name: &str| {
        let parameter = json!({
            "name": name, "in": "query", "required": true, "schema": { "type": "string" },
        });
        document(json!([parameter]), json!({ "Book": { "type": "object" } }))
    };
    assert_eq!(
        kinds(&of("pageSize"), &of("page_size")),
        ["parameter-place"]
    );
    assert_eq!(kinds(&of("page"), &of("part")), ["arguments-replaced"]);
}

#[test]
fn a_member_that_gets_properties_of_another_one_is_told_apart_in_another_way() {
    let of = |properties: Value| {
        let one = json!({ "type": "object", "properties": properties });
        let other = json!({ "type": "object", "properties": {
            "y": { "type": "string" }, "z": { "type": "string" }, "k": { "type": "string" },
        } });
        let union = json!({ "oneOf": [
            { "$ref": "#/components/schemas/One" }, { "$ref": "#/components/schemas/Other" },
        ] });
        let book = json!({ "type": "object", "properties": { "part": union } });
        document(
            json!([]),
            json!({ "Book": book, "One": one, "Other": other }),
        )
    };
    let old = of(json!({ "x": { "type": "string" } }));
    let alike = of(json!({ "x": { "type": "string" }, "z": { "type": "string" } }));
    let own = of(json!({ "x": { "type": "string" }, "w": { "type": "string" } }));
    let found = kinds(&old, &alike);
    assert!(found.contains(&"union-told-apart"), "{found:?}");
    assert_eq!(kinds(&old, &own), ["property-added"]);
}

#[test]
fn the_name_of_a_variable_of_a_server_is_no_change() {
    let of = |name: &str| {
        let mut document = book("title: { type: string }");
        document["servers"] = json!([{
            "url": format!("https://{{{name}}}.library.example"),
            "variables": { name: { "default": "eu" } },
        }]);
        document
    };
    let found = changes(&of("host"), &of("region"));
    let mut subjects = found.iter().map(|it| it.subject.as_str());
    assert!(!subjects.any(|it| it.starts_with("server `")), "{found:?}");
}

#[test]
fn items_that_may_be_null_are_told_as_such() {
    let of = |items: &str| {
        book(&format!(
            "tags: {{ type: array, items: {{ type: string{items} }} }}"
        ))
    };
    let (old, new) = (of(""), of(", nullable: true"));
    for (old, new, said) in [
        (&old, &new, "may hold `null`"),
        (&new, &old, "no longer holds `null`"),
    ] {
        let found = changes(old, new);
        assert_eq!(found[0].what, said, "{found:?}");
    }
}
