//! Unions of any size and form have an end.

use codegen::{Diagnostics, Generated};
use serde_json::{Map, Value, json};

use crate::compositions::{generate, reference};

/// The generated types.
fn types(schemas: Value) -> String {
    let generated: Result<Generated, Diagnostics> = generate(schemas);
    let mut files = generated.unwrap().files.into_iter();
    files.find(|file| file.path == "types.rs").unwrap().text
}

fn text() -> Value {
    json!({ "type": "object", "properties": { "text": { "type": "string" } } })
}

#[test]
fn thousands_of_members_are_generated() {
    let member = |number: usize| {
        let tag = json!({ "type": "string", "enum": [format!("v{number}")] });
        let member = json!({
            "type": "object",
            "required": ["tag"],
            "properties": { "tag": tag, "below": reference("S0") },
        });
        (format!("S{number}"), member)
    };
    let mut schemas: Map<_, _> = (1..=2_000).map(member).collect();
    let members: Vec<Value> = (1..=2_000).map(|it| reference(format!("S{it}"))).collect();
    schemas.insert("S0".to_owned(), json!({ "oneOf": members }));
    let types = types(schemas.into());
    assert!(types.contains("    S2000: object = \"v2000\" unless tag from S2000,"));
}

#[test]
fn unions_that_lead_to_each_other_only_are_any_value() {
    let types = types(json!({
        "S0": { "oneOf": [reference("S1")] },
        "S1": { "anyOf": [reference("S2"), { "nullable": true }] },
        "S2": { "allOf": [reference("S0")] },
    }));
    assert!(types.contains("runtime::JsonValue"), "{types}");
    assert!(!types.contains("union!"), "{types}");
}

#[test]
fn no_union_is_a_member_of_itself() {
    let own = json!({ "properties": { "a": reference("S0") } });
    let itself = types(json!({
        "S0": { "allOf": [{ "oneOf": [reference("S0"), reference("S1")] }, own] },
        "S1": text(),
    }));
    assert!(itself.contains("pub enum S0"), "{itself}");
    assert!(!itself.contains("Box<S0>"), "{itself}");
    let one = json!({ "properties": { "one": { "type": "string" } } });
    let other = json!({ "properties": { "other": { "type": "string" } } });
    let each_other = types(json!({
        "S0": { "allOf": [one, { "oneOf": [reference("S1"), reference("S2")] }] },
        "S1": { "allOf": [other, { "oneOf": [reference("S0"), reference("S2")] }] },
        "S2": text(),
    }));
    assert!(!each_other.contains("Box<S0>"), "{each_other}");
}

#[test]
fn unions_in_unions_are_flattened_to_a_limit() {
    let chain = |length: usize| {
        let link = |number: usize| {
            let below = [reference(format!("S{}", number + 1)), text()];
            (format!("S{number}"), json!({ "oneOf": below }))
        };
        let mut schemas: Map<_, _> = (0..length).map(link).collect();
        schemas.insert(format!("S{length}"), json!({ "type": "string" }));
        generate(schemas.into())
    };
    assert!(chain(20).is_ok());
    let refused = chain(2_000).unwrap_err().to_string();
    assert!(
        refused.contains("more than 64 unions are nested"),
        "{refused}"
    );
}

#[test]
fn unions_beside_unions_do_not_double_at_each_level() {
    let level = |number: usize| {
        let own = format!("p{number}");
        let below = [number + 1, number + 2].map(|it| reference(format!("S{it}")));
        let all = json!([{ "oneOf": below }, { "properties": { own: { "type": "string" } } }]);
        (format!("S{number}"), json!({ "allOf": all }))
    };
    let mut schemas: Map<_, _> = (0..60).map(level).collect();
    schemas.insert("S60".to_owned(), text());
    schemas.insert("S61".to_owned(), text());
    let refused = generate(schemas.into()).unwrap_err().to_string();
    assert!(
        refused.contains("`allOf` puts more than 200000 schemas into others"),
        "{refused}"
    );
}
