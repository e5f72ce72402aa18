//! How OpenAPI writes values in its styles.
//!
//! Source: <https://spec.openapis.org/oas/v3.0.3#style-values>. What it leaves undefined, a list or an object within
//! another, is JSON.

use serde_json::{Value, json};
use wire_openapi::reading::members;
use wire_openapi::reading::operation::{Media, Parameter};

/// The fields of a form.
pub fn form(media: &Media, value: &Value) -> Vec<(String, Value)> {
    let mut pairs = Vec::new();
    for (name, value) in members(value) {
        let encoding = &media.encoding[name];
        let style = encoding["style"].as_str();
        // Without a style, a list is several fields, and an object is JSON.
        let is_json =
            style.is_none() && (value.is_object() || encoding["contentType"] == "application/json");
        pairs.extend(in_query(
            &Parameter {
                name: name.clone(),
                place: String::new(),
                style: style.unwrap_or("form").to_owned(),
                explode: encoding["explode"]
                    .as_bool()
                    .unwrap_or(style.is_none_or(|it| it == "form")),
                json: is_json,
                schema: Value::Null,
            },
            value.clone(),
        ));
    }
    sorted(pairs)
}

/// The names and values that a parameter becomes.
pub fn in_query(parameter: &Parameter, value: Value) -> Vec<(String, Value)> {
    let name = &parameter.name;
    let one = |text: String| vec![(name.clone(), Value::String(text))];
    if parameter.json {
        return vec![(name.clone(), value)];
    }
    let between = match parameter.style.as_str() {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        _ => ",",
    };
    match (parameter.style.as_str(), parameter.explode, &value) {
        ("deepObject", _, value) => {
            let mut pairs = Vec::new();
            deep(name.clone(), value, &mut pairs);
            pairs
        }
        (_, true, Value::Array(items)) => items.iter().flat_map(|it| one(written(it))).collect(),
        (_, false, Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(written).collect();
            one(items.join(between))
        }
        (_, true, Value::Object(_)) => {
            let mut pairs = Vec::new();
            for (name, value) in members(&value) {
                match value {
                    Value::Array(items) => {
                        let items = items.iter();
                        pairs.extend(items.map(|it| (name.clone(), json!(written(it)))));
                    }
                    value => pairs.push((name.clone(), json!(written(value)))),
                }
            }
            pairs
        }
        (_, false, Value::Object(_)) => {
            let parts = members(&value).flat_map(|(name, it)| [name.clone(), written(it)]);
            one(parts.collect::<Vec<_>>().join(between))
        }
        (_, _, value) => one(written(value)),
    }
}

/// What is below a property in brackets, too, and an item of a list in empty ones.
fn deep(name: String, value: &Value, pairs: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(_) => {
            for (property, value) in members(value) {
                deep(format!("{name}[{property}]"), value, pairs);
            }
        }
        Value::Array(items) => {
            for item in items {
                deep(format!("{name}[]"), item, pairs);
            }
        }
        value => pairs.push((name, json!(written(value)))),
    }
}

/// A value in a path, decoded.
pub fn in_path(parameter: &Parameter, value: &Value) -> String {
    let (name, explode) = (&parameter.name, parameter.explode);
    let items = match value {
        Value::Array(items) => items.iter().map(written).collect(),
        Value::Object(_) => members(value)
            .map(|(key, it)| format!("{key}={}", written(it)))
            .collect(),
        value => vec![written(value)],
    };
    match (parameter.style.as_str(), explode) {
        ("label", true) => format!(".{}", items.join(".")),
        ("label", false) => format!(".{}", simple(value, false)),
        ("matrix", false) => format!(";{name}={}", simple(value, false)),
        ("matrix", true) if value.is_object() => format!(";{}", items.join(";")),
        ("matrix", true) => {
            let items = items.iter().map(|item| format!(";{name}={item}"));
            items.collect()
        }
        _ => simple(value, explode),
    }
}

/// The style `simple`.
pub fn simple(value: &Value, explode: bool) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(written).collect(),
        Value::Object(_) => {
            let equals = if explode { "=" } else { "," };
            let all = members(value);
            all.map(|(name, it)| format!("{name}{equals}{}", written(it)))
                .collect()
        }
        value => vec![written(value)],
    };
    parts.join(",")
}

/// A scalar as text, and anything else as JSON.
pub fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// A path without its fragment, and its query.
pub fn split(path: &str) -> (&str, &str) {
    let path = path.split('#').next().unwrap_or_default();
    path.split_once('?').unwrap_or((path, ""))
}

pub fn sorted(mut pairs: Vec<(String, Value)>) -> Vec<(String, Value)> {
    pairs.sort_by_key(|it| format!("{it:?}"));
    pairs
}

/// The base64 of a text, by RFC 4648.
pub fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let sextet = (bits >> (18 - 6 * index)) & 63;
            out.push(match index <= chunk.len() {
                true => char::from(ALPHABET[sextet as usize]),
                false => '=',
            });
        }
    }
    out
}
