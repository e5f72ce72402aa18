//! Operations: parameters, bodies and responses of every kind.

use serde_json::{Map, Value, json};

use crate::bytes::Choices;
use crate::names;
use crate::schema::{self, Components};

/// An operation that is called `id`. `placeholders` are those of its path.
pub fn operation(
    id: &str,
    placeholders: &[String],
    (components, verb): (&Components, &str),
    choices: &mut Choices,
) -> Value {
    let paged = choices.one_in(5);
    let mut parameters = in_path(placeholders, components, choices);
    parameters.extend(in_query(paged, components, choices));
    parameters.extend(in_headers(components, choices));
    let mut operation = json!({
        "parameters": parameters,
        "responses": responses(paged, components, choices),
    });
    if !choices.one_in(10) {
        operation["operationId"] = id.into();
    }
    if choices.one_in(8) {
        operation["deprecated"] = true.into();
    }
    let has_body = matches!(verb, "post" | "put" | "patch") || choices.one_in(8);
    if has_body && !choices.one_in(6) {
        let required = choices.one_in(2);
        let mut content = content(body(components, choices), choices);
        if choices.one_in(5) {
            content = other_content(content, choices);
        }
        operation["requestBody"] = json!({ "required": required, "content": content });
    }
    operation
}

fn body(components: &Components, choices: &mut Choices) -> Value {
    match choices.one_in(3) {
        true => schema::reference(&choices.pick_text(&components.all)),
        false => schema::any(components, choices, 0),
    }
}

fn content(schema: Value, choices: &mut Choices) -> Value {
    let kinds = [
        "application/json",
        "application/json",
        "application/json; charset=utf-8",
        "application/merge-patch+json",
    ];
    let media = match choices.one_in(20) {
        true => json!({}),
        false => json!({ "schema": schema }),
    };
    json!({ choices.pick(&kinds): media })
}

/// A request body in another media type than JSON, or in one besides.
fn other_content(json: Value, choices: &mut Choices) -> Value {
    let string = json!({ "schema": { "type": "string" } });
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    let form = json!({ "schema": schema::flat_object(choices) });
    match choices.below(8) {
        0 => json!({ "application/x-www-form-urlencoded": form }),
        1 => json!({ "application/octet-stream": bytes }),
        2 => json!({ "text/plain": string }),
        3 => json!({ "image/*": bytes }),
        4 => json!({ "text/csv": string, "application/xml": string }),
        5 => with_parts(json, choices),
        _ => with_parts(json!({}), choices),
    }
}

/// A body in parts besides others.
fn with_parts(mut content: Value, choices: &mut Choices) -> Value {
    let mut form = schema::flat_object(choices);
    let file = json!({ "type": "string", "format": "binary" });
    form["properties"]["file"] = match choices.one_in(3) {
        true => json!({ "type": "array", "items": file }),
        false => file,
    };
    let mut media = json!({ "schema": form });
    if choices.one_in(3) {
        media["encoding"] = json!({ "file": { "contentType": "image/png" } });
    }
    content["multipart/form-data"] = media;
    content
}

/// A response in another media type than JSON.
fn other_response(choices: &mut Choices) -> Value {
    let kinds = [
        "text/plain",
        "text/csv",
        "application/pdf",
        "application/octet-stream",
        "*/*",
    ];
    let format = choices.pick(&["binary", "byte", "uuid"]);
    json!({ choices.pick(&kinds): { "schema": { "type": "string", "format": format } } })
}

/// The responses of an operation: success in one form, or without a body.
fn responses(paged: bool, components: &Components, choices: &mut Choices) -> Value {
    let success = match paged {
        true => page(components, choices),
        false => body(components, choices),
    };
    let mut responses = Map::new();
    let statuses: &[&str] = choices.pick(&[
        &["200"] as &[&str],
        &["200"],
        &["201"],
        &["2XX"],
        &["default"],
        &["204"],
        &["200", "201"],
        &["200", "204"],
        &["200", "400", "404"],
        &["200", "default"],
    ]);
    let mut held = content(success, choices);
    if !paged && choices.one_in(6) {
        held = other_response(choices);
    }
    for status in statuses {
        let mut response = json!({ "description": "It." });
        match *status {
            "204" => {}
            status if status.starts_with('2') || statuses.len() == 1 => {
                response["content"] = held.clone();
            }
            _ if choices.one_in(2) => {
                response["content"] = content(body(components, choices), choices);
            }
            _ => {}
        }
        if choices.one_in(4) {
            let name = names::header(choices);
            response["headers"] = json!({ name: { "schema": schema::scalar(choices) } });
        }
        responses.insert((*status).to_owned(), response);
    }
    Value::Object(responses)
}

/// Something that looks like a page of a list, more or less.
fn page(components: &Components, choices: &mut Choices) -> Value {
    let token = match choices.one_in(3) {
        true => schema::any(components, choices, 2),
        false => json!({ "type": "string" }),
    };
    let items = match choices.one_in(3) {
        true => schema::any(components, choices, 1),
        false => json!({ "type": "array", "items": schema::any(components, choices, 2) }),
    };
    let name = choices.pick(&["items", "books", "Some", "Option"]);
    json!({ "type": "object", "properties": { "nextPageToken": token, name: items } })
}

fn in_path(placeholders: &[String], components: &Components, choices: &mut Choices) -> Vec<Value> {
    let parameter = |name: &String| {
        let schema = one(components, choices);
        let style = choices.pick(&["simple", "simple", "label", "matrix"]);
        json!({ "in": "path", "name": name, "required": true, "schema": schema, "style": style })
    };
    placeholders.iter().map(parameter).collect()
}

fn in_query(paged: bool, components: &Components, choices: &mut Choices) -> Vec<Value> {
    let count = choices.below(5);
    let mut names = names::distinct(count, choices, names::any);
    if paged && !names.iter().any(|name| name == "pageToken") {
        names.push("pageToken".to_owned());
    }
    let parameter = |name: String| {
        let schema = match choices.below(4) {
            0 if name != "pageToken" => {
                json!({ "type": "array", "items": one(components, choices) })
            }
            1 | 2 if name == "pageToken" => json!({ "type": "string" }),
            _ => one(components, choices),
        };
        let is_list = schema["type"] == "array";
        let mut parameter =
            json!({ "in": "query", "name": name, "required": choices.one_in(3), "schema": schema });
        if is_list && choices.one_in(2) {
            let styles = ["form", "spaceDelimited", "pipeDelimited"];
            parameter["style"] = choices.pick(&styles).into();
            parameter["explode"] = choices.one_in(4).into();
        } else if name_is_free(&parameter) && choices.one_in(8) {
            parameter["required"] = false.into();
            parameter["schema"] = schema::flat_object(choices);
            parameter["style"] = choices.pick(&["deepObject", "form"]).into();
        }
        parameter
    };
    names.into_iter().map(parameter).collect()
}

/// Whether a parameter is none that pages are asked for by.
fn name_is_free(parameter: &Value) -> bool {
    parameter["name"] != "pageToken"
}

fn in_headers(components: &Components, choices: &mut Choices) -> Vec<Value> {
    let count = choices.below(3);
    let names = names::distinct(count, choices, names::header);
    let parameter = |name: String| {
        let schema = one(components, choices);
        json!({ "in": "header", "name": name, "required": choices.one_in(3), "schema": schema })
    };
    names.into_iter().map(parameter).collect()
}

/// One value.
fn one(components: &Components, choices: &mut Choices) -> Value {
    match choices.one_in(4) {
        true => schema::reference(&choices.pick_text(&components.scalars)),
        false => schema::scalar(choices),
    }
}
