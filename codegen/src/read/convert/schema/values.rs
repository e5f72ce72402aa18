//! What a schema says of single values: constants, examples, bounds, and how bytes are written.

use serde_json::{Map, Value, json};

/// Converts what concerns single values.
pub(super) fn convert(schema: &mut Map<String, Value>) {
    examples(schema);
    constant(schema);
    exclusive_bound(schema, "exclusiveMinimum", "minimum", |own, other| {
        own >= other
    });
    exclusive_bound(schema, "exclusiveMaximum", "maximum", |own, other| {
        own <= other
    });
    content(schema);
}

/// The first example is the example.
fn examples(schema: &mut Map<String, Value>) {
    if !schema.get("examples").is_some_and(Value::is_array) {
        return;
    }
    let Some(Value::Array(examples)) = schema.remove("examples") else {
        return;
    };
    if let Some(first) = examples.into_iter().next() {
        schema.entry("example").or_insert(first);
    }
}

/// A constant is an enum of one value.
fn constant(schema: &mut Map<String, Value>) {
    let Some(value) = schema.remove("const") else {
        return;
    };
    if value.is_null() {
        schema.entry("type").or_insert_with(|| json!("null"));
        return;
    }
    if !schema.contains_key("type")
        && !schema.contains_key("$ref")
        && let Some(name) = scalar_type(&value)
    {
        schema.insert("type".to_owned(), name.into());
    }
    schema.insert("enum".to_owned(), Value::Array(vec![value]));
}

/// The type that a scalar has.
pub(super) fn scalar_type(value: &Value) -> Option<&'static str> {
    match value {
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An exclusive bound that is a number of its own becomes the bound, unless there is a tighter one.
fn exclusive_bound(
    schema: &mut Map<String, Value>,
    exclusive: &str,
    bound: &str,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some(own) = schema.get(exclusive).and_then(Value::as_f64) else {
        return;
    };
    let Some(number) = schema.remove(exclusive) else {
        return;
    };
    let other = schema.get(bound).and_then(Value::as_f64);
    if other.is_none_or(|other| is_tighter(own, other)) {
        schema.insert(bound.to_owned(), number);
        schema.insert(exclusive.to_owned(), true.into());
    }
}

/// Bytes as base64, or as they are.
fn content(schema: &mut Map<String, Value>) {
    let texts = ["contentEncoding", "contentMediaType"];
    if texts
        .iter()
        .any(|key| schema.get(*key).is_some_and(|it| !it.is_string()))
    {
        return;
    }
    let [encoding, media_type] = texts.map(|key| schema.remove(key));
    let text = |value: &Option<Value>| match value {
        Some(Value::String(text)) => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    let format = match (text(&encoding).as_str(), text(&media_type).as_str()) {
        ("base64", _) => "byte",
        ("base64url", _) => "base64url",
        ("binary", "") => "binary",
        ("" | "binary", kind) if is_bytes(kind) => "binary",
        _ => return,
    };
    let is_typed = schema.contains_key("type") || schema.contains_key("$ref");
    if !is_typed {
        schema.insert("type".to_owned(), "string".into());
    }
    schema.entry("format").or_insert_with(|| format.into());
}

/// Whether what has a media type is bytes, and not text.
fn is_bytes(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let is_text = essence.starts_with("text/")
        || ["json", "xml", "yaml", "javascript", "x-www-form-urlencoded"]
            .iter()
            .any(|end| essence.ends_with(end));
    !essence.is_empty() && !is_text
}
