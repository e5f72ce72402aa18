//! Request bodies: of a parameter that is the body, or of the fields of a form.

use serde_json::{Map, Value, json};

use super::media_types::{self, essence, is_json};
use super::parameters::{is_list, style, take_schema};
use super::{Shared, copy};
use crate::read::convert::origins::{At, Origin};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that is a part of the request body, and where it stood.
#[derive(Clone)]
pub(super) struct Part {
    pub parameter: Map<String, Value>,
    pub origin: Origin,
}

impl Part {
    pub fn is_body(&self) -> bool {
        self.parameter.get("in").is_some_and(|it| it == "body")
    }

    /// Where something of it stood.
    fn below(&self, key: &str) -> Origin {
        Origin {
            pointer: format!("{}/{key}", self.origin.pointer),
            ..self.origin.clone()
        }
    }
}

impl Shared<'_> {
    /// The request body of an operation at `at`, of all parameters that are a part of it; and those of them of
    /// which the reader has something to say. An operation has a body or a form. Of one that has both, each is sent
    /// where its media types are consumed; where those of a form alone are, the body is a part of it.
    pub fn request_body(
        &mut self,
        parts: Vec<Part>,
        consumes: Option<&Value>,
        at: &At,
    ) -> Option<(Value, Vec<Part>)> {
        let at = at.child("requestBody");
        let first = parts.first()?;
        self.table.moved(&at, first.origin.clone());
        let types = media_types::of(consumes, self.consumes.as_ref());
        let is_form = |name: &String| matches!(essence(name).as_str(), FORM | MULTIPART);
        let (mut bodies, fields): (Vec<_>, Vec<_>) = parts.into_iter().partition(Part::is_body);
        if bodies.is_empty() {
            return Some((self.of_form(fields, &types, &at), Vec::new()));
        }
        if !fields.is_empty() && types.iter().all(is_form) {
            let all = fields.into_iter().chain(bodies.iter().cloned());
            return Some((self.of_form(all.collect(), &types, &at), bodies));
        }
        let body = bodies.remove(0);
        let (forms, others): (Vec<_>, Vec<_>) = types.into_iter().partition(is_form);
        if fields.is_empty() || forms.is_empty() {
            let types = others.into_iter().chain(forms);
            let unsent = bodies.into_iter().chain(fields);
            return Some((self.of_body(&body, types.collect(), &at), unsent.collect()));
        }
        let (one, other) = (
            self.of_body(&body, others, &at),
            self.of_form(fields, &forms, &at),
        );
        Some((either(one, other), bodies))
    }

    fn of_body(&mut self, part: &Part, types: Vec<String>, at: &At) -> Value {
        let empty = Value::Object(Map::new());
        let schema = part.parameter.get("schema").unwrap_or(&empty);
        let mut types = media_types::for_schema(types, schema);
        // Of the other media types, the schema describes JSON best.
        if types.iter().any(|name| is_json(name)) {
            types.retain(|name| is_json(name));
        }
        let at_content = at.child("content");
        let mut content = Map::new();
        for name in types {
            let at = at_content.child(&name);
            self.table.moved(&at.child("schema"), part.below("schema"));
            let Some(schema) = copy(&mut self.left, schema) else {
                break;
            };
            content.insert(name, json!({ "schema": schema }));
        }
        let mut body = remarks(&part.parameter);
        body.insert("content".to_owned(), content.into());
        let required = part.parameter.get("required").cloned();
        body.extend(required.map(|required| ("required".to_owned(), required)));
        body.into()
    }

    fn of_form(&mut self, parts: Vec<Part>, types: &[String], at: &At) -> Value {
        let is_file = |part: &Part| part.parameter.get("type").is_some_and(|it| it == "file");
        let consumes = |wanted: &str| types.iter().any(|name| essence(name) == wanted);
        let is_multipart = parts.iter().any(is_file) || (consumes(MULTIPART) && !consumes(FORM));
        let media_type = if is_multipart { MULTIPART } else { FORM };
        let at = at.child("content");
        let at = at.child(media_type);
        let at_schema = at.child("schema");
        let at_properties = at_schema.child("properties");
        let (mut properties, mut required, mut encoding) = (Map::new(), Vec::new(), Map::new());
        for Part {
            mut parameter,
            origin,
        } in parts
        {
            let name = parameter.get("name").and_then(Value::as_str);
            let name = name.unwrap_or_default().to_owned();
            self.table.moved(&at_properties.child(&name), origin);
            if parameter.get("required") == Some(&Value::Bool(true)) {
                required.push(name.clone());
            }
            let format = parameter.remove("collectionFormat");
            let schema_of_body = parameter.remove("schema");
            let mut schema = take_schema(&mut parameter);
            let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
            if is_list(&schema) && format != "multi" {
                let style = json!({ "style": style(format), "explode": false });
                encoding.insert(name.clone(), style);
            }
            schema.extend(remarks(&parameter));
            properties.insert(name, schema_of_body.unwrap_or_else(|| schema.into()));
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        let mut body = Map::new();
        if !required.is_empty() {
            schema["required"] = required.into();
            body.insert("required".to_owned(), true.into());
        }
        let mut media = json!({ "schema": schema });
        if !encoding.is_empty() {
            media["encoding"] = encoding.into();
        }
        body.insert("content".to_owned(), json!({ media_type: media }));
        body.into()
    }
}

/// One of two request bodies, in the media types of both.
fn either(mut one: Value, mut other: Value) -> Value {
    if let (Some(content), Some(more)) = (
        one["content"].as_object_mut(),
        other["content"].as_object_mut(),
    ) {
        content.append(more);
    }
    if other.get("required").is_some() {
        one["required"] = true.into();
    }
    one
}

/// What is said of a parameter itself.
fn remarks(parameter: &Map<String, Value>) -> Map<String, Value> {
    let description = parameter.get("description").cloned();
    let remark = description.map(|text| ("description".to_owned(), text));
    remark.into_iter().collect()
}
