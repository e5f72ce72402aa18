//! Compares what a document says and no type shows: defaults, bounds, formats; and makes sure that no fact
//! changes in silence.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::kinds::Kind;
use super::leaves::{OF_PARAMETERS, OF_PROPERTIES, normal, walk};
use super::matching::pairs;
use super::table::{operations, parameters, schemas};
use super::{Api, Found};
use crate::Problem;
use crate::names::pascal;

pub(super) fn compare(old: &Api, new: &Api, found: &mut Found) -> Result<(), Problem> {
    let (told, requests) = (Told::of(old, new, found)?, requests(new)?);
    let (one, other) = (old.facts_of_operations(), new.facts_of_operations());
    for (id, before, after) in pairs(&one, &other) {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let request = requests.get(id).map_or("\0", String::as_str);
            of_operation((id, request), &normal(before), &normal(after), &told, found);
        }
    }
    let (one, other) = (old.facts_of_schemas(), new.facts_of_schemas());
    for (name, before, after) in pairs(&one, &other) {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            of_schema(name, &normal(before), &normal(after), &told, found);
        }
    }
    Ok(())
}

/// What was told before, of the Rust API.
struct Told {
    /// By subject: the kinds, and what changed.
    changes: BTreeMap<String, Vec<(&'static Kind, String)>>,
    /// The types without a schema of their own of which something was told.
    inline: BTreeSet<String>,
    /// Whether something was told of response headers.
    headers: bool,
}

impl Told {
    fn of(old: &Api, new: &Api, found: &Found) -> Result<Self, Problem> {
        let (one, other) = (&old.surface()?.types, &new.surface()?.types);
        let types = one.iter().chain(other);
        let inline = types.filter(|(_, known)| known.schema.is_empty());
        let inline: BTreeSet<&str> = inline.map(|(name, _)| name.as_str()).collect();
        let mut told = Self {
            changes: BTreeMap::new(),
            inline: BTreeSet::new(),
            headers: false,
        };
        for change in &found.changes {
            let subject = &change.subject;
            let of_subject = told.changes.entry(subject.clone()).or_default();
            of_subject.push((change.kind, change.what.clone()));
            let name = subject.split('.').next().unwrap_or_default();
            if inline.contains(name) {
                told.inline.insert(name.to_owned());
            }
            told.headers |= subject.starts_with("response header");
        }
        Ok(told)
    }

    /// Whether something was told of a type without a schema of its own whose name begins so.
    fn of_inline(&self, start: &str) -> bool {
        let first = self.inline.range(start.to_owned()..).next();
        first.is_some_and(|name| name.starts_with(start))
    }

    fn has(&self, subject: &str, kind: &Kind, start: &str) -> bool {
        let of_subject = self.changes.get(subject).into_iter().flatten();
        let mut alike =
            of_subject.filter(|(known, what)| *known == kind && what.starts_with(start));
        alike.next().is_some()
    }

    /// Whether a property, or one that it is in, was told to have another type.
    fn has_type(&self, place: &str) -> bool {
        let ends = place.match_indices(['.', '[']).map(|(end, _)| end);
        let mut holders = ends.chain([place.len()]).map(|end| &place[..end]);
        holders.any(|holder| self.has(holder, &schemas::PROPERTY_TYPE, ""))
    }
}

/// The types of requests, by the ids of their operations.
fn requests(api: &Api) -> Result<BTreeMap<String, String>, Problem> {
    let methods = api.surface()?.methods.iter();
    Ok(methods
        .map(|(id, method)| (id.clone(), method.request.clone()))
        .collect())
}

fn of_operation(
    (id, request): (&str, &str),
    old: &Value,
    new: &Value,
    told: &Told,
    found: &mut Found,
) {
    if old == new {
        return;
    }
    parameters_of(id, old, new, told, found);
    for (place, before, after) in bodies(old, new) {
        let mut of_body = Found::default();
        walk(place, before, after, &OF_PROPERTIES, &mut of_body);
        for change in of_body
            .changes
            .into_iter()
            .filter(|it| SILENT.contains(&it.kind))
        {
            let what = format!("`{}` {}", change.subject, change.what);
            found.add(change.kind, id, what, change.effect);
        }
    }
    let what = differing(old, new);
    let is_header = told.headers && what.contains("/headers");
    if !found.told.contains(id) && !told.of_inline(request) && !is_header {
        let what = format!("differs in {what}");
        found.add(&operations::OPERATION_FACTS, id, what, "");
    }
}

/// What no type shows.
static SILENT: [&Kind; 3] = [
    &schemas::PROPERTY_BOUNDS,
    &schemas::PROPERTY_DEFAULT,
    &schemas::PROPERTY_WRITTEN,
];

fn parameters_of(id: &str, old: &Value, new: &Value, told: &Told, found: &mut Found) {
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
        let typed = told.has(id, &parameters::PARAMETER_TYPE, &format!("`{name}`"));
        let length = told.has(id, &parameters::PARAMETER_LENGTH, "");
        for change in of_parameter.changes {
            let is_length = length
                && change.kind == &parameters::PARAMETER_BOUNDS
                && change.what.starts_with("maxLength");
            let is_format = typed && change.kind == &parameters::PARAMETER_FORMAT;
            if !is_format && !is_length {
                let what = format!("`{}` {}", change.subject, change.what);
                found.add(change.kind, id, what, change.effect);
            }
        }
    }
}

/// The schemas of the bodies that both have.
fn bodies<'a>(old: &'a Value, new: &'a Value) -> Vec<(&'static str, &'a Value, &'a Value)> {
    let mut found = Vec::new();
    let mut of_content = |place, old: Option<&'a Value>, new: Option<&'a Value>| {
        let content = |it: Option<&'a Value>| it?.get("content")?.as_object();
        let (Some(old), Some(new)) = (content(old), content(new)) else {
            return;
        };
        for (media, before) in old {
            let schemas = (
                before.get("schema"),
                new.get(media).and_then(|it| it.get("schema")),
            );
            if let (Some(before), Some(after)) = schemas {
                found.push((place, before, after));
            }
        }
    };
    of_content("request", old.get("requestBody"), new.get("requestBody"));
    let responses = old.get("responses").and_then(Value::as_object);
    for (status, before) in responses.into_iter().flatten() {
        let after = new.get("responses").and_then(|it| it.get(status));
        of_content("response", Some(before), after);
    }
    found
}

fn of_schema(name: &str, old: &Value, new: &Value, told: &Told, found: &mut Found) {
    if old == new {
        return;
    }
    let mut of_schema = Found::default();
    walk(name, old, new, &OF_PROPERTIES, &mut of_schema);
    let with_type = [&schemas::PROPERTY_FORMAT, &schemas::PROPERTY_WRITTEN];
    for change in of_schema.changes {
        if !(with_type.contains(&change.kind) && told.has_type(&change.subject)) {
            found.add(change.kind, change.subject, change.what, change.effect);
        }
    }
    let below = format!("{name}.");
    let first = found.told.range(below.clone()..).next();
    let is_told = found.told.contains(name) || first.is_some_and(|it| it.starts_with(&below));
    if !is_told && !told.of_inline(&pascal(name)) {
        let what = format!("differs in {}", differing(old, new));
        found.add(&schemas::SCHEMA_FACTS, name, what, "");
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
