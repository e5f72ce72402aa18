//! Lists of types: `null` among them makes a schema nullable, several others make it a union.

use serde_json::{Map, Value, json};

use super::values::scalar_type;
use crate::read::convert::origins::{At, Table};

/// What a schema says of each type of values, in the order in which the types become members of a union.
const BY_TYPE: &[(&str, &[&str])] = &[
    (
        "object",
        &[
            "additionalProperties",
            "dependentSchemas",
            "maxProperties",
            "minProperties",
            "properties",
            "required",
        ],
    ),
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    ("boolean", &[]),
    ("integer", NUMBERS),
    ("number", NUMBERS),
    ("string", &["maxLength", "minLength", "pattern"]),
];

const NUMBERS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];

/// The formats that numbers have.
const OF_NUMBERS: &[&str] = &[
    "decimal", "double", "float", "int16", "int32", "int64", "int8", "uint16", "uint32", "uint64",
    "uint8",
];

/// Converts the type of a schema, where it is a list or `null`.
pub(super) fn convert(schema: &mut Map<String, Value>, at: &At, table: &mut Table) {
    null_among_values(schema);
    let names = match schema.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(Value::String(name)) if name == "null" => vec![json!("null")],
        _ => return,
    };
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    if names.contains(&"null") {
        schema.insert("nullable".to_owned(), true.into());
    }
    let known = BY_TYPE.iter().map(|(name, _)| *name);
    let mut types: Vec<&str> = known
        .filter(|name| names.contains(name) && has_value(schema, name))
        // Every integer is a number.
        .filter(|name| *name != "integer" || !names.contains(&"number"))
        .collect();
    if types.is_empty() {
        types = names
            .iter()
            .filter(|name| **name != "null")
            .take(1)
            .copied()
            .collect();
    }
    schema.remove("type");
    let is_union = ["$ref", "allOf", "anyOf", "oneOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    match types[..] {
        [] => {}
        [one] => drop(schema.insert("type".to_owned(), one.into())),
        // Its members say which types they are.
        _ if is_union => {}
        _ if types.len() == 5 && is_bare(schema) => {}
        _ => split(schema, &types, at, table),
    }
}

/// An enum without a type that has `null` among its values is nullable.
fn null_among_values(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = schema.get("enum")
        && !schema.contains_key("type")
        && values.contains(&Value::Null)
    {
        schema.insert("nullable".to_owned(), true.into());
    }
}

/// Whether an enum allows a value of a type, where there is one.
fn has_value(schema: &Map<String, Value>, name: &str) -> bool {
    match schema.get("enum") {
        Some(Value::Array(values)) => values.iter().any(|value| is_of(value, name)),
        _ => true,
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match scalar_type(value) {
        Some("integer") => matches!(name, "integer" | "number"),
        Some(scalar) => scalar == name,
        None => (value.is_array() && name == "array") || (value.is_object() && name == "object"),
    }
}

/// Whether a schema says nothing of any type.
fn is_bare(schema: &Map<String, Value>) -> bool {
    let mut keys = BY_TYPE.iter().flat_map(|(_, keys)| keys.iter());
    !keys.any(|key| schema.contains_key(*key))
        && !schema.contains_key("enum")
        && !schema.contains_key("format")
}

/// Makes a schema of several types a union of schemas of one.
fn split(schema: &mut Map<String, Value>, types: &[&str], at: &At, table: &mut Table) {
    let mut members: Vec<Map<String, Value>> = types
        .iter()
        .map(|name| Map::from_iter([("type".to_owned(), json!(name))]))
        .collect();
    if let Some(Value::Array(values)) = schema.remove("enum") {
        for (member, name) in members.iter_mut().zip(types) {
            let own = values.iter().filter(|value| is_of(value, name)).cloned();
            member.insert("enum".to_owned(), own.collect());
        }
    }
    if let Some(Value::String(format)) = schema.remove("format") {
        let of_numbers = OF_NUMBERS.contains(&format.as_str());
        for (member, name) in members.iter_mut().zip(types) {
            if of_numbers == matches!(*name, "integer" | "number")
                && matches!(*name, "integer" | "number" | "string")
            {
                member.insert("format".to_owned(), format.clone().into());
            }
        }
    }
    for (known, keys) in BY_TYPE {
        for key in *keys {
            let member = members
                .iter_mut()
                .zip(types)
                .find(|(_, name)| *name == known);
            let Some((member, _)) = member else { continue };
            member.extend(schema.remove(*key).map(|value| ((*key).to_owned(), value)));
        }
    }
    for (index, (member, name)) in members.iter_mut().zip(types).enumerate() {
        if *name == "array" {
            member.entry("items").or_insert_with(|| json!({}));
        }
        table.moved_within(at, &["oneOf", &index.to_string()], &[]);
    }
    schema.insert(
        "oneOf".to_owned(),
        members.into_iter().map(Value::Object).collect(),
    );
}
