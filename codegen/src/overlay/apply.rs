//! Applies actions to a document.

use serde_json::{Map, Value, json};
use serde_json_path::JsonPath;

use super::Action;
use crate::Problem;

/// Applies an action to everything that its target leads to.
pub(super) fn action(
    document: &mut Value,
    action: &Action,
    problem: &dyn Fn(String, &str) -> Problem,
) -> Result<(), Problem> {
    let target = &action.target;
    let is_known = |key: &str| key == "description" || key.starts_with("x-");
    if let Some(key) = action.other.keys().find(|key| !is_known(key)) {
        let what = format!("the action on `{target}` has `{key}`, which means nothing");
        return Err(problem(
            what,
            "an action has `target`, `description`, and `update` or `remove`",
        ));
    }
    let mut places = places(document, target, problem)?;
    if action.remove && places.iter().any(String::is_empty) {
        let what = format!("`{target}` is the whole document, which cannot be removed");
        return Err(problem(what, "name a part of it"));
    }
    // What is removed from a list moves what is behind it.
    places.reverse();
    for place in &places {
        match (&action.update, action.remove) {
            (_, true) => remove(document, place),
            (Some(update), false) => {
                if let Some(value) = document.pointer_mut(place) {
                    merge(value, update);
                }
            }
            (None, false) => {
                let what = format!("the action on `{target}` neither updates nor removes");
                return Err(problem(what, "add `update`, or `remove: true`"));
            }
        }
    }
    Ok(())
}

/// The places that a target leads to, as JSON Pointers; there is at least one.
fn places(
    document: &Value,
    target: &str,
    problem: &dyn Fn(String, &str) -> Problem,
) -> Result<Vec<String>, Problem> {
    let path = JsonPath::parse(target).map_err(|error| {
        let what = format!("`{target}` is not a JSONPath: {error}");
        problem(
            what,
            "write it as RFC 9535 says: `$..[?@.operationId=='books.get']`",
        )
    })?;
    let found = path.query_located(document);
    let places: Vec<String> = found
        .locations()
        .map(|place| place.to_json_pointer())
        .collect();
    if places.is_empty() {
        return Err(problem(
            format!("`{target}` matches nothing in the document"),
            "correct it, or remove the action; `cargo xtask neutral SPEC` prints the document",
        ));
    }
    Ok(places)
}

/// Merges a value into another one: objects member by member; to a list it is appended.
fn merge(value: &mut Value, update: &Value) {
    match (value, update) {
        (Value::Object(members), Value::Object(update)) => {
            for (key, update) in update {
                match members.get_mut(key) {
                    Some(value) => merge(value, update),
                    None => {
                        members.insert(key.clone(), update.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(update)) => items.extend(update.iter().cloned()),
        (Value::Array(items), update) => items.push(update.clone()),
        (value, update) => *value = update.clone(),
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((holder, key)) = place.rsplit_once('/') else {
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(holder) {
        Some(Value::Object(members)) => drop(members.remove(&key)),
        Some(Value::Array(items)) => {
            if let Ok(at) = key.parse::<usize>()
                && at < items.len()
            {
                items.remove(at);
            }
        }
        _ => {}
    }
}

/// Beside a reference nothing counts: what has a sentence of its own refers within `allOf`.
pub(super) fn wrap_references(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let (2.., Some(Value::String(reference))) = (members.len(), members.get("$ref")) {
                let reference = json!({ "$ref": reference });
                members.remove("$ref");
                members.insert("allOf".to_owned(), json!([reference]));
            }
            members.values_mut().for_each(wrap_references);
        }
        Value::Array(items) => items.iter_mut().for_each(wrap_references),
        _ => {}
    }
}

/// An object with members.
pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter();
    let members: Map<_, _> = members
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Value::Object(members)
}
