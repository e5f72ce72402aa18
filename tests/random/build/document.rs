//! Documents.

use serde_json::{Map, Value, json};

use crate::bytes::Choices;
use crate::names;
use crate::operation::operation;
use crate::schema::{self, Components};

/// A document: valid OpenAPI 3.0, which states no more than the generator takes.
pub fn document(choices: &mut Choices) -> Value {
    let count = 3 + choices.below(6);
    let names = names::distinct(count, choices, names::component);
    let mut components = Components::default();
    for (position, name) in names.iter().enumerate() {
        match position % 4 {
            0 => components.plain.push(name.clone()),
            1 => components.scalars.push(name.clone()),
            _ => {}
        }
        components.all.push(name.clone());
    }
    if components.scalars.is_empty() {
        components.scalars.push("only".to_owned());
        components.all.push("only".to_owned());
    }
    let mut document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Library", "version": "1" },
        "servers": [{ "url": "https://library.example/v1" }],
        "paths": paths(&components, choices),
        "components": { "schemas": schemas(&components, choices) },
    });
    if choices.one_in(3) {
        document["components"]["securitySchemes"] =
            json!({ "token": { "type": "http", "scheme": "bearer" } });
        document["security"] = json!([{ "token": [] }]);
    }
    document
}

fn schemas(components: &Components, choices: &mut Choices) -> Map<String, Value> {
    let schema = |name: &String| {
        let schema = if components.plain.contains(name) {
            schema::plain_object(components, choices)
        } else if components.scalars.contains(name) {
            schema::scalar(choices)
        } else if choices.one_in(8) {
            lasting(components, choices)
        } else {
            // One that is a reference only may refer to itself, and would be refused.
            match schema::any(components, choices, 0) {
                bare if bare.get("$ref").is_some() || bare.get("allOf").is_some() => {
                    schema::plain_object(components, choices)
                }
                other => other,
            }
        };
        (name.clone(), schema)
    };
    components.all.iter().map(schema).collect()
}

/// Something that looks like an operation whose work may outlast the call, more or less.
fn lasting(components: &Components, choices: &mut Choices) -> Value {
    let mut property = || schema::any(components, choices, 2);
    json!({
        "type": "object",
        "properties": {
            "done": { "type": "boolean" },
            "error": property(),
            "metadata": property(),
            "name": property(),
            "response": property(),
        },
    })
}

fn paths(components: &Components, choices: &mut Choices) -> Map<String, Value> {
    let count = 1 + choices.below(5);
    let ids = names::distinct(count, choices, names::any);
    let mut paths = Map::new();
    for (position, id) in ids.iter().enumerate() {
        let count = choices.below(4);
        let placeholders = names::distinct(count, choices, names::in_path);
        let mut path = format!("/{position}-{}", names::in_path(choices));
        for placeholder in &placeholders {
            path += &format!("/{{{placeholder}}}");
        }
        let verb = choices.pick(&["post", "post", "get", "put", "patch", "delete"]);
        let operation = operation(id, &placeholders, (components, verb), choices);
        paths.insert(path, json!({ verb: operation }));
    }
    paths
}
