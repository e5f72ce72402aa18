//! Values of schemas, made from the document alone.

use serde_json::{Map, Value, json};

use super::{Document, members, text};

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Into a request: without what is read only.
    Sent,
    /// Into a response: without what is written only.
    Received,
}

/// How deep optional values go into each other, and required ones.
const DEPTHS: (usize, usize) = (4, 12);

/// Texts that have to be escaped, for the path, the query and JSON; headers and cookies hold less.
const ANY: &str = " &=ü+%/";
const PLAIN: &str = "-x.y";

impl Document {
    /// A value for a parameter.
    pub fn parameter_value(&self, place: &str, name: &str, schema: &Value) -> Value {
        let tail = match place {
            "path" => " ü:%@",
            "query" => ANY,
            _ => PLAIN,
        };
        let maker = Maker {
            document: self,
            way: Way::Sent,
            tail,
        };
        maker.of(schema, name, 0).unwrap_or(json!("nothing"))
    }

    /// A value of a body.
    pub fn body_value(&self, schema: &Value, way: Way) -> Option<Value> {
        let maker = Maker {
            document: self,
            way,
            tail: ANY,
        };
        maker.of(schema, "body", 0)
    }
}

struct Maker<'a> {
    document: &'a Document,
    way: Way,
    tail: &'a str,
}

