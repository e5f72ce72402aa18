//! The examples of a document, with the schema that each is one of.

use serde_json::{Map, Value, json};

use super::operation::{Media, Operation};
use super::{Document, items, members, text};

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where the document has it.
    pub place: String,
    /// What it is one of.
    pub target: Target,
    /// The schema.
    pub schema: Value,
    /// A value of the schema, with the example in it.
    pub value: Value,
    /// Whether only a part of the value is the example.
    pub partial: bool,
}

/// What an example is one of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A schema that has a name.
    Schema(String),
    /// The request body of the operation with this method and path.
    Body(String),
    /// Its response of success.
    Response(String),
}

impl Document {
    /// Every example of schemas, and of the media types of requests and responses that are JSON.
    pub fn all_examples(&self, operations: &[Operation]) -> Vec<Example> {
        let mut found = Vec::new();
        for (name, schema) in self.schemas() {
            let root = Root {
                place: format!("{}{name}", self.place_of_schemas()),
                target: Target::Schema(name.clone()),
                schema: json!({ "$ref": format!("{}{name}", self.place_of_schemas()) }),
            };
            walk(&root, schema, &mut Vec::new(), &mut found);
        }
        for operation in operations {
            let target = format!("{} {}", operation.verb, operation.path);
            let json = operation.body().filter(|media| media.is_json());
            if let Some(media) = json {
                self.of_media(media, Target::Body(target.clone()), &mut found);
            }
            let all = operation.successes.iter().flat_map(|(_, media)| media);
            let kinds: Vec<&Media> = all.collect();
            if kinds.iter().all(|it| it.is_json()) {
                for media in kinds {
                    self.of_media(media, Target::Response(target.clone()), &mut found);
                }
            }
            for media in operation.failures.iter().filter(|it| it.is_json()) {
                let name = text(&media.schema["$ref"])
                    .rsplit('/')
                    .next()
                    .unwrap_or_default();
                if !name.is_empty() {
                    let target = Target::Schema(name.to_owned());
                    self.of_media(media, target, &mut found);
                }
            }
        }
        found
    }

    fn of_media(&self, media: &Media, target: Target, found: &mut Vec<Example>) {
        let root = Root {
            place: format!("{target:?}"),
            target,
            schema: media.schema.clone(),
        };
        for value in &media.examples {
            found.push(root.example(&[], value));
        }
        walk(&root, &media.schema, &mut Vec::new(), found);
    }
}

/// Where values begin.
struct Root {
    place: String,
    target: Target,
    schema: Value,
}

/// A way from a value to one that is in it.
#[derive(Clone, Debug)]
enum Step {
    Property(String),
    Item,
}

impl Root {
    fn example(&self, steps: &[Step], value: &Value) -> Example {
        let mut whole = value.clone();
        for step in steps.iter().rev() {
            whole = match step {
                Step::Property(name) => json!({ name.as_str(): whole }),
                Step::Item => json!([whole]),
            };
        }
        Example {
            place: format!("{} {steps:?}", self.place),
            target: self.target.clone(),
            schema: self.schema.clone(),
            value: whole,
            partial: !steps.is_empty(),
        }
    }
}

/// The examples within a schema, as far as it is written in one place. What is below a member of a union is left
/// out: it alone does not say which member it is of.
fn walk(root: &Root, schema: &Value, steps: &mut Vec<Step>, found: &mut Vec<Example>) {
    let Some(own) = schema.as_object() else {
        return;
    };
    for value in stated(own) {
        found.push(root.example(steps, value));
    }
    for (name, property) in members(&schema["properties"]) {
        steps.push(Step::Property(name.clone()));
        walk(root, property, steps, found);
        steps.pop();
    }
    for (key, step) in [
        ("items", Step::Item),
        ("additionalProperties", Step::Property("key-1".to_owned())),
    ] {
        steps.push(step);
        walk(root, &schema[key], steps, found);
        steps.pop();
    }
    for part in items(&schema["allOf"]) {
        walk(root, part, steps, found);
    }
}

fn stated(schema: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let examples = schema.get("examples").map(items).unwrap_or_default();
    schema.get("example").into_iter().chain(examples)
}
