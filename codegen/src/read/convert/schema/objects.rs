//! Properties by pattern, properties that cannot be, and lists that have a schema for each item.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::read::convert::origins::{At, Table};

/// Removes properties whose schema is `false`: no value may have them.
pub(super) fn without_impossible_properties(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|_, property| property != &Value::Bool(false));
    }
}

/// Properties by pattern, and those that nothing else describes, are additional properties.
pub(super) fn pattern_properties(schema: &mut Map<String, Value>, at: &At, table: &mut Table) {
    if let Some(other) = schema.remove("unevaluatedProperties")
        && other.is_object()
    {
        schema.entry("additionalProperties").or_insert(other);
        table.moved_within(at, &["additionalProperties"], &["unevaluatedProperties"]);
    }
    if !schema
        .get("patternProperties")
        .is_some_and(Value::is_object)
    {
        return;
    }
    let Some(Value::Object(patterns)) = schema.remove("patternProperties") else {
        return;
    };
    let mut members: Vec<(Vec<String>, Value)> = patterns
        .into_iter()
        .map(|(pattern, value)| (vec!["patternProperties".to_owned(), pattern], value))
        .filter(|(_, value)| value != &Value::Bool(false))
        .collect();
    let key = "additionalProperties";
    match schema.remove(key) {
        // What is allowed besides is seldom meant: a pattern says how the keys of a map look.
        None | Some(Value::Bool(false)) => {}
        Some(other) => members.push((vec![key.to_owned()], other)),
    }
    if let Some(values) = one_of(members, key, at, table) {
        schema.insert(key.to_owned(), values);
    }
}

/// A list with a schema for each item is a list of any of them.
pub(super) fn tuples(schema: &mut Map<String, Value>, at: &At, table: &mut Table) {
    let key = match schema.get("items") {
        Some(Value::Array(_)) => "items",
        _ => "prefixItems",
    };
    if !schema.get(key).is_some_and(Value::is_array) {
        return;
    }
    let Some(Value::Array(items)) = schema.remove(key) else {
        return;
    };
    let mut members: Vec<(Vec<String>, Value)> = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| (vec![key.to_owned(), index.to_string()], item))
        .collect();
    // What stands behind those that have a schema of their own.
    let rest = ["additionalItems", "unevaluatedItems", "items"];
    for rest in rest {
        match schema.remove(rest) {
            None | Some(Value::Bool(false)) => {}
            Some(other) => members.push((vec![rest.to_owned()], other)),
        }
    }
    schema.entry("type").or_insert_with(|| json!("array"));
    let items = one_of(members, "items", at, table).unwrap_or_else(|| json!({}));
    schema.insert("items".to_owned(), items);
}

/// The schema of values that have any of these schemas, where it will stand below `key`; nothing where there
/// is none. Each comes with the place where it stood.
fn one_of(
    members: Vec<(Vec<String>, Value)>,
    key: &str,
    at: &At,
    table: &mut Table,
) -> Option<Value> {
    let mut known = BTreeSet::new();
    let mut members: Vec<(Vec<String>, Value)> = members
        .into_iter()
        .filter(|(_, value)| known.insert(value.to_string()))
        .collect();
    let is_any = |value: &Value| match value {
        Value::Bool(allowed) => *allowed,
        other => other.as_object().is_some_and(Map::is_empty),
    };
    if members.iter().any(|(_, value)| is_any(value)) {
        return Some(Value::Object(Map::new()));
    }
    if members.len() < 2 {
        let (place, value) = members.pop()?;
        table.moved_within(at, &[key], &keys(&place));
        return Some(value);
    }
    for (index, (place, _)) in members.iter().enumerate() {
        let to = [key, "oneOf", &index.to_string()];
        table.moved_within(at, &to, &keys(place));
    }
    let members: Vec<Value> = members.into_iter().map(|(_, value)| value).collect();
    Some(json!({ "oneOf": members }))
}

fn keys(place: &[String]) -> Vec<&str> {
    place.iter().map(String::as_str).collect()
}
