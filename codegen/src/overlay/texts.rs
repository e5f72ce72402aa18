//! The sentences of a neutral document: dropped, or listed as actions of an overlay.

use serde_json::{Map, Value, json};

use super::apply::object;
use crate::schemas::NAMED;

/// Which sentences are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentences {
    /// All of them.
    All,
    /// Those that are not there.
    Missing,
}

const VALUES: &str = "x-codegen-enum-descriptions";

/// Turns the sentences of the values of enums into a map by value: positions mean nothing to an overlay.
pub(super) fn by_value(value: &mut Value) {
    each_object(value, "", &mut |members| {
        let (Some(Value::Array(docs)), Some(Value::Array(values))) =
            (members.get(VALUES), members.get("enum"))
        else {
            return;
        };
        let named = values.iter().zip(docs).filter_map(|(value, doc)| {
            let doc = doc.as_str().filter(|doc| !doc.is_empty())?;
            Some((value.as_str()?.to_owned(), Value::from(doc)))
        });
        let named: Map<_, _> = named.collect();
        members.insert(VALUES.to_owned(), Value::Object(named));
    });
}

/// Turns them back into a list, in the order of the values.
pub(super) fn by_position(value: &mut Value) {
    each_object(value, "", &mut |members| {
        let (Some(Value::Object(docs)), Some(Value::Array(values))) =
            (members.get(VALUES), members.get("enum"))
        else {
            return;
        };
        let doc = |value: &Value| docs.get(value.as_str()?).cloned();
        let docs: Vec<Value> = values
            .iter()
            .map(|value| doc(value).unwrap_or_else(|| "".into()))
            .collect();
        members.insert(VALUES.to_owned(), Value::Array(docs));
    });
}

/// Drops all sentences but the title of the API.
pub(super) fn drop_all(value: &mut Value) {
    each_object(value, "", &mut |members| {
        let is_response = members.contains_key("content") || members.contains_key("links");
        for word in ["description", "summary", VALUES] {
            match members.get(word) {
                // A response has to have one.
                Some(Value::String(_)) if word == "description" && is_response => {
                    members.insert(word.to_owned(), "".into());
                }
                Some(Value::String(_)) => drop(members.remove(word)),
                Some(Value::Object(_) | Value::Array(_)) if word == VALUES => {
                    drop(members.remove(word))
                }
                _ => {}
            }
        }
    });
    if let Some(Value::Object(paths)) = value.get_mut("paths") {
        let items = paths.values_mut().filter_map(Value::as_object_mut);
        let operations = items
            .flat_map(|item| item.values_mut())
            .filter_map(Value::as_object_mut);
        for operation in operations {
            if let Some(Value::Object(responses)) = operation.get_mut("responses") {
                for response in responses.values_mut().filter_map(Value::as_object_mut) {
                    response.entry("description").or_insert_with(|| "".into());
                }
            }
        }
    }
}

/// Does something with every object that is no map of names.
fn each_object(value: &mut Value, key: &str, act: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            let named = NAMED.contains(&key);
            if !named {
                act(members);
            }
            for (key, value) in members {
                let is_data = matches!(
                    key.as_str(),
                    "default" | "enum" | "example" | "x-codegen-values"
                );
                if named || !is_data {
                    each_object(value, if named { "" } else { key }, act);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, "", act)),
        _ => {}
    }
}

/// The sentences of a neutral document, as an overlay that puts them there.
pub fn sentences(document: &Value, which: Sentences) -> Value {
    let mut list = List {
        actions: Vec::new(),
        which,
    };
    list.one("$.info", document.get("info"));
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (_, item) in paths {
        for (_, operation) in item.as_object().into_iter().flatten() {
            list.operation(operation);
        }
    }
    for part in ["headers", "parameters", "schemas", "securitySchemes"] {
        let named = document.pointer(&format!("/components/{part}"));
        for (name, schema) in named.and_then(Value::as_object).into_iter().flatten() {
            list.schema(&format!("$.components.{part}[{}]", quoted(name)), schema);
        }
    }
    json!({
        "overlay": "1.0.0",
        "info": { "title": "Sentences of our own", "version": "1" },
        "actions": list.actions,
    })
}

