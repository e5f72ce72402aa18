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
        let kinds: Vec<&str> = consumed.iter().map(text).collect();
        let media = |kind: &str, schema: Value| Media {
            kind: kind.to_owned(),
            schema,
            encoding: Value::Null,
            examples: Vec::new(),
        };
        if let Some(body) = stated.iter().find(|it| it["in"] == "body") {
            let kinds = if kinds.is_empty() {
                vec!["application/json"]
            } else {
                kinds
            };
            let all = kinds.iter().map(|kind| media(kind, body["schema"].clone()));
            return (all.collect(), body["required"] == true);
        }
        let fields: Vec<_> = stated.iter().filter(|it| it["in"] == "formData").collect();
        if fields.is_empty() {
            return (Vec::new(), false);
        }
        let (mut properties, mut encoding) = (Map::new(), Map::new());
        for field in &fields {
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

    pub(super) fn swagger_response(&self, operation: &Value, response: &Value) -> Vec<Media> {
        let mut produced = items(&operation["produces"]);
        if !operation["produces"].is_array() {
            produced = items(&self.0["produces"]);
        }
        let json = [json!("application/json")];
        if produced.is_empty() {
            produced = &json;
        }
        let Some(schema) = response.get("schema") else {
            return Vec::new();
        };
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
