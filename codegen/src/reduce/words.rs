//! Keeps sentences of one's own in a document that is published anew.

use serde_json::{Map, Value};

/// Members that are sentences.
const WORDS: &[&str] = &["description", "summary", "title"];

/// Puts the sentences of one document where the same things are in another one.
pub(super) fn keep(document: &mut Value, own: &Value) {
    match (document, own) {
        (Value::Object(members), Value::Object(own)) => {
            for word in WORDS {
                if let Some(Value::String(text)) = own.get(*word) {
                    members.insert((*word).to_owned(), Value::String(text.clone()));
                }
            }
            keep_of_values(members, own);
            for (key, value) in members {
                if let Some(own) = own.get(key) {
                    keep(value, own);
                }
            }
        }
        (Value::Array(items), Value::Array(own)) => {
            for (at, item) in items.iter_mut().enumerate() {
                let name = item.get("name").cloned();
                let same = own
                    .iter()
                    .find(|own| name.is_some() && own.get("name") == name.as_ref());
                if let Some(own) = same.or(own.get(at).filter(|_| name.is_none())) {
                    keep(item, own);
                }
            }
        }
        _ => {}
    }
}

/// Puts the sentences of the values of an enum beside the same values.
fn keep_of_values(members: &mut Map<String, Value>, own: &Map<String, Value>) {
    let list = |of: &Map<String, Value>, key: &str| of.get(key).and_then(Value::as_array).cloned();
    let (Some(values), Some(known), Some(words)) = (
        list(members, "enum"),
        list(own, "enum"),
        list(own, "enumDescriptions"),
    ) else {
        return;
    };
    let word = |value: &Value| {
        let at = known.iter().position(|known| known == value);
        at.and_then(|at| words.get(at))
            .cloned()
            .unwrap_or_else(|| Value::from(""))
    };
    let words: Vec<Value> = values.iter().map(word).collect();
    members.insert("enumDescriptions".to_owned(), Value::Array(words));
}
