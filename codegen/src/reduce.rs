//! Reduces a published document to what a client is made of, as it was published: no fact is read and written
//! again.

mod words;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::read;
use crate::{Client, Diagnostics, Files, Problem, Source};

/// The members of an object of OpenAPI's paths that are operations.
const VERBS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// A document that has the selected operations only, and the schemas and other components that they reach, as
/// text for the file `to`: YAML where its name says so. `words` says whether its sentences stay.
///
/// # Errors
///
/// What is wrong with the document, or a selection that matches nothing.
pub fn reduce(
    client: &Client,
    source: &Source,
    to: &str,
    words: bool,
) -> Result<String, Diagnostics> {
    let selected = crate::diff::Api::read(client, source, &Files::default())?.operations();
    let mut document = read::parse(source)?;
    if document.get("discoveryVersion").is_some() {
        discovery(&mut document, &selected);
    } else {
        openapi(&mut document, client, source, &selected)?;
    }
    if !words {
        words::without_words(&mut document, "");
    }
    if read::is_yaml(to) {
        return Ok(serde_saphyr::to_string(&document).map_err(Problem::internal)?);
    }
    let text = serde_json::to_string_pretty(&document).map_err(Problem::internal)?;
    Ok(text + "\n")
}

fn discovery(document: &mut Value, selected: &BTreeSet<String>) {
    let Some(document) = document.as_object_mut() else {
        return;
    };
    // What says where it was fetched, and when, is no fact of the API.
    for key in ["etag", "icons"] {
        document.remove(key);
    }
    methods(document, selected);
    if document.get("resources").is_some_and(|it| !has_methods(it)) {
        document.remove("resources");
    }
    let mut reached = BTreeSet::new();
    let parts = ["methods", "resources", "parameters"];
    let mut waiting: Vec<String> = Vec::new();
    for part in parts {
        if let Some(part) = document.get(part) {
            references(part, &mut waiting);
        }
    }
    let schemas = document.get("schemas").cloned().unwrap_or_default();
    while let Some(name) = waiting.pop() {
        if let Some(schema) = schemas.get(&name)
            && reached.insert(name)
        {
            references(schema, &mut waiting);
        }
    }
    if let Some(Value::Object(schemas)) = document.get_mut("schemas") {
        schemas.retain(|name, _| reached.contains(name));
    }
    scopes(document);
}

/// Keeps the selected methods of a resource, and of those below it.
fn methods(resource: &mut Map<String, Value>, selected: &BTreeSet<String>) {
    if let Some(Value::Object(methods)) = resource.get_mut("methods") {
        methods.retain(|_, method| {
            let id = method.get("id").and_then(Value::as_str);
            id.is_some_and(|id| selected.contains(id))
        });
    }
    if let Some(Value::Object(resources)) = resource.get_mut("resources") {
        for below in resources.values_mut().filter_map(Value::as_object_mut) {
            methods(below, selected);
        }
        resources.retain(|_, below| has_methods(below));
    }
}

/// Whether there is a method in a part of a document.
fn has_methods(value: &Value) -> bool {
    let Some(members) = value.as_object() else {
        return false;
    };
    members.iter().any(|(key, value)| match key.as_str() {
        "methods" => value.as_object().is_some_and(|methods| !methods.is_empty()),
        _ => has_methods(value),
    })
}

/// The names of schemas that are referred to.
fn references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("$ref", Value::String(name)) => into.push(name.clone()),
                    _ => references(value, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        _ => {}
    }
}

/// Keeps the scopes that a method asks for.
fn scopes(document: &mut Map<String, Value>) {
    let mut asked = BTreeSet::new();
    for part in ["methods", "resources"] {
        if let Some(part) = document.get(part) {
            scopes_of(part, &mut asked);
        }
    }
    let scopes = document
        .get_mut("auth")
        .and_then(|auth| auth.pointer_mut("/oauth2/scopes"));
    if let Some(Value::Object(scopes)) = scopes {
        scopes.retain(|scope, _| asked.contains(scope) || asked.is_empty());
    }
}

fn scopes_of(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("scopes", Value::Array(scopes)) => {
                        into.extend(scopes.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => scopes_of(value, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| scopes_of(item, into)),
        _ => {}
    }
}

fn openapi(
    document: &mut Value,
    client: &Client,
    source: &Source,
    selected: &BTreeSet<String>,
) -> Result<(), Diagnostics> {
    let places = operations_at(client, source, selected)?;
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        for (path, item) in paths.iter_mut() {
            if let Some(item) = item.as_object_mut() {
                item.retain(|verb, _| {
                    !VERBS.contains(&verb.as_str())
                        || places.contains(&(path.clone(), verb.clone()))
                });
            }
        }
        paths.retain(|_, item| {
            let members = item.as_object().into_iter().flatten();
            members
                .map(|(key, _)| key.as_str())
                .any(|key| VERBS.contains(&key))
        });
    }
    unreached(document);
    Ok(())
}

/// Where the selected operations are: path and verb. An operation without an id is named by the reader.
fn operations_at(
    client: &Client,
    source: &Source,
    selected: &BTreeSet<String>,
) -> Result<BTreeSet<(String, String)>, Diagnostics> {
    let read = read::read(source, &Files::default(), client)?;
    let operations = crate::operations::operations(&read.document);
    let selected = operations.filter(|each| selected.contains(each.id()));
    Ok(selected
        .map(|each| (each.path.to_owned(), each.verb.to_owned()))
        .collect())
}

/// The references that lead somewhere, from what is outside of the holders and from what these lead to.
fn reached(document: &Value, holders: &[&str]) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = Vec::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        if !holders.contains(&key.as_str()) {
            references(value, &mut waiting);
        }
    }
    while let Some(reference) = waiting.pop() {
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| document.pointer(pointer));
        if let Some(target) = target
            && reached.insert(reference.clone())
        {
            references(target, &mut waiting);
        }
    }
    reached
}

/// Drops the components, or definitions of Swagger 2.0, that nothing refers to.
fn unreached(document: &mut Value) {
    let holders: &[&str] = match document.get("swagger").is_some() {
        true => &["definitions", "parameters", "responses"],
        false => &["components"],
    };
    let reached = reached(document, holders);
    let is_reached = |pointer: &str| {
        reached.iter().any(|reference| {
            let rest = reference.strip_prefix(pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    for holder in holders {
        let Some(Value::Object(parts)) = document.get_mut(*holder) else {
            continue;
        };
        if *holder != "components" {
            parts.retain(|name, _| is_reached(&format!("#/{holder}/{}", escaped(name))));
            continue;
        }
        for (part, named) in parts
            .iter_mut()
            .filter(|(part, _)| *part != "securitySchemes")
        {
            if let Value::Object(named) = named {
                named.retain(|name, _| {
                    is_reached(&format!("#/components/{part}/{}", escaped(name)))
                });
            }
        }
        parts.retain(|_, named| named.as_object().is_none_or(|named| !named.is_empty()));
    }
}
