//! Drops the sentences of a published document.

use serde_json::Value;

/// Members whose own members are named by the author.
const NAMED: &[&str] = &[
    "definitions",
    "headers",
    "methods",
    "parameters",
    "paths",
    "properties",
    "resources",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
];

/// Drops sentences: those of an owner are theirs.
pub(super) fn without_words(value: &mut Value, key: &str) {
    match value {
        Value::Object(members) => {
            if !NAMED.contains(&key) {
                let is_required = members.contains_key("content") || key == "200";
                for word in [
                    "description",
                    "enumDescriptions",
                    "summary",
                    "example",
                    "examples",
                ] {
                    match members.get(word) {
                        Some(Value::String(_)) if is_required && word == "description" => {
                            members.insert(word.to_owned(), Value::from(""));
                        }
                        Some(Value::String(_) | Value::Array(_)) => drop(members.remove(word)),
                        _ => {}
                    }
                }
            }
            for (key, value) in members {
                match key.as_str() {
                    "default" | "enum" => {}
                    "scopes" => scopes_without_words(value),
                    _ => without_words(value, key),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without_words(item, "")),
        _ => {}
    }
}

/// Scopes by name: in OpenAPI with a sentence each, in Discovery with what is said of it.
fn scopes_without_words(scopes: &mut Value) {
    for scope in scopes
        .as_object_mut()
        .into_iter()
        .flatten()
        .map(|(_, scope)| scope)
    {
        match scope {
            Value::Object(scope) => drop(scope.remove("description")),
            sentence => *sentence = Value::from(""),
        }
    }
}
