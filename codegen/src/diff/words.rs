//! What values are called in a report.

use super::surface::Value;

/// What the document calls a value.
pub(super) fn shown(value: &Value) -> &str {
    let name = value.place.split_once(' ');
    name.map_or(value.name.as_str(), |(_, name)| name)
}

/// A value, with what it is.
pub(super) fn noun(value: &Value) -> String {
    match value.place.as_str() {
        "body" => "body".to_owned(),
        place if place.starts_with("part ") => format!("part `{}`", shown(value)),
        _ => format!("parameter `{}`", shown(value)),
    }
}

/// Where a value goes.
pub(super) fn place(value: &Value) -> String {
    match value.place.as_str() {
        "" => "path".to_owned(),
        place => place.to_owned(),
    }
}
