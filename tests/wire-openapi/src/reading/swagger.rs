//! What Swagger 2.0 says in another way than OpenAPI 3.

use serde_json::{Map, Value, json};

use super::operation::Media;
use super::{Document, items, text};

impl Document {
    /// What Swagger 2.0 has in place of a request body: a parameter of its own, or the fields of a form.
    pub(super) fn swagger_bodies(
        &self,
        operation: &Value,
        stated: &[&Value],
    ) -> (Vec<Media>, bool) {
        let mut consumed = items(&operation["consumes"]);
        if !operation["consumes"].is_array() {
            consumed = items(&self.0["consumes"]);
        }
        let kinds: Vec<&str> = consumed.iter().map(|kind| text(kind).trim()).collect();
        let fields: Vec<_> = stated.iter().filter(|it| it["in"] == "formData").collect();
        let Some(body) = stated.iter().find(|it| it["in"] == "body") else {
            return match fields.is_empty() {
                // What is consumed is a body, though nothing is known of it.
                true if items(&operation["consumes"]) == [json!("multipart/form-data")] => (
                    vec![media("multipart/form-data", json!({ "type": "object" }))],
                    true,
                ),
                true => (Vec::new(), false),
                false => form(&fields, &kinds),
            };
        };
        let is_form = |kind: &&str| kind.starts_with("multipart/") || kind.ends_with("-urlencoded");
        let (forms, others): (Vec<&str>, Vec<&str>) = kinds.iter().copied().partition(is_form);
        // Each is sent in the media types that are its own.
        let has_both = !fields.is_empty() && !forms.is_empty() && !others.is_empty();
        let of_body = match kinds.is_empty() {
            true => vec!["application/json"],
            false if has_both => others,
            false => kinds,
        };
        let all = of_body.iter();
        let mut all: Vec<_> = all
            .map(|kind| media(kind, body["schema"].clone()))
            .collect();
        let mut is_required = body["required"] == true;
        if has_both {
            let (more, required) = form(&fields, &forms);
            all.extend(more);
            is_required |= required;
        }
        (all, is_required)
    }

    pub(super) fn swagger_response(&self, operation: &Value, response: &Value) -> Vec<Media> {
        let mut produced = items(&operation["produces"]);
        if !operation["produces"].is_array() {
            produced = items(&self.0["produces"]);
        }
        let Some(schema) = response.get("schema") else {
            return Vec::new();
        };
        // By default it is JSON, which a file is not.
        let json = [match schema["type"] == "file" {
            true => json!("application/octet-stream"),
            false => json!("application/json"),
        }];
        if produced.is_empty() {
            produced = &json;
        }
        let schema = match schema["type"] == "file" {
            true => json!({ "type": "string", "format": "binary" }),
            false => schema.clone(),
        };
        let media = produced.iter().map(|kind| Media {
            kind: text(kind).to_owned(),
            schema: schema.clone(),
            encoding: Value::Null,
            examples: response["examples"]
                .get(text(kind))
                .cloned()
                .into_iter()
                .collect(),
        });
        media.collect()
    }
}

fn media(kind: &str, schema: Value) -> Media {
    Media {
        kind: kind.to_owned(),
        schema,
        encoding: Value::Null,
        examples: Vec::new(),
    }
}

/// The fields of a form, in the media type that they are sent in; and whether one is required.
fn form(fields: &[&&Value], kinds: &[&str]) -> (Vec<Media>, bool) {
    let (mut properties, mut encoding) = (Map::new(), Map::new());
    for field in fields {
        let name = text(&field["name"]).to_owned();
        let schema = match field["type"] == "file" {
            true => json!({ "type": "string", "format": "binary" }),
            false => (**field).clone(),
        };
        if field["type"] == "array" && field["collectionFormat"] != "multi" {
            encoding.insert(name.clone(), json!({ "style": "form", "explode": false }));
        }
        properties.insert(name, schema);
    }
    let has_files = fields.iter().any(|it| it["type"] == "file");
    let kind = match has_files || kinds.contains(&"multipart/form-data") {
        true => "multipart/form-data",
        false => "application/x-www-form-urlencoded",
    };
    let required = fields.iter().filter(|it| it["required"] == true);
    let required: Vec<_> = required.map(|it| it["name"].clone()).collect();
    let is_required = !required.is_empty();
    let schema = json!({ "type": "object", "properties": properties, "required": required });
    let mut form = media(kind, schema);
    form.encoding = encoding.into();
    (vec![form], is_required)
}