impl Maker<'_> {
    fn of(&self, schema: &Value, name: &str, depth: usize) -> Option<Value> {
        if depth > DEPTHS.1 {
            return None;
        }
        let flat = self.document.flat(schema);
        let get = |key: &str| flat.get(key).unwrap_or(&Value::Null);
        if let Some(only) = flat.get("const") {
            return Some(only.clone());
        }
        if let Value::Array(values) = get("enum") {
            let first = values.iter().find(|it| !it.is_null()).cloned();
            // What YAML takes for a number, or for `true`, is a text where the schema says so.
            return first.map(|it| match !it.is_string() && kind(&flat) == "string" {
                true => it.to_string().into(),
                false => it,
            });
        }
        let alternatives = self.document.alternatives(&flat);
        if let Some(first) = alternatives.first() {
            return self.member(&flat, first, name, depth);
        }
        Some(match kind(&flat) {
            "array" if get("prefixItems").is_array() => {
                let first = super::items(get("prefixItems")).iter();
                first
                    .map(|it| self.of(it, name, depth + 1))
                    .collect::<Option<_>>()?
            }
            "array" => match get("items") {
                Value::Null => json!(["x"]),
                item => {
                    let one = self.of(item, name, depth + 1)?;
                    json!([one.clone(), self.other(item, one)])
                }
            },
            "object" => self.object(&flat, depth)?,
            "boolean" => json!(true),
            "integer" => integer(&flat, name),
            "number" => json!(seed(name) as f64 + 0.5),
            "string" if get("contentEncoding") == "base64" => json!("+/+/"),
            "string" => json!(self.text(text(get("format")), name)),
            _ => json!({ "any": [1, "x", { "y": true }] }),
        })
    }

    /// A second item of a list: another text, where any text will do.
    fn other(&self, schema: &Value, one: Value) -> Value {
        let flat = self.document.flat(schema);
        let is_free = ["enum", "const", "format", "oneOf", "anyOf"]
            .iter()
            .all(|key| !flat.contains_key(*key));
        match one {
            Value::String(text) if is_free => json!(format!("{text},2")),
            one => one,
        }
    }

    /// A value of a union: of its first member, with the discriminator's value.
    fn member(
        &self,
        union: &Map<String, Value>,
        member: &Value,
        name: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut value = self.of(member, name, depth + 1)?;
        if let Value::Object(object) = &mut value {
            if union.contains_key("properties") {
                let own = self.object(union, depth)?;
                for (name, value) in members(&own) {
                    // A member may say nothing of a property but that it is there.
                    if self.says_nothing(member, name) {
                        object.insert(name.clone(), value.clone());
                    }
                }
            }
            let discriminator = union.get("discriminator").unwrap_or(&Value::Null);
            if let (Some(tag), Some(target)) = (
                discriminator["propertyName"].as_str(),
                member["$ref"].as_str(),
            ) {
                let short = target.rsplit('/').next().unwrap_or_default();
                let mut mapped = members(&discriminator["mapping"]);
                let mapped = mapped.find(|(_, to)| *to == target || *to == short);
                let value = mapped.map_or(short, |(value, _)| value);
                let is_fixed = self.is_fixed(member, tag);
                if !is_fixed {
                    object.insert(tag.to_owned(), json!(value));
                }
            }
        }
        Some(value)
    }

    /// Whether a member of a union does not say what a property is.
    fn says_nothing(&self, member: &Value, property: &str) -> bool {
        let flat = self.document.flat(member);
        let property = flat.get("properties").map(|it| &it[property]);
        let property = self.document.flat(property.unwrap_or(&Value::Null));
        let says = ["enum", "const", "oneOf", "anyOf"];
        kind(&property).is_empty() && says.iter().all(|key| !property.contains_key(*key))
    }

    /// Whether a property can have one value only.
    fn is_fixed(&self, member: &Value, property: &str) -> bool {
        let flat = self.document.flat(member);
        let property = flat.get("properties").map(|it| &it[property]);
        let property = self.document.flat(property.unwrap_or(&Value::Null));
        let values = property.get("enum").and_then(Value::as_array);
        property.contains_key("const") || values.is_some_and(|it| it.len() == 1)
    }

    fn object(&self, flat: &Map<String, Value>, depth: usize) -> Option<Value> {
        let null = Value::Null;
        let (properties, required) = (
            flat.get("properties").unwrap_or(&null),
            flat.get("required").unwrap_or(&null),
        );
        let mut object = Map::new();
        for (name, schema) in members(properties) {
            let is_required = super::items(required).contains(&json!(name));
            let property = self.document.flat(schema);
            let hidden = match self.way {
                Way::Sent => "readOnly",
                Way::Received => "writeOnly",
            };
            if property.get(hidden) == Some(&json!(true)) {
                continue;
            }
            let leads_on = !matches!(kind(&property), "boolean" | "integer" | "number" | "string");
            if !is_required && depth >= DEPTHS.0 && leads_on {
                continue;
            }
            match self.of(schema, name, depth + 1) {
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                // A required map is sent also where it is empty, and so is a list.
                None if is_required && property.contains_key("additionalProperties") => {
                    object.insert(name.clone(), json!({}));
                }
                None if is_required && kind(&property) == "array" => {
                    object.insert(name.clone(), json!([]));
                }
                None if is_required => return None,
                None => {}
            }
        }
        match flat.get("additionalProperties") {
            Some(schema @ Value::Object(_)) if depth < DEPTHS.0 => {
                let value = self.of(schema, "value", depth + 1);
                object.extend(value.map(|value| ("a.key-1".to_owned(), value)));
            }
            None | Some(Value::Bool(true)) if properties.is_null() => {
                object.insert("any".to_owned(), json!("x"));
            }
            _ if flat.contains_key("patternProperties") => {
                let mut patterns = members(&flat["patternProperties"]);
                let value = patterns
                    .next()
                    .and_then(|(_, it)| self.of(it, "value", depth + 1));
                object.extend(value.map(|value| ("key1".to_owned(), value)));
            }
            _ => {}
        }
        // A map whose values lie too deep is absent: an empty one would not be sent.
        let is_empty_map = object.is_empty()
            && flat
                .get("additionalProperties")
                .is_some_and(Value::is_object);
        (!is_empty_map || depth == 0).then(|| object.into())
    }

    fn text(&self, format: &str, name: &str) -> String {
        let seed = seed(name);
        match format {
            "date-time" => format!("2026-11-22T02:08:57.{:03}Z", seed + 1),
            "date" => format!("2026-11-{:02}", seed % 28 + 1),
            "time" => "02:08:57Z".to_owned(),
            "duration" => "P1DT2H".to_owned(),
            "uuid" => format!("6f1c2d3e-0000-4000-8000-{seed:012}"),
            "byte" => "+/+/".to_owned(),
            "uri" | "url" => format!("https://example.com/{seed}?a=b&c"),
            "email" => format!("v{seed}@example.com"),
            "ipv4" | "ip" => "192.0.2.1".to_owned(),
            "ipv6" => "2001:db8::1".to_owned(),
            "int32" | "int64" | "uint64" | "decimal" => seed.to_string(),
            _ => format!("v{name}{}", self.tail),
        }
    }
}

/// A small number that depends on a name.
fn seed(name: &str) -> u32 {
    name.bytes().map(u32::from).sum::<u32>() % 900
}

fn integer(flat: &Map<String, Value>, name: &str) -> Value {
    let bound = |key: &str| flat.get(key).and_then(Value::as_f64);
    let value = i64::from(seed(name));
    let most = match flat.get("format").map(text) {
        Some("int8") => Some(127.0),
        Some("uint8") => Some(255.0),
        _ => None,
    };
    match (bound("minimum"), bound("maximum").or(most)) {
        (Some(least), _) if (value as f64) < least => json!(least as i64 + 1),
        (_, Some(most)) if (value as f64) > most => json!(most as i64),
        _ => json!(value),
    }
}

/// The type of a schema's values, said or implied; empty where any will do.
fn kind(flat: &Map<String, Value>) -> &str {
    match flat.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().map(text);
            kinds.find(|it| *it != "null").unwrap_or_default()
        }
        _ if flat.contains_key("properties") || flat.contains_key("additionalProperties") => {
            "object"
        }
        _ if flat.contains_key("items") => "array",
        _ if flat.contains_key("format") => "string",
        _ => "",
    }
}
