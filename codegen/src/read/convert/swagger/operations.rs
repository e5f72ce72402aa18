//! Paths, and the operations below them.

use serde_json::{Map, Value};

use super::request_bodies::Part;
use super::{Shared, at_top, copy, parameters};
use crate::read::convert::kinds::VERBS;
use crate::read::convert::origins::{At, Origin};

impl Shared<'_> {
    /// Converts every path.
    pub fn paths(&mut self, paths: Option<Value>) -> Value {
        let Some(Value::Object(mut paths)) = paths else {
            return Value::Object(Map::new());
        };
        let root = At::ROOT;
        let at = root.child("paths");
        for (path, item) in &mut paths {
            if let Value::Object(item) = item {
                self.path_item(item, &at.child(path));
            }
        }
        paths.into()
    }

    fn path_item(&mut self, item: &mut Map<String, Value>, at: &At) {
        let shared = self.parameters(item, at);
        for verb in VERBS {
            let Some(Value::Object(operation)) = item.get_mut(verb) else {
                continue;
            };
            let at = at.child(verb);
            let mut parts = self.parameters(operation, &at);
            let has_body = parts.iter().any(Part::is_body);
            for part in &shared {
                let name = part.parameter.get("name").and_then(Value::as_str);
                let name = name.unwrap_or_default();
                // An operation has one body: its own.
                let is_own = |own: &Part| is_named(own, "name", name);
                if (has_body && part.is_body()) || parts.iter().any(is_own) {
                    continue;
                }
                let parameter = Value::Object(part.parameter.clone());
                if let Some(Value::Object(parameter)) = copy(&mut self.left, &parameter) {
                    let origin = part.origin.clone();
                    parts.push(Part { parameter, origin });
                }
            }
            self.operation(operation, parts, (&at, verb));
        }
    }

    fn operation(
        &mut self,
        operation: &mut Map<String, Value>,
        parts: Vec<Part>,
        (at, verb): (&At, &str),
    ) {
        let [consumes, produces, _] =
            ["consumes", "produces", "schemes"].map(|key| operation.remove(key));
        // What a request without a body consumes says nothing.
        let consumes = consumes.filter(|_| !parts.is_empty() || has_body(verb));
        if let Some((body, others)) = self.request_body(parts, consumes.as_ref(), at) {
            operation.insert("requestBody".to_owned(), body);
            self.keep(operation, others, at);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let at = at.child("responses");
            for (status, response) in responses.iter_mut().filter(|(_, it)| it.is_object()) {
                let taken = response.take();
                *response = self.response(taken, produces.as_ref(), &at.child(status));
            }
        }
    }

    /// Leaves parts to the reader, which says what becomes of them.
    fn keep(&mut self, operation: &mut Map<String, Value>, parts: Vec<Part>, at: &At) {
        if parts.is_empty() {
            return;
        }
        let list = operation
            .entry("parameters")
            .or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(list) = list else { return };
        let at = at.child("parameters");
        for Part { parameter, origin } in parts {
            self.table.moved(&at.child(&list.len().to_string()), origin);
            list.push(parameter.into());
        }
    }

    /// Converts the parameters of a path or an operation. Takes out those that are a part of the request body.
    fn parameters(&mut self, holder: &mut Map<String, Value>, at: &At) -> Vec<Part> {
        let Some(Value::Array(all)) = holder.get_mut("parameters") else {
            return Vec::new();
        };
        let (mut kept, mut parts) = (Vec::new(), Vec::new());
        for (index, parameter) in std::mem::take(all).into_iter().enumerate() {
            let (parameter, shared) = self.resolved(parameter);
            let (from, to) = (index.to_string(), kept.len().to_string());
            match parameter {
                Value::Object(parameter) if parameters::is_sent(&parameter) => {
                    let origin = match shared {
                        Some(name) => at_top(&["parameters", &name]),
                        None => Origin {
                            file: None,
                            pointer: format!("{at}/parameters/{index}"),
                        },
                    };
                    parts.push(Part { parameter, origin });
                }
                Value::Object(parameter) => {
                    if from != to {
                        self.table
                            .moved_within(at, &["parameters", &to], &["parameters", &from]);
                    }
                    let at = at.child("parameters");
                    let parameter = parameters::convert(parameter, &at.child(&to), self.table);
                    kept.push(parameter);
                }
                other => kept.push(other),
            }
        }
        *all = kept;
        parts
    }
}

/// Whether requests of a method have bodies, as a rule.
fn has_body(verb: &str) -> bool {
    matches!(verb, "patch" | "post" | "put")
}

fn is_named(part: &Part, key: &str, value: &str) -> bool {
    part.parameter.get(key).is_some_and(|it| it == value)
}
