//! Which change of a spec breaks users: every row of the table in `ARCHITECTURE.md`.

use std::collections::BTreeSet;

use codegen::{Client, Source};
use serde_json::{Value, json};

use super::promises;
use crate::support::read;

/// A row of the table, the step that it states, and changes of the spec that it is about: what is
/// set, and where; a value that is appended to a list has the key `-`.
type Row = (
    &'static str,
    Step,
    &'static [(&'static str, &'static str, &'static str)],
);

#[derive(Debug, PartialEq)]
enum Step {
    Minor,
    Major,
}
use Step::{Major, Minor};

const GET: &str = "/paths/~1books~1{id}/get";
const RETURN: &str = "/paths/~1books~1{id}~1return/post";
const BOOK: &str = "/components/schemas/Book/properties";

const ROWS: &[Row] = &[
    (
        "a new operation, a new schema",
        Minor,
        &[(
            "/paths",
            "/shelves",
            r#"{"get": {"operationId": "books.shelves", "responses": {"200": {"description": "It.",
                "content": {"application/json": {"schema": {"type": "object",
                "properties": {"shelf": {"type": "string"}}}}}}}}}"#,
        )],
    ),
    (
        "a new optional field, a new enum value",
        Minor,
        &[
            (BOOK, "subtitle", r#"{"type": "string"}"#),
            (
                "/components/schemas/Book/properties/state/enum",
                "-",
                r#""LOST""#,
            ),
        ],
    ),
    (
        "a new optional parameter, in the query or a header",
        Minor,
        &[
            (
                GET,
                "parameters",
                r#"[{"name": "lang", "in": "query", "schema": {"type": "string"}}]"#,
            ),
            (
                GET,
                "parameters",
                r#"[{"name": "X-Trace", "in": "header", "schema": {"type": "string"}}]"#,
            ),
        ],
    ),
    (
        "a new required header with one value",
        Minor,
        &[(
            GET,
            "parameters",
            r#"[{"name": "Api-Version", "in": "header", "required": true,
                "schema": {"type": "string", "enum": ["2"]}}]"#,
        )],
    ),
    (
        "an operation gets a body without required fields",
        Minor,
        &[(
            RETURN,
            "requestBody",
            r#"{"content": {"application/json": {"schema": {"type": "object",
                "properties": {"note": {"type": "string"}}}}}}"#,
        )],
    ),
    (
        "a message without fields, called `…Request`, gets its first one",
        Minor,
        &[(
            "/components/schemas/RenewRequest",
            "properties",
            r#"{"days": {"type": "integer"}}"#,
        )],
    ),
    (
        "a list gets pages",
        Minor,
        &[(
            "/paths/~1books/get/parameters",
            "-",
            r#"{"name": "pageToken", "in": "query", "schema": {"type": "string"}}"#,
        )],
    ),
    (
        "another description, something becomes deprecated",
        Minor,
        &[(GET, "deprecated", "true")],
    ),
    (
        "a body becomes required, or optional",
        Major,
        &[
            (
                "/components/schemas/RenameRequest",
                "required",
                r#"["title"]"#,
            ),
            ("/components/schemas/LendRequest", "required", "[]"),
        ],
    ),
    (
        "another message without fields gets its first one",
        Major,
        &[(
            "/components/schemas/Empty",
            "properties",
            r#"{"days": {"type": "integer"}}"#,
        )],
    ),
    (
        "a required parameter, another type or format, another path argument",
        Major,
        &[
            (
                GET,
                "parameters",
                r#"[{"name": "lang", "in": "query", "required": true, "schema": {"type": "string"}}]"#,
            ),
            (
                GET,
                "parameters",
                r#"[{"name": "X-Trace", "in": "header", "required": true, "schema": {"type": "string"}}]"#,
            ),
            (BOOK, "title", r#"{"type": "integer"}"#),
        ],
    ),
    (
        "a message gets its first PATCH, or method with a field mask",
        Major,
        &[(
            "/paths/~1books~1{id}",
            "patch",
            r##"{"operationId": "books.patch", "parameters": [{"name": "id", "in": "path",
                "required": true, "schema": {"type": "string"}}], "requestBody": {"content":
                {"application/json": {"schema": {"$ref": "#/components/schemas/Book"}}}},
                "responses": {"204": {"description": "Done."}}}"##,
        )],
    ),
    (
        "an operation moves to another resource: another tag, or another id with dots",
        Major,
        &[
            (GET, "operationId", r#""volumes.get""#),
            ("/paths/~1status/get", "tags", r#"["Health"]"#),
        ],
    ),
    (
        "a method gets the name of a resource beside it",
        Major,
        &[(
            "/paths",
            "/everything",
            r#"{"get": {"operationId": "books", "responses": {"204": {"description": "It."}}}}"#,
        )],
    ),
];

#[test]
fn each_row_of_the_table_of_changes_is_the_step_that_it_states() {
    let before = library();
    let known = public(&before);
    let table = read("ARCHITECTURE.md");
    for (row, step, changes) in ROWS {
        let stated = table.lines().find(|line| line.contains(row));
        let stated = stated.unwrap_or_else(|| panic!("no row of ARCHITECTURE.md says: {row}"));
        let word = format!("{step:?}").to_lowercase();
        assert!(stated.contains(&word), "{stated}");
        for (pointer, key, value) in *changes {
            let mut after = before.clone();
            let value: Value = serde_json::from_str(value).unwrap();
            match after.pointer_mut(pointer).unwrap() {
                Value::Array(list) => list.push(value),
                object => object[*key] = value,
            }
            let after = public(&after);
            let broken: Vec<&String> = known.difference(&after).collect();
            let is = if broken.is_empty() { Minor } else { Major };
            assert_eq!(is, *step, "{row}: {pointer}: {broken:#?}");
            let seen = known != after || row.contains("deprecated") || row.contains("one value");
            assert!(seen, "{row}: {pointer}: nothing changed");
        }
    }
}

fn public(document: &Value) -> BTreeSet<String> {
    let text = document.to_string();
    let (name, client) = (
        "library.json",
        Client::new("library", "library.json", &["**"]),
    );
    let source = Source { name, text: &text };
    promises(&codegen::generate(&client, &source).unwrap())
}

fn library() -> Value {
    let id =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    let done = json!({ "204": { "description": "Done." } });
    let json_of = |name: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        json!({ "application/json": { "schema": schema } })
    };
    let returns = |name: &str| json!({ "200": { "description": "It.", "content": json_of(name) } });
    let custom = |method: &str, body: Option<&str>| {
        let mut post = json!({
            "operationId": format!("books.{method}"), "parameters": id, "responses": done,
        });
        if let Some(name) = body {
            post["requestBody"] = json!({ "content": json_of(name) });
        }
        json!({ "post": post })
    };
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Library", "version": "1" },
        "servers": [{ "url": "https://library.example" }],
        "paths": {
            "/status": { "get": { "operationId": "getStatus", "tags": ["Status"], "responses": done } },
            "/books": { "get": {
                "operationId": "books.list", "parameters": [{
                    "name": "pageSize", "in": "query", "schema": { "type": "integer" },
                }], "responses": returns("ListBooksResponse"),
            } },
            "/books/{id}": {
                "parameters": id,
                "get": { "operationId": "books.get", "responses": returns("Book") },
            },
            "/books/{id}/return": custom("return", None),
            "/books/{id}/renew": custom("renew", Some("RenewRequest")),
            "/books/{id}/rename": custom("rename", Some("RenameRequest")),
            "/books/{id}/lend": custom("lend", Some("LendRequest")),
            "/books/{id}/clean": custom("clean", Some("Empty")),
        },
        "components": { "schemas": {
            "Book": { "type": "object", "properties": {
                "title": { "type": "string" },
                "state": { "type": "string", "enum": ["SHELVED", "LENT"] },
                "authors": { "type": "array", "items": { "type": "string" } },
            } },
            "ListBooksResponse": { "type": "object", "properties": {
                "books": { "type": "array", "items": { "$ref": "#/components/schemas/Book" } },
                "nextPageToken": { "type": "string" },
            } },
            "RenewRequest": { "type": "object", "properties": {}, "additionalProperties": false },
            "RenameRequest": { "type": "object", "properties": { "title": { "type": "string" } } },
            "LendRequest": {
                "type": "object", "required": ["to"], "properties": { "to": { "type": "string" } },
            },
            "Empty": { "type": "object", "properties": {} },
        } },
    })
}
