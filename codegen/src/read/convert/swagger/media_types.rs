//! The media types that operations consume and produce.

use serde_json::Value;

use super::schemas;

/// The media types of a body: those of the operation, or else those of the document; otherwise JSON.
pub(super) fn of(own: Option<&Value>, shared: Option<&Value>) -> Vec<String> {
    let list = own.or(shared).and_then(Value::as_array);
    let names = list.into_iter().flatten().filter_map(Value::as_str);
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() {
        names.push("application/json".to_owned());
    }
    names
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
