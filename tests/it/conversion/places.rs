//! What is wrong is reported where the author of a document wrote it.

use serde_json::{Value, json};

use super::document;
use crate::support::client_of;

/// A schema that nothing can be made of: its property refers to nothing.
fn wrong() -> Value {
    json!({ "type": "object", "properties": { "w": { "$ref": "#/nowhere" } } })
}

/// The places of everything that is wrong with a document.
fn places(document: &Value) -> Vec<String> {
    let problems = client_of(document).expect_err("nothing is wrong");
    let lines = problems
        .lines()
        .filter_map(|line| line.strip_prefix("a.json:"));
    let places = lines.filter_map(|line| line.split(": ").next());
    places.map(str::to_owned).collect()
}

#[test]
fn problems_name_the_place_of_a_converted_schema() {
    let at_s = "#/components/schemas/S";
    let at_w = "/properties/w/$ref";
    let rows = [
        (
            json!({ "S": { "type": ["object", "null"], "properties": wrong()["properties"] } }),
            "",
        ),
        (
            json!({ "S": { "oneOf": [{ "type": "null" }, wrong()] } }),
            "/oneOf/1",
        ),
        (
            json!({ "S": { "$ref": "#/components/schemas/A", "properties": wrong()["properties"] }, "A": {} }),
            "",
        ),
        (
            json!({ "S": { "type": "array", "prefixItems": [wrong()] } }),
            "/prefixItems/0",
        ),
        (
            json!({ "S": { "patternProperties": { "^a/b": wrong() } } }),
            "/patternProperties/^a~1b",
        ),
        (
            json!({ "S": { "$defs": { "D": wrong() }, "type": "array",
            "items": { "$ref": "#/components/schemas/S/$defs/D" } } }),
            "/$defs/D",
        ),
    ];
    for (schemas, place) in rows {
        let expected = format!("{at_s}{place}{at_w}");
        assert_eq!(
            places(&document("3.1.0", &schemas)),
            [expected],
            "{schemas:#}"
        );
    }
}

#[test]
fn problems_name_the_place_in_swagger() {
    let at = |parameters: Value, response: Value| {
        json!({
            "swagger": "2.0", "info": { "title": "T", "version": "1" }, "host": "x.example",
            "paths": { "/s": { "post": {
                "operationId": "post", "parameters": parameters, "responses": { "200": response },
            } } },
            "definitions": { "W": wrong() },
            "parameters": { "B": { "name": "b", "in": "body", "schema": wrong() } },
            "responses": { "R": { "description": "R.", "schema": wrong() } },
        })
    };
    let none = json!({ "description": "Done." });
    let at_w = "properties/w/$ref";
    let rows = [
        (
            at(
                json!([]),
                json!({ "description": "W.", "schema": { "$ref": "#/definitions/W" } }),
            ),
            format!("#/definitions/W/{at_w}"),
        ),
        (
            at(json!([]), json!({ "description": "W.", "schema": wrong() })),
            format!("#/paths/~1s/post/responses/200/schema/{at_w}"),
        ),
        (
            at(json!([]), json!({ "$ref": "#/responses/R" })),
            format!("#/responses/R/schema/{at_w}"),
        ),
        (
            at(json!([{ "$ref": "#/parameters/B" }]), none.clone()),
            format!("#/parameters/B/schema/{at_w}"),
        ),
        (
            at(
                json!([{ "name": "b", "in": "body", "schema": wrong() }]),
                none.clone(),
            ),
            format!("#/paths/~1s/post/parameters/0/schema/{at_w}"),
        ),
        (
            at(
                json!([
                    { "name": "b", "in": "body" },
                    { "name": "q", "in": "query", "type": "array", "items": { "type": "string" },
                        "collectionFormat": "tsv", "required": true },
                ]),
                none,
            ),
            "#/paths/~1s/post/parameters/1".to_owned(),
        ),
    ];
    for (document, place) in rows {
        assert_eq!(places(&document), [place], "{document:#}");
    }
}
