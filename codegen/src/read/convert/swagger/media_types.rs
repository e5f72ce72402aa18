//! The media types that operations consume and produce.

use serde_json::Value;

use super::schemas;

/// The media types of a body: those of the operation, or else those of the document; otherwise JSON.
pub(super) fn of(own: Option<&Value>, shared: Option<&Value>) -> Vec<String> {
    let mut names = stated(own, shared);
    if names.is_empty() {
        names.push("application/json".to_owned());
    }
    names
}

fn stated(own: Option<&Value>, shared: Option<&Value>) -> Vec<String> {
    let list = own.or(shared).and_then(Value::as_array);
    let names = list.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

/// The media types of a response with a schema. Bytes that are said to be JSON, and nothing else, are asked for as
/// that: the server may know them by no other name.
pub(super) fn produced(own: Option<&Value>, shared: Option<&Value>, schema: &Value) -> Vec<String> {
    let stated = stated(own, shared);
    let is_of_bytes = |name: &String| !is_json(name) && !name.contains('*');
    match stated.is_empty() || stated.iter().any(is_of_bytes) {
        true => for_schema(of(own, shared), schema),
        false => stated,
    }
}

/// Those of them that a body with a schema can have: bytes are no JSON.
pub(super) fn for_schema(names: Vec<String>, schema: &Value) -> Vec<String> {
    if !schemas::is_binary(schema) {
        return names;
    }
    let mut bytes = names;
    bytes.retain(|name| !is_json(name) && !name.contains('*'));
    if bytes.is_empty() {
        bytes.push("application/octet-stream".to_owned());
    }
    bytes
}

/// Whether a media type is JSON.
pub(super) fn is_json(name: &str) -> bool {
    let essence = essence(name);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// A media type without its parameters.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
