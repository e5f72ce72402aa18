//! Responses: their bodies have the media types that an operation produces.

use serde_json::{Map, Value, json};

use super::{Shared, at_top, copy, media_types, parameters};
use crate::read::convert::origins::{At, unescaped};

impl Shared<'_> {
    /// The response of an operation at `at`.
    pub fn response(&mut self, response: Value, produces: Option<&Value>, at: &At) -> Value {
        let name = response.get("$ref").and_then(Value::as_str);
        let name = name.and_then(|it| it.strip_prefix("#/responses/"));
        let shared = name.map(unescaped).and_then(|name| {
            let shared = copy(&mut self.left, self.responses.get(&name)?)?;
            self.table.moved(at, at_top(&["responses", &name]));
            Some(shared)
        });
        let Value::Object(mut response) = shared.unwrap_or(response) else {
            return Value::Null;
        };
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            let at = at.child("headers");
            for (name, header) in headers.iter_mut() {
                if let Value::Object(header) = header {
                    let mut object = std::mem::take(header);
                    object.remove("collectionFormat");
                    let value = parameters::convert(object, &at.child(name), self.table);
                    if let Value::Object(converted) = value {
                        *header = without_style(converted);
                    }
                }
            }
        }
        let examples = response.remove("examples");
        if let Some(schema) = response.remove("schema") {
            let types = media_types::produced(produces, self.produces.as_ref(), &schema);
            let content = self.content(&schema, types, examples, at);
            response.insert("content".to_owned(), content.into());
        }
        response.into()
    }

    /// The body of a response, in every media type.
    fn content(
        &mut self,
        schema: &Value,
        types: Vec<String>,
        examples: Option<Value>,
        at: &At,
    ) -> Map<String, Value> {
        let mut content = Map::new();
        for name in types {
            let Some(schema) = copy(&mut self.left, schema) else {
                break;
            };
            self.table
                .moved_within(at, &["content", &name, "schema"], &["schema"]);
            let mut media = json!({ "schema": schema });
            if let Some(example) = examples.as_ref().and_then(|it| it.get(&name)) {
                media["example"] = example.clone();
            }
            content.insert(name, media);
        }
        content
    }
}

/// The values of a header are separated by commas; OpenAPI 3.0 has no other way.
fn without_style(mut header: Map<String, Value>) -> Map<String, Value> {
    header.remove("style");
    header.remove("explode");
    header
}
