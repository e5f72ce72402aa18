//! Whether a value conforms to its schema, as far as the types of a client depend on it: bounds and patterns are
//! the server's to refuse.

use serde_json::{Map, Value};

use super::{Document, items, members, text};

/// How deep values are judged.
const DEPTH: usize = 64;

/// Judges values.
pub struct Judge<'a> {
    /// The document of the schemas.
    pub document: &'a Document,
    /// Whether properties that are required may be absent.
    pub partial: bool,
}

impl Judge<'_> {
    /// Whether a value conforms.
    pub fn conforms(&self, schema: &Value, value: &Value) -> bool {
        self.at(schema, value, 0)
    }

    fn at(&self, schema: &Value, value: &Value, depth: usize) -> bool {
        if depth > DEPTH || *schema == Value::Bool(true) {
            return true;
        }
        let Some(own) = schema.as_object() else {
            return schema.is_null();
        };
        if own.contains_key("$ref") {
            let target = self.document.resolved(schema);
            let null_here = value.is_null() && own.get("nullable") == Some(&Value::Bool(true));
            return null_here || (!target.is_null() && self.at(target, value, depth + 1));
        }
        if value.is_null() && own.get("nullable") == Some(&Value::Bool(true)) {
            return true;
        }
        let get = |key: &str| own.get(key).unwrap_or(&Value::Null);
        let below = |schema: &Value| self.at(schema, value, depth + 1);
        let all = items(get("allOf"));
        let unions = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| own.get(key));
        self.is_of_type(own, value)
            && own.get("const").is_none_or(|only| super::same(only, value))
            && is_in(get("enum"), value)
            && all.iter().all(below)
            && unions
                .map(items)
                .all(|any| any.is_empty() || any.iter().any(below))
            && match value {
                Value::Object(object) => self.object(own, object, depth),
                Value::Array(list) => self.list(own, list, depth),
                Value::String(it) => is_formatted(text(get("format")), it),
                _ => true,
            }
    }

    fn is_of_type(&self, schema: &Map<String, Value>, value: &Value) -> bool {
        let is = |kind: &str| match kind {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => self.is_integer(schema, value),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        match schema.get("type") {
            Some(Value::String(kind)) => is(kind),
            Some(Value::Array(kinds)) => kinds.iter().any(|kind| is(text(kind))),
            // What has properties is an object, also where that is not said.
            _ => !schema.contains_key("properties") || is("object"),
        }
    }

    fn is_integer(&self, schema: &Map<String, Value>, value: &Value) -> bool {
        let Some(number) = value.as_f64().filter(|it| it.fract() == 0.0) else {
            return false;
        };
        match schema.get("format").map(text) {
            Some("int32") => i32::try_from(number as i64).is_ok(),
            Some("uint64") => value.is_u64(),
            // What JavaScript makes of the greatest one is none any more.
            _ => value.is_i64(),
        }
    }

    fn object(
        &self,
        schema: &Map<String, Value>,
        object: &Map<String, Value>,
        depth: usize,
    ) -> bool {
        let null = Value::Null;
        let properties = schema.get("properties").unwrap_or(&null);
        let is_hidden = |name: &str| {
            let property = self.document.flat(&properties[name]);
            let is = |key| property.get(key) == Some(&Value::Bool(true));
            is("readOnly") || is("writeOnly")
        };
        let required = schema.get("required").map(items).unwrap_or_default();
        let has = |name: &Value| {
            let name = text(name);
            self.partial || object.contains_key(name) || is_hidden(name)
        };
        let others = schema.get("additionalProperties").unwrap_or(&null);
        let fits = |(name, value): (&String, &Value)| match properties.get(name) {
            Some(schema) => self.at(schema, value, depth + 1),
            None if *others == Value::Bool(false) => false,
            None => others.is_null() || self.at(others, value, depth + 1),
        };
        required.iter().all(has) && object.iter().all(fits)
    }

    fn list(&self, schema: &Map<String, Value>, list: &[Value], depth: usize) -> bool {
        let first = schema.get("prefixItems").map(items).unwrap_or_default();
        let null = Value::Null;
        let rest = schema.get("items").unwrap_or(&null);
        list.iter()
            .enumerate()
            .all(|(index, value)| match first.get(index) {
                Some(schema) => self.at(schema, value, depth + 1),
                None if *rest == Value::Bool(false) => false,
                None => self.at(rest, value, depth + 1),
            })
    }
}

fn is_in(values: &Value, value: &Value) -> bool {
    match values {
        Value::Array(values) => values.iter().any(|it| super::same(it, value)),
        _ => true,
    }
}

/// Whether a text is of a format that has a type of its own.
fn is_formatted(format: &str, value: &str) -> bool {
    match format {
        "date-time" => {
            let (date, time) = value.split_at_checked(10).unwrap_or((value, ""));
            is_date(date) && is_time(time)
        }
        "date" => is_date(value),
        "byte" => {
            let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/-_=".contains(c);
            value.chars().all(is_base64) && value.trim_end_matches('=').len() % 4 != 1
        }
        _ => true,
    }
}

/// Whether each character is the one of the form, where `0` is any digit.
fn is_like(form: &str, text: &str) -> bool {
    let fits = |(form, c): (char, char)| match form {
        '0' => c.is_ascii_digit(),
        form => form == c,
    };
    form.len() == text.len() && form.chars().zip(text.chars()).all(fits)
}

fn is_date(text: &str) -> bool {
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|it| it.parse().ok());
    let days = match part(5..7) {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        Some(1..=12) => 31,
        _ => 0,
    };
    is_like("0000-00-00", text) && part(8..10).is_some_and(|day: u32| (1..=days).contains(&day))
}

/// `T02:08:57.123Z`, or with an offset in the place of `Z`.
fn is_time(text: &str) -> bool {
    let Some((time, rest)) = text.split_at_checked(9) else {
        return false;
    };
    let zone = match rest.strip_prefix('.') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let hour = time.get(1..3).and_then(|it| it.parse::<u32>().ok());
    let is_begun = time.starts_with(['T', 't', ' ']) && is_like("00:00:00", &time[1..]);
    let is_zone =
        zone.eq_ignore_ascii_case("z") || is_like("+00:00", zone) || is_like("-00:00", zone);
    is_begun && hour.is_some_and(|it| it < 24) && is_zone
}

/// The properties of all parts and members of a schema, by name.
pub fn properties(document: &Document, schema: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    gather(document, schema, 0, &mut found);
    found
}

fn gather(document: &Document, schema: &Value, depth: usize, found: &mut Map<String, Value>) {
    if depth > 8 {
        return;
    }
    let flat = document.flat(schema);
    for (name, property) in members(flat.get("properties").unwrap_or(&Value::Null)) {
        found.entry(name.clone()).or_insert(property.clone());
    }
    for member in document.alternatives(&flat) {
        gather(document, &member, depth + 1, found);
    }
}
