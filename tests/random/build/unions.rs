//! Unions, with and without a discriminator.

use serde_json::{Value, json};

use crate::bytes::Choices;
use crate::schema::{self, Components};

/// A union whose members are told apart by their types in JSON, or by what fits best.
pub fn untagged(components: &Components, choices: &mut Choices, depth: usize) -> Value {
    let count = 1 + choices.below(3);
    let mut members: Vec<Value> = (0..count)
        .map(|_| member(components, choices, depth))
        .collect();
    if choices.one_in(6) {
        members.push(json!({ "nullable": true }));
    }
    json!({ choices.pick(&["oneOf", "anyOf"]): members })
}

fn member(components: &Components, choices: &mut Choices, depth: usize) -> Value {
    match choices.below(5) {
        0 => schema::scalar(choices),
        1 => json!({ "type": "array", "items": schema::scalar(choices) }),
        2 => schema::reference(&choices.pick_text(&components.all)),
        3 => {
            let mut titled = schema::flat_object(choices);
            titled["title"] = choices
                .pick(&["Some", "a title", "String", "Unrecognized"])
                .into();
            titled
        }
        _ => schema::any(components, choices, depth + 1),
    }
}

/// A union of objects that a discriminator tells apart.
pub fn tagged(components: &Components, choices: &mut Choices) -> Value {
    let first = choices.pick_text(&components.plain);
    let second = choices.pick_text(&components.plain);
    let mut names = vec![first];
    if !names.contains(&second) {
        names.push(second);
    }
    let members: Vec<Value> = names.iter().map(|name| schema::reference(name)).collect();
    let mut discriminator = json!({ "propertyName": "a kind" });
    if choices.one_in(2) {
        discriminator["mapping"] = json!({ "a value": names[0].clone() });
    }
    json!({ "oneOf": members, "discriminator": discriminator })
}