struct List {
    actions: Vec<Value>,
    which: Sentences,
}

impl List {
    /// The sentence of one object.
    fn one(&mut self, target: &str, value: Option<&Value>) {
        let Some(Value::Object(members)) = value else {
            return;
        };
        let text = members
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut update = Map::new();
        if self.which == Sentences::All && !text.is_empty()
            || self.which == Sentences::Missing && text.is_empty()
        {
            update.insert("description".to_owned(), text.into());
        }
        let docs = members.get(VALUES).cloned().unwrap_or_default();
        let values = members
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let mut of_values = Map::new();
        for value in values.filter_map(Value::as_str) {
            let doc = docs.get(value).and_then(Value::as_str).unwrap_or_default();
            if doc.is_empty() == (self.which == Sentences::Missing) {
                of_values.insert(value.to_owned(), doc.into());
            }
        }
        if !of_values.is_empty() {
            update.insert(VALUES.to_owned(), Value::Object(of_values));
        }
        if !update.is_empty() {
            let update = Value::Object(update);
            self.actions
                .push(object([("target", target.into()), ("update", update)]));
        }
    }

    fn operation(&mut self, operation: &Value) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            return;
        };
        let target = format!("$..[?@.operationId=={}]", quoted(id));
        self.one(&target, Some(operation));
        let parameters = operation.get("parameters").and_then(Value::as_array);
        for parameter in parameters.into_iter().flatten() {
            if let Some(name) = parameter.get("name").and_then(Value::as_str) {
                self.schema(
                    &format!("{target}.parameters[?@.name=={}]", quoted(name)),
                    parameter,
                );
            }
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses.into_iter().flatten() {
            let headers = response.get("headers").and_then(Value::as_object);
            for (name, header) in headers.into_iter().flatten() {
                let (status, name) = (quoted(status), quoted(name));
                let target = format!("{target}.responses[{status}].headers[{name}]");
                self.one(&target, Some(header).filter(|it| it.get("$ref").is_none()));
            }
        }
        let names = operation
            .get("x-codegen-resource-names")
            .and_then(Value::as_array);
        for name in names.into_iter().flatten() {
            if let Some(parameter) = name.get("parameter").and_then(Value::as_str) {
                let target = format!(
                    "{target}.x-codegen-resource-names[?@.parameter=={}]",
                    quoted(parameter)
                );
                self.one(
                    &target.replace(".x-codegen-resource-names", "['x-codegen-resource-names']"),
                    Some(name),
                );
            }
        }
    }

    /// A schema or a parameter, and what is in it.
    fn schema(&mut self, target: &str, schema: &Value) {
        self.one(target, Some(schema));
        if let Some(inner) = schema.get("schema") {
            let has_values = inner.get("enum").is_some();
            if has_values {
                self.values(&format!("{target}.schema"), inner);
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            self.schema(&format!("{target}.properties[{}]", quoted(name)), property);
        }
        if let Some(items) = schema
            .get("items")
            .filter(|items| items.get("enum").is_some())
        {
            self.values(&format!("{target}.items"), items);
        }
    }

    /// The values of an enum that stands within something that has the sentence.
    fn values(&mut self, target: &str, schema: &Value) {
        let before = self.actions.len();
        self.one(target, Some(schema));
        for action in &mut self.actions[before..] {
            if let Some(Value::Object(update)) = action.get_mut("update")
                && update.get("description").is_some_and(|it| it == "")
            {
                update.remove("description");
            }
        }
        self.actions
            .retain(|action| action["update"].as_object().is_none_or(|it| !it.is_empty()));
    }
}

/// A name as it stands in a JSONPath.
fn quoted(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{escaped}'")
}
