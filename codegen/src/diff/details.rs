//! Compares what a document says and no type shows: defaults, bounds, formats; and makes sure that no fact
//! changes in silence.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::kinds::Kind;
use super::matching::pairs;
use super::table::{operations, parameters, schemas};
use super::{Api, Found, arrow};
use crate::Problem;
use crate::names::pascal;

/// The kinds of changes of one sort of values.
struct Rows {
    default: &'static Kind,
    bounds: &'static Kind,
    format: &'static Kind,
    nullable: Option<&'static Kind>,
    access: Option<&'static Kind>,
}

static OF_PARAMETERS: Rows = Rows {
    default: &parameters::PARAMETER_DEFAULT,
    bounds: &parameters::PARAMETER_BOUNDS,
    format: &parameters::PARAMETER_FORMAT,
    nullable: None,
    access: None,
};

static OF_PROPERTIES: Rows = Rows {
    default: &schemas::PROPERTY_DEFAULT,
    bounds: &schemas::PROPERTY_BOUNDS,
    format: &schemas::PROPERTY_FORMAT,
    nullable: Some(&schemas::PROPERTY_NULLABLE),
    access: Some(&schemas::PROPERTY_ACCESS),
};

const BOUNDS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

pub(super) fn compare(old: &Api, new: &Api, found: &mut Found) -> Result<(), Problem> {
    let (inline, requests) = (inline(old, new, found)?, requests(new)?);
    let (one, other) = (old.facts_of_operations(), new.facts_of_operations());
    for (id, before, after) in pairs(&one, &other) {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let request = requests.get(id).map_or("\0", String::as_str);
            let is_told = inline.iter().any(|name| name.starts_with(request));
            of_operation(id, before, after, is_told, found);
        }
    }
    let (one, other) = (old.facts_of_schemas(), new.facts_of_schemas());
    for (name, before, after) in pairs(&one, &other) {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let start = pascal(name);
            let is_told = inline.iter().any(|name| name.starts_with(&start));
            of_schema(name, before, after, is_told, found);
        }
    }
    Ok(())
}

/// The types without a schema of their own of which something was told.
fn inline(old: &Api, new: &Api, found: &Found) -> Result<Vec<String>, Problem> {
    let (one, other) = (&old.surface()?.types, &new.surface()?.types);
    let types = one.iter().chain(other);
    let inline = types.filter(|(_, known)| known.schema.is_empty());
    let inline: BTreeSet<&String> = inline.map(|(name, _)| name).collect();
    let subjects = found.changes.iter().map(|change| &change.subject);
    let subjects = subjects.map(|subject| match subject.split_once('.') {
        Some((name, _)) => name.to_owned(),
        None => subject.clone(),
    });
    Ok(subjects.filter(|name| inline.contains(name)).collect())
}

/// The types of requests, by the ids of their operations.
fn requests(api: &Api) -> Result<BTreeMap<String, String>, Problem> {
    let methods = api.surface()?.methods.iter();
    Ok(methods
        .map(|(id, method)| (id.clone(), method.request.clone()))
        .collect())
}

fn of_operation(id: &str, old: &Value, new: &Value, is_told: bool, found: &mut Found) {
    let list = |it: &Value| it.get("parameters").and_then(Value::as_object).cloned();
    let (one, other) = (list(old).unwrap_or_default(), list(new).unwrap_or_default());
    for (place, before) in &one {
        let Some(after) = other.get(place) else {
            continue;
        };
        let name = place
            .split_once(' ')
            .map_or(place.as_str(), |(_, name)| name);
        let schema = |it: &Value| it.get("schema").cloned().unwrap_or_default();
        let mut of_parameter = Found::default();
        walk(
            name,
            &schema(before),
            &schema(after),
            &OF_PARAMETERS,
            &mut of_parameter,
        );
        let typed = found.changes.iter().any(|change| {
            change.subject == id
                && change.kind == &parameters::PARAMETER_TYPE
                && change.what.starts_with(&format!("`{name}`"))
        });
        for change in of_parameter.changes {
            let is_length = change.kind == &parameters::PARAMETER_BOUNDS
                && change.what.starts_with("maxLength")
                && found
                    .changes
                    .iter()
                    .any(|it| it.subject == id && it.kind == &parameters::PARAMETER_LENGTH);
            let is_format = typed && change.kind == &parameters::PARAMETER_FORMAT;
            if !is_format && !is_length {
                let what = format!("`{}` {}", change.subject, change.what);
                found.add(change.kind, id, what, change.effect);
            }
        }
    }
    let what = differing(old, new);
    let of_headers = found
        .changes
        .iter()
        .any(|it| it.subject.starts_with("response header"));
    let is_header = of_headers && what.contains("/headers");
    if !found.told.contains(id) && !is_told && !is_header {
        let what = format!("differs in {what}");
        found.add(&operations::OPERATION_FACTS, id, what, "");
    }
}

