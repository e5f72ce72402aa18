//! Schemas that refer to each other in unusual ways.

use serde_json::{Value, json};

use super::{assert_told, openapi, operation};
use crate::support::client_of;

#[test]
fn a_long_chain_of_references_is_no_cycle() {
    let chain = |length: usize, last: Value| {
        let name = |number: usize| json!({ "$ref": format!("#/components/schemas/S{number}") });
        let links = (0..length).map(|number| (format!("S{number}"), name(number + 1)));
        let mut schemas: serde_json::Map<_, _> = links.collect();
        schemas.insert(format!("S{length}"), last);
        let parameter = json!({ "in": "query", "name": "p", "required": true, "schema": name(0) });
        let content = json!({ "application/json": { "schema": { "oneOf": [name(0), { "type": "integer" }] } } });
        let body = json!({ "required": true, "content": content });
        openapi(
            operation(json!({ "parameters": [parameter], "requestBody": body })),
            json!({ "components": { "schemas": schemas } }),
        )
    };
    let text = json!({ "type": "string" });
    assert!(client_of(&chain(60, text.clone())).is_ok());
    let refused = client_of(&chain(3_000, text)).unwrap_err();
    assert!(
        !refused.contains("cycle") && !refused.contains("refer back"),
        "{refused}"
    );
    assert!(
        refused.contains("more than 64 references lead to each other, each to the next"),
        "{refused}"
    );
    let refused = client_of(&chain(3, json!({ "$ref": "#/components/schemas/S1" }))).unwrap_err();
    assert!(refused.contains("cycle"), "{refused}");
}

#[test]
fn schemas_that_are_nested_too_deep_are_refused() {
    let chain = |length: usize, holds: fn(Value) -> Value, ring: bool| {
        let name = |number: usize| json!({ "$ref": format!("#/components/schemas/S{number}") });
        let links = (0..length).map(|number| {
            let properties = json!({ "p": holds(name(number + 1)) });
            (
                format!("S{number}"),
                json!({ "type": "object", "properties": properties }),
            )
        });
        let mut schemas: serde_json::Map<_, _> = links.collect();
        let last = match ring {
            true => json!({ "type": "object", "properties": { "p": name(0) } }),
            false => json!({ "type": "object", "properties": { "p": { "type": "string" } } }),
        };
        schemas.insert(format!("S{length}"), last);
        let content = json!({ "application/json": { "schema": name(0) } });
        let mut document = openapi(
            operation(json!({ "requestBody": { "content": content } })),
            json!({ "components": { "schemas": schemas } }),
        );
        let end = json!({ "application/json": { "schema": name(length - 1) } });
        let get = json!({
            "operationId": "get", "responses": { "200": { "description": "d", "content": end } },
        });
        document["paths"]["/s"]["get"] = get;
        // Every schema of a cycle reaches all others.
        let other = operation(json!({ "operationId": "put" }));
        document["paths"]["/s"]["put"] = other;
        client_of(&document).unwrap()
    };
    let plain: fn(Value) -> Value = |schema| schema;
    let list: fn(Value) -> Value = |schema| json!({ "type": "array", "items": schema });
    for (length, holds, ring, innermost) in [
        (47, plain, false, None),
        (48, plain, false, Some(0)),
        (3_000, plain, false, Some(2_952)),
        (19, list, false, Some(0)),
        (18, list, false, None),
        (20, plain, true, None),
        (700, plain, true, Some(0)),
    ] {
        let generated = chain(length, holds, ring);
        let left_out = generated.summary.left_out.iter();
        let left_out: Vec<_> = left_out
            .map(|it| (it.operation.as_str(), it.problems[0].place()))
            .collect();
        let place = innermost.map(|number| format!("#/components/schemas/S{number}"));
        let others = ring && innermost.is_some();
        let expected = place.iter().flat_map(|place| {
            let get = others.then_some(("get", place.as_str()));
            get.into_iter().chain([("post", place.as_str())])
        });
        assert_eq!(left_out, Vec::from_iter(expected), "{length} {ring}");
    }
}

#[test]
fn a_property_that_says_nothing_is_new_where_it_is_not_refined() {
    let base = json!({ "type": "object", "properties": { "known": { "type": "string" } } });
    let of = |properties: Value| {
        let all = json!([{ "$ref": "#/components/schemas/Base" }, { "properties": properties }]);
        let content = json!({ "application/json": { "schema": { "allOf": all } } });
        openapi(
            operation(json!({ "requestBody": { "required": true, "content": content } })),
            json!({ "components": { "schemas": { "Base": base } } }),
        )
    };
    let refined = of(json!({ "known": { "description": "d" } }));
    assert_told(
        &refined,
        &[],
        &["body: &types::Base", "!pub struct PostRequest"],
    );
    let new = of(json!({ "state": {}, "other": { "description": "d" } }));
    assert_told(
        &new,
        &[],
        &[
            "pub known: Option<String>",
            "pub state: Option<runtime::JsonValue>",
            "pub other: Option<",
        ],
    );
}
