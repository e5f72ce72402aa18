//! `null` as a member of a union: the schema is nullable.

use serde_json::{Map, Value, json};

use crate::read::convert::origins::{At, Table};

/// Takes `null` out of the unions of a schema. Where one member stays, there is no union any more.
pub(super) fn out_of_unions(schema: &mut Map<String, Value>, at: &At, table: &mut Table) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(members)) = schema.get_mut(key) else {
            continue;
        };
        if !members.iter().any(is_null) {
            continue;
        }
        let kept: Vec<(usize, Value)> = std::mem::take(members)
            .into_iter()
            .enumerate()
            .filter(|(_, member)| !is_null(member))
            .collect();
        for (to, (from, _)) in kept.iter().enumerate().filter(|(to, (from, _))| to != from) {
            table.moved_within(at, &[key, &to.to_string()], &[key, &from.to_string()]);
        }
        let single = (kept.len() == 1).then(|| kept.first().map(|(from, _)| *from));
        let kept: Vec<Value> = kept.into_iter().map(|(_, member)| member).collect();
        schema.insert("nullable".to_owned(), true.into());
        match single.flatten() {
            Some(from) => put_in(schema, kept, (key, from), at, table),
            None if kept.is_empty() => drop(schema.remove(key)),
            None => drop(schema.insert(key.to_owned(), kept.into())),
        }
    }
}

/// Puts the only member of a union into the schema itself; a union of one stays where both say something
/// of the same. `from` is where the member stood.
fn put_in(
    schema: &mut Map<String, Value>,
    kept: Vec<Value>,
    from: (&str, usize),
    at: &At,
    table: &mut Table,
) {
    let (key, index) = (from.0, from.1.to_string());
    let is_reference = kept.iter().any(|member| member.get("$ref").is_some());
    let occupied = ["$ref", "allOf"].iter().any(|it| schema.contains_key(*it));
    if is_reference && !occupied {
        schema.remove(key);
        schema.remove("discriminator");
        schema.insert("allOf".to_owned(), kept.into());
        table.moved_within(at, &["allOf", "0"], &[key, &index]);
        return;
    }
    let fits = |member: &Map<String, Value>| {
        member.iter().all(|(name, value)| {
            name == "description" || name == "title" || {
                name != key && schema.get(name).is_none_or(|own| own == value)
            }
        })
    };
    let fits = !is_reference && !occupied && kept.iter().all(|it| it.as_object().is_some_and(fits));
    if !fits {
        schema.insert(key.to_owned(), kept.into());
        return;
    }
    schema.remove(key);
    schema.remove("discriminator");
    for member in kept {
        let Value::Object(member) = member else {
            continue;
        };
        for (name, value) in member {
            if value.is_object() || value.is_array() {
                table.moved_within(at, &[&name], &[key, &index, &name]);
            }
            schema.entry(name).or_insert(value);
        }
    }
}

/// Whether a schema has no other value than `null`.
fn is_null(schema: &Value) -> bool {
    let only_null = [json!(null)];
    let is_only_null = |key: &str| match schema.get(key) {
        Some(Value::Array(values)) => values[..] == only_null,
        _ => false,
    };
    let has_null_type = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names[..] == [json!("null")],
        _ => false,
    };
    has_null_type || schema.get("const").is_some_and(Value::is_null) || is_only_null("enum")
}
