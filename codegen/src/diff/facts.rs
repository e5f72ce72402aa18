//! The neutral document as facts in one order, apart from its sentences.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schemas::NAMED;

/// The facts of a document, and its sentences by where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub whole: Value,
    pub words: BTreeMap<String, String>,
}

/// Members that are sentences.
const WORDS: &[&str] = &[
    "contact",
    "description",
    "example",
    "examples",
    "externalDocs",
    "license",
    "summary",
    "termsOfService",
    "title",
];

/// Members that say where the document comes from.
const ORIGIN: &[&str] = &["x-generated", "x-codegen-revision"];

/// Members whose values are data: nothing in them is a sentence.
const DATA: &[&str] = &["default", "example", "x-codegen-values"];

/// Lists whose order says nothing.
const UNORDERED: &[&str] = &[
    "enum",
    "required",
    "x-codegen-credentials",
    "x-codegen-other-media-types",
    "x-codegen-scopes",
];

impl Facts {
    /// Takes a document apart.
    pub fn of(document: Value) -> Self {
        let mut facts = Self::default();
        facts.whole = facts.member("", document, String::new(), false);
        facts
    }

    fn member(&mut self, key: &str, value: Value, place: String, named: bool) -> Value {
        match value {
            value if DATA.contains(&key) && !named => value,
            Value::Object(object) => {
                let named = NAMED.contains(&key) && !named;
                self.object(key, object, &place, named)
            }
            Value::Array(items) if key == "parameters" && !named => self.parameters(items, &place),
            Value::Array(items) if key == "x-codegen-left-out" => left_out(items),
            Value::Array(mut items) if UNORDERED.contains(&key) && !named => {
                items.sort_by_key(ToString::to_string);
                items.dedup();
                Value::Array(items)
            }
            Value::Array(mut items) => {
                if key == "security" && !named {
                    items.sort_by_key(ToString::to_string);
                }
                let items = items.into_iter().enumerate();
                let items =
                    items.map(|(at, it)| self.member("", it, format!("{place}/{at}"), false));
                Value::Array(items.collect())
            }
            other => other,
        }
    }

    fn object(
        &mut self,
        of: &str,
        mut object: Map<String, Value>,
        place: &str,
        named: bool,
    ) -> Value {
        if !named {
            self.values(&mut object, place);
        }
        let mut facts = Map::new();
        let mut members: Vec<_> = object.into_iter().collect();
        members.sort_by(|one, other| one.0.cmp(&other.0));
        for (key, value) in members {
            let place = format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
            match value {
                _ if !named && ORIGIN.contains(&key.as_str()) => {}
                Value::String(text) if !named && WORDS.contains(&key.as_str()) => {
                    self.words.insert(place, text);
                }
                Value::String(text) if named && of == "scopes" => {
                    self.words.insert(place, text);
                    facts.insert(key, Value::Bool(true));
                }
                _ if !named && WORDS.contains(&key.as_str()) => {}
                value => {
                    let value = self.member(&key, value, place, named);
                    facts.insert(key, value);
                }
            }
        }
        Value::Object(facts)
    }

    /// What is said of the values of an enum by their positions, by value.
    fn values(&mut self, object: &mut Map<String, Value>, place: &str) {
        let docs = object.remove("x-codegen-enum-descriptions");
        let deprecated = object.remove("x-codegen-enum-deprecated");
        let Some(values) = object.get("enum").and_then(Value::as_array).cloned() else {
            return;
        };
        let (docs, deprecated) = (list(docs), list(deprecated));
        for (value, doc) in values.iter().zip(docs) {
            if let Value::String(doc) = doc {
                self.words.insert(format!("{place}/enum/{value}"), doc);
            }
        }
        let of_values = values.iter().zip(deprecated);
        let of_values = of_values.filter(|(_, is)| *is == Value::Bool(true));
        let mut deprecated: Vec<Value> = of_values.map(|(value, _)| value.clone()).collect();
        deprecated.sort_by_key(ToString::to_string);
        if !deprecated.is_empty() {
            object.insert("x-deprecated-values".to_owned(), Value::Array(deprecated));
        }
    }

    /// Parameters, by where they are and what they are called there.
    fn parameters(&mut self, items: Vec<Value>, place: &str) -> Value {
        let mut named = Map::new();
        for item in items {
            let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
            let reference = text("$ref");
            let name = format!(
                "{} {}",
                text("in").unwrap_or_default(),
                text("name").unwrap_or_default()
            );
            let name = reference.unwrap_or(name);
            let place = format!("{place}/{name}");
            let value = self.member("", item, place, false);
            named.insert(name, value);
        }
        Value::Object(named)
    }
}

fn list(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The operations that cannot be generated; the reasons are sentences.
fn left_out(items: Vec<Value>) -> Value {
    let ids = items
        .iter()
        .filter_map(|item| item.get("operation").cloned());
    Value::Array(ids.collect())
}

/// The sentences that things are called after in Rust: titles of schemas, and descriptions of servers.
pub(super) fn naming(facts: &Facts) -> BTreeMap<&str, &str> {
    let names = |place: &str| {
        let is_of_server = place.contains("/servers/") && place.ends_with("/description");
        is_of_server || (place.ends_with("/title") && !place.starts_with("/info/"))
    };
    let words = facts.words.iter().filter(|(place, _)| names(place));
    words
        .map(|(place, text)| (place.as_str(), text.as_str()))
        .collect()
}

/// How many sentences differ between two documents, of what both have.
pub(super) fn words(old: &Facts, new: &Facts) -> usize {
    let of_both = old.words.iter();
    let differing =
        of_both.filter(|(place, text)| new.words.get(*place).is_some_and(|it| it != *text));
    let found = |one: &Facts, other: &Facts| {
        let places = one.words.keys();
        let lacking = places.filter(|place| !other.words.contains_key(*place));
        let lacking = lacking.filter(|place| {
            let (holder, _) = place.rsplit_once('/').unwrap_or_default();
            other.whole.pointer(holder).is_some() && !holder.is_empty()
        });
        lacking.count()
    };
    differing.count() + found(old, new) + found(new, old)
}
