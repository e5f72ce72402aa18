//! Swagger 2.0.

use serde_json::{Value, json};

use super::assert_same;

pub(super) fn swagger(operation: Value, more: Value) -> Value {
    let mut document = json!({
        "swagger": "2.0", "info": { "title": "T", "version": "1" },
        "host": "x.example", "basePath": "/v1", "schemes": ["http", "https"],
        "paths": { "/s/{id}": { "post": operation } },
    });
    merge(&mut document, more);
    document
}

pub(super) fn openapi(operation: Value, more: Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://x.example/v1" }],
        "paths": { "/s/{id}": { "post": operation } },
    });
    merge(&mut document, more);
    document
}

pub(super) fn merge(document: &mut Value, more: Value) {
    let Value::Object(more) = more else {
        panic!("no object")
    };
    document.as_object_mut().unwrap().extend(more);
}

pub(super) fn done() -> Value {
    json!({ "200": { "description": "Done." } })
}

pub(super) fn id(of: Value) -> Value {
    let mut id = json!({ "name": "id", "in": "path", "required": true });
    merge(&mut id, of);
    id
}

/// Parameters of an operation in 2.0, and its parameters and its request body in 3.0.
fn parameters() -> Vec<(Value, Value, Option<Value>)> {
    let text = || json!({ "type": "string" });
    let texts = || json!({ "type": "array", "items": text() });
    let query = |format: Option<&str>| {
        let mut query = json!({ "name": "q", "in": "query", "type": "array", "items": text() });
        if let Some(format) = format {
            query["collectionFormat"] = format.into();
        }
        query
    };
    let styled = |style: &str, explode: bool| json!({ "name": "q", "in": "query", "schema": texts(), "style": style, "explode": explode });
    let form = |media: &str, properties: Value, required: Value| {
        let schema = json!({ "type": "object", "properties": properties, "required": required });
        let mut body = json!({ "content": { media: { "schema": schema } } });
        if required != json!([]) {
            body["required"] = true.into();
        }
        body
    };
    let field = |name: &str, kind: &str| json!({ "name": name, "in": "formData", "type": kind });
    let file = || json!({ "type": "string", "format": "binary" });
    vec![
        (
            json!([{ "name": "q", "in": "query", "type": "integer", "format": "int32", "description": "d" }]),
            json!([{
                "name": "q", "in": "query", "description": "d",
                "schema": { "type": "integer", "format": "int32" },
            }]),
            None,
        ),
        (json!([query(None)]), json!([styled("form", false)]), None),
        (
            json!([query(Some("csv"))]),
            json!([styled("form", false)]),
            None,
        ),
        (
            json!([query(Some("multi"))]),
            json!([styled("form", true)]),
            None,
        ),
        (
            json!([query(Some("ssv"))]),
            json!([styled("spaceDelimited", false)]),
            None,
        ),
        (
            json!([query(Some("pipes"))]),
            json!([styled("pipeDelimited", false)]),
            None,
        ),
        (
            json!([{ "name": "b", "in": "body", "required": true, "schema": { "$ref": "#/definitions/A" } }]),
            json!([]),
            Some(json!({
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } },
                "required": true,
            })),
        ),
        (
            json!([field("a", "string"), field("n", "integer")]),
            json!([]),
            Some(form(
                "application/x-www-form-urlencoded",
                json!({ "a": text(), "n": { "type": "integer" } }),
                json!([]),
            )),
        ),
        (
            json!([field("a", "string"), { "name": "f", "in": "formData", "type": "file", "required": true }]),
            json!([]),
            Some(form(
                "multipart/form-data",
                json!({ "a": text(), "f": file() }),
                json!(["f"]),
            )),
        ),
    ]
}

#[test]
fn parameters_become_parameters_and_request_bodies() {
    let schema = json!({ "type": "object", "properties": { "n": { "type": "integer" } } });
    for (from, to, body) in parameters() {
        let [mut from, mut to] = [from, to];
        from.as_array_mut()
            .unwrap()
            .push(id(json!({ "type": "string" })));
        to.as_array_mut()
            .unwrap()
            .push(id(json!({ "schema": { "type": "string" } })));
        let from = json!({ "operationId": "post", "parameters": from, "responses": done() });
        let mut to = json!({ "operationId": "post", "parameters": to, "responses": done() });
        if let Some(body) = body {
            to["requestBody"] = body;
        }
        assert_same(
            &swagger(from, json!({ "definitions": { "A": schema } })),
            &openapi(to, json!({ "components": { "schemas": { "A": schema } } })),
        );
    }
}

