//! Schemas that `allOf` puts together inside of others.

use codegen::{Client, Diagnostics, Generated, Source};
use serde_json::{Value, json};
use tests::fixtures::openapi_compositions::types::{Chief, Employee, EmployeeDeputy2};

pub fn generate(schemas: Value) -> Result<Generated, Diagnostics> {
    let ok = json!({ "description": "It.", "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/S0" },
    } } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "A", "version": "1" },
        "servers": [{ "url": "https://a.example.com" }],
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": ok } } } },
        "components": { "schemas": schemas },
    });
    let client = Client::new("client", "a.json", &["**"]);
    let text = document.to_string();
    codegen::generate(
        &client,
        &Source {
            name: "a.json",
            text: &text,
        },
    )
}

pub fn reference(name: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

#[test]
fn reference_cycles_through_properties_are_generated() {
    let sent = json!({
        "name": "Ada",
        "manager": { "name": "Bea" },
        "deputy": { "name": "Cleo", "since": "2026-01-31", "deputy": { "name": "Dora" } },
        "by-year": { "next": { "name": "Eve", "year": 2027 } },
        "rooms": [[{ "name": "A1", "floor": 3 }]],
    });
    let employee: Employee = serde_json::from_value(sent.clone()).unwrap();
    let deputy: &EmployeeDeputy2 = employee.deputy.as_ref().unwrap();
    let second: &EmployeeDeputy2 = deputy.deputy.as_ref().unwrap();
    assert_eq!(second.name.as_deref(), Some("Dora"));
    assert_eq!(employee.rooms.as_ref().unwrap()[0][0].floor, Some(3));
    assert_eq!(serde_json::to_value(&employee).unwrap(), sent);
    // What is made of it shares its types.
    let chief: Chief = serde_json::from_value(sent).unwrap();
    assert_eq!(chief.deputy.as_ref(), employee.deputy.as_ref());
}

#[test]
fn schemas_that_double_at_each_level_are_read_once() {
    let levels = 40;
    let level = |number: usize| {
        let below = json!({ "allOf": [reference(format!("S{}", number + 1)), reference("T")] });
        let twice = json!({ "type": "object", "properties": { "a": below, "b": below } });
        (format!("S{number}"), twice)
    };
    let mut schemas: serde_json::Map<_, _> = (0..levels).map(level).collect();
    schemas.insert(
        format!("S{levels}"),
        json!({ "type": "object", "properties": {} }),
    );
    schemas.insert(
        "T".to_owned(),
        json!({ "type": "object", "properties": { "t": { "type": "string" } } }),
    );
    let generated = generate(schemas.into()).unwrap();
    // Those that the operation reaches: the first level, and the two that stand in each.
    assert_eq!(generated.summary.schemas, 1 + 2 * levels);
}

#[test]
fn more_nested_schemas_than_fit_into_memory_are_refused() {
    let leaf = |number: usize| {
        let properties = json!({ (format!("p{number}")): { "type": "string" } });
        (
            format!("L{number}"),
            json!({ "type": "object", "properties": properties }),
        )
    };
    let every = (0..1_000).map(|number| reference(format!("L{number}")));
    let all = json!({ "allOf": every.collect::<Vec<_>>() });
    let mut schemas: serde_json::Map<_, _> = (0..1_000).map(leaf).collect();
    schemas.extend((0..1_000).map(|number| {
        let own = json!({ "properties": { "own": { "type": "string" } } });
        (
            format!("S{number}"),
            json!({ "allOf": [reference("All"), own] }),
        )
    }));
    schemas.insert("All".to_owned(), all);
    // The last one that is read is reached.
    let reaches_all =
        json!({ "type": "object", "properties": { "a": reference("S999".to_owned()) } });
    schemas.insert("S0".to_owned(), reaches_all);
    let message = generate(schemas.into()).unwrap_err().to_string();
    assert!(
        message.contains("`allOf` puts more than 200000 schemas into others"),
        "{message}"
    );
}

#[test]
fn long_chains_of_references_are_refused() {
    for first in ["S00000", "S20000"] {
        let link = |number: usize| {
            let next = match first {
                "S00000" => number + 1,
                _ => number.saturating_sub(1),
            };
            (
                format!("S{number:05}"),
                json!({ "allOf": [reference(format!("S{next:05}"))] }),
            )
        };
        let mut schemas: serde_json::Map<_, _> = (1..20_000).map(link).collect();
        let end = json!({ "type": "object", "properties": { "a": reference("S00001") } });
        schemas.insert("S00000".to_owned(), end.clone());
        schemas.insert("S20000".to_owned(), end);
        let longest = match first {
            "S00000" => "S00001",
            _ => "S19999",
        };
        let reaches =
            json!({ "type": "object", "properties": { "a": reference(longest.to_owned()) } });
        schemas.insert("S0".to_owned(), reaches);
        let message = generate(schemas.into()).unwrap_err().to_string();
        assert!(
            message.contains("more than 64 schemas refer to each other"),
            "{message}"
        );
    }
}
