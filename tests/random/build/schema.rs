//! Schemas of every kind.

use serde_json::{Map, Value, json};

use crate::bytes::Choices;
use crate::{names, unions};

/// How deep schemas go into each other.
const DEPTH: usize = 3;

const STRINGS: &[&str] = &[
    "",
    "byte",
    "date",
    "date-time",
    "google-datetime",
    "google-duration",
    "google-fieldmask",
    "int64",
    "uint64",
    "password",
    "uuid",
    "uri",
    "email",
    "binary",
    "ipv4",
    "time",
    "int32",
    "double",
    // What the generator calls something else inside.
    "a number",
    "resource-name:",
    "resource-name:Foo",
    "wire::F64",
    "number",
];
const INTEGERS: &[&str] = &[
    "",
    "int32",
    "int64",
    "int8",
    "int16",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uint",
    "int",
    "int128",
    "unix-time",
    "double",
    "byte",
];
const NUMBERS: &[&str] = &["", "float", "double", "decimal", "int64", "byte"];

/// The components that a schema may refer to.
#[derive(Default)]
pub struct Components {
    /// All of them.
    pub all: Vec<String>,
    /// Objects that are made of nothing else.
    pub plain: Vec<String>,
    /// What can stand in a path, a query and a header.
    pub scalars: Vec<String>,
}

/// A component that is one value.
pub fn scalar(choices: &mut Choices) -> Value {
    let schema = match choices.below(6) {
        0 => json!({ "type": "string" }),
        1 => with_format("string", STRINGS, choices),
        2 => with_format("integer", INTEGERS, choices),
        3 => with_format("number", NUMBERS, choices),
        4 => json!({ "type": "boolean" }),
        _ => enumeration(choices),
    };
    with_remarks(schema, choices)
}

/// An object of which others may be put together: it is not made of others itself.
pub fn plain_object(components: &Components, choices: &mut Choices) -> Value {
    let properties = properties(choices, |choices| match choices.one_in(3) {
        true => reference(&choices.pick_text(&components.all)),
        false => scalar(choices),
    });
    object(properties, choices)
}

/// An object whose properties are single values, and lists of them.
pub fn flat_object(choices: &mut Choices) -> Value {
    let properties = properties(choices, |choices| match choices.one_in(4) {
        true => json!({ "type": "array", "items": scalar(choices) }),
        false => scalar(choices),
    });
    let mut object = object(properties, choices);
    object["type"] = "object".into();
    object
}

/// A schema of any kind.
pub fn any(components: &Components, choices: &mut Choices, depth: usize) -> Value {
    let below = |choices: &mut Choices| any(components, choices, depth + 1);
    // What is deep is simple.
    let kind = choices.below(if depth < DEPTH { 18 } else { 5 });
    let schema = match kind {
        0 | 1 => return scalar(choices),
        2 => json!({}),
        3 => return reference(&choices.pick_text(&components.all)),
        4 => json!({ "allOf": [reference(&choices.pick_text(&components.all))] }),
        5 => json!({ "type": "object" }),
        6 | 7 => json!({ "type": "array", "items": below(choices) }),
        8 | 9 => json!({ "type": "object", "additionalProperties": below(choices) }),
        10 => {
            let mut schema = object(properties(choices, below), choices);
            schema["additionalProperties"] = below(choices);
            schema
        }
        11 => json!({ "type": "object", "additionalProperties": choices.one_in(2) }),
        12 => merged(components, choices, depth),
        13 => unions::untagged(components, choices, depth),
        14 => unions::tagged(components, choices),
        _ => object(properties(choices, below), choices),
    };
    with_remarks(schema, choices)
}

/// Several objects in one.
fn merged(components: &Components, choices: &mut Choices, depth: usize) -> Value {
    let below = |choices: &mut Choices| any(components, choices, depth + 1);
    let mut members: Vec<Value> = (0..1 + choices.below(2))
        .map(|_| reference(&choices.pick_text(&components.plain)))
        .collect();
    members.push(object(properties(choices, below), choices));
    json!({ "allOf": members })
}

fn enumeration(choices: &mut Choices) -> Value {
    let count = 1 + choices.below(4);
    match choices.below(5) {
        0 => {
            let values: Vec<_> = (0..count).map(|_| choices.below(300)).collect();
            json!({ "type": "integer", "enum": values })
        }
        1 => json!({ "enum": names::distinct(count, choices, names::any) }),
        _ => json!({ "type": "string", "enum": names::distinct(count, choices, names::any) }),
    }
}

fn with_format(kind: &str, formats: &[&str], choices: &mut Choices) -> Value {
    match choices.pick(formats) {
        "" => json!({ "type": kind }),
        format => json!({ "type": kind, "format": format }),
    }
}

fn object(properties: Map<String, Value>, choices: &mut Choices) -> Value {
    let required: Vec<_> = properties.keys().filter(|_| choices.one_in(3)).collect();
    let mut object = match required.is_empty() {
        true => json!({ "properties": properties }),
        false => json!({ "properties": properties, "required": required }),
    };
    if !choices.one_in(5) {
        object["type"] = "object".into();
    }
    object
}

fn properties(
    choices: &mut Choices,
    mut schema: impl FnMut(&mut Choices) -> Value,
) -> Map<String, Value> {
    let count = choices.below(6);
    let names = names::distinct(count, choices, names::any);
    names
        .into_iter()
        .map(|name| (name, schema(choices)))
        .collect()
}

/// What a schema may say besides its type.
fn with_remarks(mut schema: Value, choices: &mut Choices) -> Value {
    for (key, value) in [
        ("nullable", json!(true)),
        ("readOnly", json!(true)),
        ("deprecated", json!(true)),
        ("description", json!("What it is.")),
    ] {
        if choices.one_in(8) {
            schema[key] = value;
        }
    }
    schema
}

/// A reference to a component.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