#[test]
fn lists_in_forms_have_the_style_of_their_format() {
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let rows = [
        (json!({}), Some("form")),
        (json!({ "collectionFormat": "csv" }), Some("form")),
        (json!({ "collectionFormat": "ssv" }), Some("spaceDelimited")),
        (
            json!({ "collectionFormat": "pipes" }),
            Some("pipeDelimited"),
        ),
        (json!({ "collectionFormat": "tsv" }), Some("tsv")),
        (json!({ "collectionFormat": "multi" }), None),
    ];
    for media in ["application/x-www-form-urlencoded", "multipart/form-data"] {
        for (format, style) in &rows {
            let mut field = json!({ "name": "l", "in": "formData" });
            merge(&mut field, texts());
            merge(&mut field, format.clone());
            let from = json!({
                "operationId": "post", "responses": done(), "consumes": [media],
                "parameters": [field, id(json!({ "type": "string" }))],
            });
            let schema = json!({ "type": "object", "properties": { "l": texts() } });
            let mut content = json!({ "schema": schema });
            if let Some(style) = style {
                content["encoding"] = json!({ "l": { "style": style, "explode": false } });
            }
            let to = json!({
                "operationId": "post", "responses": done(),
                "requestBody": { "content": { media: content } },
                "parameters": [id(json!({ "schema": { "type": "string" } }))],
            });
            assert_same(&swagger(from, json!({})), &openapi(to, json!({})));
        }
    }
}

#[test]
fn shared_parameters_and_responses_are_those_of_the_operation() {
    let schema = json!({ "type": "object", "properties": { "n": { "type": "integer", "x-nullable": true } } });
    let expected =
        json!({ "type": "object", "properties": { "n": { "type": "integer", "nullable": true } } });
    let from = json!({
        "operationId": "post",
        "parameters": [
            { "$ref": "#/parameters/B" }, { "$ref": "#/parameters/Q" }, { "$ref": "#/parameters/id" },
        ],
        "responses": { "200": { "$ref": "#/responses/Found" } },
    });
    let shared = json!({
        "parameters": {
            "B": { "name": "b", "in": "body", "schema": schema }, "id": id(json!({ "type": "string" })),
            "Q": { "name": "q", "in": "query", "type": "boolean" },
        },
        "responses": { "Found": {
            "description": "Found.", "schema": schema,
            "headers": { "X-N": { "type": "integer", "description": "d" } },
        } },
        "securityDefinitions": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
        "security": [{ "key": [] }],
    });
    let content = |name: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        json!({ "application/json": { "schema": schema } })
    };
    let to = json!({
        "operationId": "post",
        "parameters": [
            { "name": "q", "in": "query", "schema": { "type": "boolean" } },
            id(json!({ "schema": { "type": "string" } })),
        ],
        "requestBody": { "content": content("B") },
        "responses": { "200": {
            "description": "Found.", "content": content("Found"),
            "headers": { "X-N": { "schema": { "type": "integer" }, "description": "d" } },
        } },
    });
    let components = json!({
        "components": {
            "schemas": { "B": expected, "Found": expected },
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
        },
        "security": [{ "key": [] }],
    });
    assert_same(&swagger(from, shared), &openapi(to, components));
}

#[test]
fn responses_have_the_media_types_that_are_produced() {
    let response = |schema: Value| json!({ "200": { "description": "d", "schema": schema } });
    let [file, text] = [json!({ "type": "file" }), json!({ "type": "string" })];
    let binary = json!({ "type": "string", "format": "binary" });
    let rows = [
        (
            json!({ "responses": response(file.clone()) }),
            ["application/octet-stream"],
            &binary,
        ),
        (
            json!({ "responses": response(file), "produces": ["application/json", "text/csv"] }),
            ["text/csv"],
            &binary,
        ),
        (
            json!({ "responses": response(text.clone()), "produces": ["text/plain"] }),
            ["text/plain"],
            &text,
        ),
        (
            json!({ "responses": response(text.clone()) }),
            ["application/json"],
            &text,
        ),
    ];
    for (mut from, [media], schema) in rows {
        merge(
            &mut from,
            json!({ "operationId": "post", "parameters": [id(json!({ "type": "string" }))] }),
        );
        let content = json!({ media: { "schema": schema } });
        let to = json!({
            "operationId": "post", "parameters": [id(json!({ "schema": { "type": "string" } }))],
            "responses": { "200": { "description": "d", "content": content } },
        });
        assert_same(&swagger(from, json!({})), &openapi(to, json!({})));
    }
}