fn of_schema(name: &str, old: &Value, new: &Value, told: bool, found: &mut Found) {
    let before = found.changes.len();
    let typed: Vec<String> = found
        .changes
        .iter()
        .filter(|change| change.kind == &schemas::PROPERTY_TYPE)
        .map(|change| change.subject.clone())
        .collect();
    walk(name, old, new, &OF_PROPERTIES, found);
    let is_told = |subject: &str| {
        typed.iter().any(|known| {
            let rest = subject.strip_prefix(known.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    };
    let mut at = 0;
    found.changes.retain(|change| {
        at += 1;
        at <= before || change.kind != &schemas::PROPERTY_FORMAT || !is_told(&change.subject)
    });
    let below = format!("{name}.");
    let is_told = found
        .changes
        .iter()
        .any(|it| it.subject == name || it.subject.starts_with(&below));
    if !is_told && !told {
        let what = format!("differs in {}", differing(old, new));
        found.add(&schemas::SCHEMA_FACTS, name, what, "");
    }
}

/// Goes through two schemas at once.
fn walk(place: &str, old: &Value, new: &Value, rows: &Rows, found: &mut Found) {
    let (Some(one), Some(other)) = (old.as_object(), new.as_object()) else {
        return;
    };
    if one == other {
        return;
    }
    leaves(place, one, other, rows, found);
    let both = |key: &str| Some((one.get(key)?, other.get(key)?));
    if let Some((Value::Object(old), Value::Object(new))) = both("properties") {
        for (name, before) in old {
            if let Some(after) = new.get(name) {
                walk(&format!("{place}.{name}"), before, after, rows, found);
            }
        }
    }
    if let Some((before, after)) = both("items") {
        walk(&format!("{place}[]"), before, after, rows, found);
    }
    if let Some((before, after)) = both("additionalProperties") {
        walk(&format!("{place}[…]"), before, after, rows, found);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some((Value::Array(old), Value::Array(new))) = both(key) {
            for (before, after) in old.iter().zip(new) {
                walk(place, before, after, rows, found);
            }
        }
    }
}

fn leaves(
    place: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    rows: &Rows,
    found: &mut Found,
) {
    let shown = |it: &Map<String, Value>, key: &str| match it.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut leaf = |key: &str, label: &str, kind: Option<&'static Kind>, effect: &str| {
        let (one, other) = (shown(old, key), shown(new, key));
        if let Some(kind) = kind
            && one != other
        {
            found.add(
                kind,
                place,
                format!("{label}{}", arrow(&one, &other)),
                effect,
            );
        }
    };
    let effect = "the server takes another value where none is sent";
    leaf("default", "default ", Some(rows.default), effect);
    leaf("format", "format ", Some(rows.format), "");
    leaf("x-codegen-format", "format ", Some(rows.format), "");
    leaf("nullable", "nullable ", rows.nullable, "");
    leaf("readOnly", "only read ", rows.access, "");
    leaf("writeOnly", "only written ", rows.access, "");
    for key in BOUNDS {
        leaf(
            key,
            &format!("{key} "),
            Some(rows.bounds),
            "the server accepts other values",
        );
    }
}

/// The members in which two objects differ.
fn differing(old: &Value, new: &Value) -> String {
    let mut keys = Vec::new();
    members("", old, new, &mut keys);
    keys.sort();
    keys.dedup();
    let more = keys.len().saturating_sub(3);
    let shown = keys.into_iter().take(3).map(|key| format!("`{key}`"));
    let mut shown = shown.collect::<Vec<_>>().join(", ");
    if more > 0 {
        shown.push_str(&format!(" and {more} more"));
    }
    shown
}

/// The deepest members in which two values differ.
pub(super) fn members(place: &str, old: &Value, new: &Value, into: &mut Vec<String>) {
    match (old, new) {
        (one, other) if one == other => {}
        (Value::Object(one), Value::Object(other)) => {
            let keys = one.keys().chain(other.keys());
            for key in keys {
                let (before, after) = (one.get(key), other.get(key));
                let null = Value::Null;
                let (before, after) = (before.unwrap_or(&null), after.unwrap_or(&null));
                members(&format!("{place}/{key}"), before, after, into);
            }
        }
        _ => into.push(place.trim_start_matches('/').to_owned()),
    }
}
