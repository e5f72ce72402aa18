//! What two schemas say and no type shows: defaults, bounds, formats, and how integers are written.

use serde_json::{Map, Value};

use super::kinds::Kind;
use super::table::{parameters, schemas};
use super::{Found, arrow};
use crate::schemas::NAMED;

/// The kinds of changes of one sort of values.
pub(super) struct Rows {
    default: &'static Kind,
    bounds: &'static Kind,
    format: &'static Kind,
    nullable: Option<&'static Kind>,
    access: Option<&'static Kind>,
    written: Option<&'static Kind>,
}

pub(super) static OF_PARAMETERS: Rows = Rows {
    default: &parameters::PARAMETER_DEFAULT,
    bounds: &parameters::PARAMETER_BOUNDS,
    format: &parameters::PARAMETER_FORMAT,
    nullable: None,
    access: None,
    // In a URL or a header, an integer is the same either way.
    written: None,
};

pub(super) static OF_PROPERTIES: Rows = Rows {
    default: &schemas::PROPERTY_DEFAULT,
    bounds: &schemas::PROPERTY_BOUNDS,
    format: &schemas::PROPERTY_FORMAT,
    nullable: Some(&schemas::PROPERTY_NULLABLE),
    access: Some(&schemas::PROPERTY_ACCESS),
    written: Some(&schemas::PROPERTY_WRITTEN),
};

/// Whole numbers below it are exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

const BOUNDS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Goes through two schemas at once.
pub(super) fn walk(place: &str, old: &Value, new: &Value, rows: &Rows, found: &mut Found) {
    let (Some(one), Some(other)) = (old.as_object(), new.as_object()) else {
        return;
    };
    if one == other {
        return;
    }
    leaves(place, one, other, rows, found);
    let both = |key: &str| Some((one.get(key)?, other.get(key)?));
    if let Some((Value::Object(old), Value::Object(new))) = both("properties") {
        for (name, before) in old {
            if let Some(after) = new.get(name) {
                walk(&format!("{place}.{name}"), before, after, rows, found);
            }
        }
    }
    if let Some((before, after)) = both("items") {
        walk(&format!("{place}[]"), before, after, rows, found);
    }
    if let Some((before, after)) = both("additionalProperties") {
        walk(&format!("{place}[…]"), before, after, rows, found);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some((Value::Array(old), Value::Array(new))) = both(key) {
            for (before, after) in old.iter().zip(new) {
                walk(place, before, after, rows, found);
            }
        }
    }
}

/// A number that is written in another way when its schema has another type: in JSON, one with 64 bits may be
/// text.
fn written(schema: &Map<String, Value>) -> Option<&'static str> {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match (text("type")?, text("format")) {
        ("integer", _) => Some("number"),
        ("string", Some("int64" | "uint64")) => Some("text"),
        _ => None,
    }
}

fn leaves(
    place: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    rows: &Rows,
    found: &mut Found,
) {
    let shown = |it: &Map<String, Value>, key: &str| match it.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut leaf = |key: &str, label: &str, kind: Option<&'static Kind>, effect: &str| {
        let (one, other) = (shown(old, key), shown(new, key));
        if let Some(kind) = kind
            && one != other
        {
            found.add(
                kind,
                place,
                format!("{label}{}", arrow(&one, &other)),
                effect,
            );
        }
    };
    let effect = "the server takes another value where none is sent";
    leaf("default", "default ", Some(rows.default), effect);
    leaf("format", "format ", Some(rows.format), "");
    leaf("x-codegen-format", "format ", Some(rows.format), "");
    leaf("nullable", "nullable ", rows.nullable, "");
    leaf("readOnly", "only read ", rows.access, "");
    leaf("writeOnly", "only written ", rows.access, "");
    let effect = "the server accepts other values";
    for key in BOUNDS {
        leaf(key, &format!("{key} "), Some(rows.bounds), effect);
    }
    // Text has variants, and they are told.
    let is_text = |it: &Map<String, Value>| it.get("type").is_some_and(|kind| kind == "string");
    if !is_text(old) && !is_text(new) {
        leaf("enum", "values ", Some(rows.bounds), effect);
    }
    if let (Some(one), Some(other), Some(kind)) = (written(old), written(new), rows.written)
        && one != other
    {
        let what = format!("an integer as {}", arrow(one, other));
        found.add(kind, place, what, "it is sent and read in another way");
    }
}

/// Members that say nothing with these values.
fn says_nothing(key: &str, value: &Value) -> bool {
    match key {
        _ if value.is_null() => true,
        // Where there is a field for them, the Rust API says so.
        "additionalProperties" => {
            *value == Value::Bool(true) || value.as_object().is_some_and(Map::is_empty)
        }
        "minItems" | "minLength" | "minProperties" => value.as_f64() == Some(0.0),
        "required" => *value == Value::Bool(false) || value.as_array().is_some_and(Vec::is_empty),
        "deprecated" | "nullable" | "readOnly" | "uniqueItems" | "writeOnly" => {
            *value == Value::Bool(false)
        }
        _ => false,
    }
}

/// The same facts, however they are written: without what says nothing, and whole numbers without a fraction.
pub(super) fn normal(value: &Value) -> Value {
    normal_of("", value)
}

fn normal_of(of: &str, value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                Value::from(float as i64)
            }
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| normal_of("", item)).collect(),
        Value::Object(members) => {
            let named = NAMED.contains(&of);
            let members = members.iter();
            let members = members.filter(|(key, value)| named || !says_nothing(key, value));
            let members: Map<_, _> = members
                .map(|(key, value)| {
                    let of = if named { "" } else { key.as_str() };
                    (key.clone(), normal_of(of, value))
                })
                .collect();
            match members.get("allOf").and_then(Value::as_array) {
                Some(all) if members.len() == 1 && all.len() == 1 && !named => all[0].clone(),
                _ => Value::Object(members),
            }
        }
        other => other.clone(),
    }
}
