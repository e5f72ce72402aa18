//! Values of schemas, made from the document alone.

use serde_json::{Map, Value, json};

/// How deep values go into each other.
const DEPTH: usize = 6;

/// A property that says nothing but this leaves another one of its name as it is.
const REMARKS: &[&str] = &["description", "readOnly"];

/// A value of a schema; nothing where there is no end to it.
pub fn sample(document: &Value, schema: &Value, depth: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    let below = |schema: &Value| sample(document, schema, depth + 1);
    if schema.get("$ref").is_some() {
        return below(resolved(document, schema));
    }
    if let Some(value) = schema.get("enum") {
        return Some(value[0].clone());
    }
    let member = |key: &str| schema.get(key).is_some();
    for key in ["oneOf", "anyOf"] {
        if let Some(members) = schema[key].as_array() {
            let Some(tag) = schema["discriminator"]["propertyName"].as_str() else {
                return members.iter().find_map(below);
            };
            let mut value = below(members.first()?)?;
            value[tag] = value_of_tag(schema).into();
            return Some(value);
        }
    }
    if member("properties") || member("allOf") {
        return object(document, schema, depth);
    }
    Some(match schema["type"].as_str().unwrap_or_default() {
        "array" => json!([below(&schema["items"])?]),
        "boolean" => json!(true),
        "integer" => json!(7),
        "number" => json!(0.5),
        "string" => text(schema["format"].as_str().unwrap_or_default()).into(),
        _ => match schema.get("additionalProperties") {
            Some(values) if values.is_object() => json!({ "a.key-1": below(values)? }),
            _ => json!({ "a": [1, "x"] }),
        },
    })
}

/// The value of a discriminator that stands for the first member.
fn value_of_tag(union: &Value) -> String {
    let mapping = union["discriminator"]["mapping"].as_object();
    let mapped = mapping.and_then(|mapping| mapping.keys().next().cloned());
    let reference = union["oneOf"][0]["$ref"].as_str().unwrap_or_default();
    let name = reference.rsplit('/').next().unwrap_or_default();
    mapped.unwrap_or_else(|| name.to_owned())
}

/// What is referred to, in the end.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => {
            let target = document.pointer(reference.trim_start_matches('#'));
            target.map_or(schema, |target| resolved(document, target))
        }
        None => schema,
    }
}

/// An object with all properties that there is an end to.
fn object(document: &Value, schema: &Value, depth: usize) -> Option<Value> {
    if let [only] = schema["allOf"].as_array().map_or(&[][..], Vec::as_slice) {
        return sample(document, only, depth + 1);
    }
    let mut properties = Map::new();
    gather(document, schema, &mut properties);
    let mut required = Vec::new();
    gather_required(document, schema, &mut required);
    let values = properties.into_iter().filter_map(|(name, property)| {
        let value = sample(document, &property, depth + 1);
        // A list that has to be there has no items where there is no end to them.
        let is_list = || resolved(document, &property)["type"] == "array";
        let empty = || (required.contains(&name) && is_list()).then(|| json!([]));
        Some((name.clone(), value.or_else(empty)?))
    });
    let mut values: Map<String, Value> = values.collect();
    if let Some(rest) = schema
        .get("additionalProperties")
        .filter(|it| it.is_object())
        && let Some(value) = sample(document, rest, depth + 1)
    {
        values.insert("a.key-1".to_owned(), value);
    }
    Some(values.into())
}

/// The names of the properties that have to be there.
fn gather_required(document: &Value, schema: &Value, into: &mut Vec<String>) {
    let schema = resolved(document, schema);
    for member in schema["allOf"].as_array().into_iter().flatten() {
        gather_required(document, member, into);
    }
    let names = schema["required"].as_array().into_iter().flatten();
    into.extend(names.filter_map(Value::as_str).map(str::to_owned));
}

fn gather(document: &Value, schema: &Value, into: &mut Map<String, Value>) {
    let schema = resolved(document, schema);
    for member in schema["allOf"].as_array().into_iter().flatten() {
        gather(document, member, into);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let members = property.as_object();
        let only_remarks = members.is_some_and(|it| it.keys().all(|key| REMARKS.contains(&&**key)));
        if !(only_remarks && into.contains_key(name)) {
            into.insert(name.clone(), property.clone());
        }
    }
}

fn text(format: &str) -> &'static str {
    match format {
        "byte" => "aGVsbG8=",
        "date" => "2026-11-22",
        "date-time" | "google-datetime" => "2026-11-22T02:08:57Z",
        "google-duration" => "1.500s",
        "int64" | "uint64" => "7",
        _ => "x",
    }
}
