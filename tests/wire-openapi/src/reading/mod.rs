//! A small reading of OpenAPI 3.0, 3.1 and Swagger 2.0 that shares nothing with the generator.

pub mod examples;
pub mod judge;
pub mod operation;
pub mod sample;
pub mod schema;
pub mod security;
mod swagger;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A document.
#[derive(Clone, Debug)]
pub struct Document(pub Value);

/// How far references are followed.
const FAR: usize = 32;

impl Document {
    /// Reads a document, in YAML or JSON.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            let json = serde_json::from_str(text);
            return json.map(Self).map_err(|it| it.to_string());
        }
        let yaml = serde_saphyr::from_str(text);
        yaml.map(Self).map_err(|it| it.to_string())
    }

    /// Whether it is Swagger 2.0.
    pub fn is_swagger(&self) -> bool {
        self.0.get("swagger").is_some()
    }

    /// What a value refers to, or itself.
    pub fn resolved<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        for _ in 0..FAR {
            let Some(pointer) = value["$ref"].as_str().and_then(|it| it.strip_prefix('#')) else {
                return value;
            };
            value = self.0.pointer(&decoded(pointer)).unwrap_or(&Value::Null);
        }
        value
    }

    /// The schemas that have names.
    pub fn schemas(&self) -> impl Iterator<Item = (&String, &Value)> {
        let all = match self.is_swagger() {
            true => &self.0["definitions"],
            false => &self.0["components"]["schemas"],
        };
        members(all)
    }

    /// The names of the schemas that the paths reach.
    pub fn reached(&self) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![&self.0["paths"]];
        while let Some(value) = waiting.pop() {
            waiting.extend(items(value));
            waiting.extend(members(value).map(|(_, it)| it));
            let Some(target) = value["$ref"].as_str().filter(|it| seen.insert(*it)) else {
                continue;
            };
            let name = target.strip_prefix(self.place_of_schemas());
            reached.extend(name.map(str::to_owned));
            waiting.push(self.resolved(value));
        }
        reached
    }

    /// Where the schemas that have names are.
    pub fn place_of_schemas(&self) -> &'static str {
        match self.is_swagger() {
            true => "#/definitions/",
            false => "#/components/schemas/",
        }
    }
}

/// A pointer of a URL, in which `%` stands before a byte in hexadecimal.
fn decoded(pointer: &str) -> String {
    let mut parts = pointer.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).map(|it| u8::from_str_radix(it, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            _ => {
                bytes.push(b'%');
                bytes.extend(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The members of an object.
pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// The items of a list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A string of the document; empty where there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A name with nothing left that Rust and JSON write in different ways.
pub fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Whether two values are the same in JSON, which has one kind of numbers.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (one, other) => one == other,
    }
}
