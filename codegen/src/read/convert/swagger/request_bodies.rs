//! Request bodies: of a parameter that is the body, or of the fields of a form.

use serde_json::{Map, Value, json};

use super::media_types::{self, essence};
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
        let is_form = |name: &String| matches!(essence(name).as_str(), FORM | MULTIPART);
        let Some(first) = parts.first() else {
            // An operation that consumes parts has a body, though it names none of them.
            let own = consumes.map(|own| media_types::of(Some(own), None))?;
            let is_multipart = own.iter().all(|name| essence(name) == MULTIPART);
            return is_multipart.then(|| (of_unnamed_parts(), Vec::new()));
        };
        self.table.moved(&at, first.origin.clone());
        let types = media_types::of(consumes, self.consumes.as_ref());
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
        let types = media_types::for_schema(types, schema);
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

    /// The body of a form, in each media type that it can have.
    fn of_form(&mut self, parts: Vec<Part>, types: &[String], at: &At) -> Value {
        let at = at.child("content");
        let (mut content, mut body) = (Map::new(), Map::new());
        for media_type in types_of_form(&parts, types) {
            let mut own = Vec::new();
            for part in &parts {
                let parameter = Value::Object(part.parameter.clone());
                let Some(Value::Object(parameter)) = copy(&mut self.left, &parameter) else {
                    break;
                };
                let origin = part.origin.clone();
                own.push(Part { parameter, origin });
            }
            let media = self.media_of_form(own, &at.child(media_type));
            if media["schema"].get("required").is_some() {
                body.insert("required".to_owned(), true.into());
            }
            content.insert(media_type.to_owned(), media);
        }
        body.insert("content".to_owned(), content.into());
        body.into()
    }

    fn media_of_form(&mut self, parts: Vec<Part>, at: &At) -> Value {
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
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        let mut media = json!({ "schema": schema });
        if !encoding.is_empty() {
            media["encoding"] = encoding.into();
        }
        media
    }
}

/// The media types that a form can have: those of the two that are consumed, and with a file only the one.
fn types_of_form(parts: &[Part], types: &[String]) -> Vec<&'static str> {
    let is_file = |part: &Part| part.parameter.get("type").is_some_and(|it| it == "file");
    let consumes = |wanted: &str| types.iter().any(|name| essence(name) == wanted);
    if parts.iter().any(is_file) {
        return vec![MULTIPART];
    }
    let mut consumed = vec![MULTIPART, FORM];
    consumed.retain(|wanted| consumes(wanted));
    if consumed.is_empty() {
        consumed.push(FORM);
    }
    consumed
}

/// A body of parts that are not named.
fn of_unnamed_parts() -> Value {
    json!({ "content": { MULTIPART: {} } })
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
