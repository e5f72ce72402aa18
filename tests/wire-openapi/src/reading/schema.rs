//! Schemas, with what they refer to and what they are composed of in one place.

use serde_json::{Map, Value, json};

use super::{Document, items, members};

impl Document {
    /// A schema without `$ref` and `allOf`: the properties and required names of all parts, and of anything else
    /// what the first part says.
    pub fn flat(&self, schema: &Value) -> Map<String, Value> {
        self.flat_below(schema, 0)
    }

    fn flat_below(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let mut flat = Map::new();
        if depth > 12 {
            return flat;
        }
        let own = schema.as_object().cloned().unwrap_or_default();
        if own.contains_key("$ref") {
            let target = self.resolved(schema);
            merge(&mut flat, self.flat_below(target, depth + 1));
            // Beside a reference, only 3.1 has anything.
            if text_of(&self.0["openapi"]).starts_with("3.1") {
                let rest = own.into_iter().filter(|(key, _)| key != "$ref");
                let mut rest: Map<String, Value> = rest.collect();
                merge(&mut rest, flat);
                return rest;
            }
            return flat;
        }
        for (key, value) in own.iter().filter(|(key, _)| *key != "allOf") {
            flat.insert(key.clone(), value.clone());
        }
        for part in items(&schema["allOf"]) {
            merge(&mut flat, self.flat_below(part, depth + 1));
        }
        flat
    }

    /// The members of a union, without `null` and without those that only say which properties are required.
    pub fn alternatives(&self, flat: &Map<String, Value>) -> Vec<Value> {
        let lists = ["oneOf", "anyOf"].into_iter();
        let all = lists.flat_map(|key| flat.get(key).map(items).unwrap_or_default());
        let is_member = |it: &&Value| {
            let member = self.resolved(it);
            let remarks = ["description", "required", "title"];
            let only_requires = members(member).all(|(key, _)| remarks.contains(&key.as_str()));
            member["type"] != "null" && !(only_requires && member.get("required").is_some())
        };
        all.filter(is_member).cloned().collect()
    }
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Adds what another part of the same schema says.
fn merge(into: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, value) in other {
        match (key.as_str(), into.get_mut(&key), value) {
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, schema) in more {
                    let both = match known.get(&name) {
                        Some(own) if *own != schema => json!({ "allOf": [own, schema] }),
                        _ => schema,
                    };
                    known.insert(name, both);
                }
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            // What both allow.
            ("enum", Some(Value::Array(known)), Value::Array(more))
                if known.iter().any(|it| more.contains(it)) =>
            {
                known.retain(|it| more.contains(it));
            }
            (_, Some(_), _) => {}
            (_, None, value) => {
                into.insert(key, value);
            }
        }
    }
}
