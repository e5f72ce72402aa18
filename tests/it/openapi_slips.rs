//! What a document says and the client cannot do, or what it says against the rules, is told; and nothing else is lost
//! by it.

mod schemas;

use codegen::Generated;
use serde_json::{Value, json};

use crate::support::client_of;

/// A document of OpenAPI with one operation.
fn openapi(operation: Value, more: Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://x.example" }],
        "paths": { "/s": { "post": operation } },
    });
    merge(&mut document, more);
    document
}

/// A document of Swagger 2.0 with one operation.
fn swagger(operation: Value) -> Value {
    json!({
        "swagger": "2.0", "info": { "title": "T", "version": "1" }, "host": "x.example", "schemes": ["https"],
        "paths": { "/s": { "post": operation } },
    })
}

fn merge(document: &mut Value, more: Value) {
    let Value::Object(more) = more else {
        panic!("no object")
    };
    document.as_object_mut().unwrap().extend(more);
}

/// An operation, with what it says besides.
fn operation(more: Value) -> Value {
    let mut operation =
        json!({ "operationId": "post", "responses": { "204": { "description": "Done." } } });
    merge(&mut operation, more);
    operation
}

fn parameters(parameters: Value) -> Value {
    openapi(operation(json!({ "parameters": parameters })), json!({}))
}

/// All that is told: what a note is about, and what it says.
fn notes(generated: &Generated) -> Vec<String> {
    let notes = generated.summary.notes.iter();
    notes
        .map(|it| format!("{} {}", it.about, it.what))
        .collect()
}

/// Checks that the operation is there, that exactly this is told, and which code there is.
fn assert_told(document: &Value, told: &[&str], code: &[&str]) {
    let generated = client_of(document).unwrap_or_else(|wrong| panic!("{wrong}\n{document:#}"));
    assert_eq!(generated.summary.operations, ["post"], "{document:#}");
    assert_eq!(notes(&generated), told, "{document:#}");
    let text: String = generated.files.iter().map(|it| it.text.as_str()).collect();
    for expected in code {
        let (expected, is_there) = match expected.strip_prefix('!') {
            Some(absent) => (absent, false),
            None => (*expected, true),
        };
        assert_eq!(
            text.contains(expected),
            is_there,
            "{expected}\n{document:#}"
        );
    }
}

#[test]
fn optional_parameters_that_cannot_be_sent_are_told() {
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let of = |place: &str, more: Value| {
        let mut parameter = json!({ "in": place, "name": "p" });
        merge(&mut parameter, more);
        parameters(json!([parameter]))
    };
    let in_cookie = "an object has no form in a cookie: it cannot be set";
    let in_header = "/style a parameter in this place cannot be sent in the style `deepObject`: it cannot be set";
    for (document, told) in [
        (of("cookie", json!({ "schema": object })), in_cookie),
        (
            of("cookie", json!({ "schema": { "allOf": [object] } })),
            in_cookie,
        ),
        (
            of("cookie", json!({ "content": { "application/json": {} } })),
            in_cookie,
        ),
        (
            of("header", json!({ "schema": object, "style": "deepObject" })),
            in_header,
        ),
        (
            of("query", json!({ "schema": object, "style": "matrix" })),
            "/style a parameter of the query has no style `matrix`: it cannot be set",
        ),
        (
            of(
                "query",
                json!({ "schema": { "$ref": "#/components/schemas/Absent" } }),
            ),
            "/schema `$ref` names `Absent`, which is not in `#/components/schemas`: it cannot be set",
        ),
    ] {
        let place = "#/paths/~1s/post/parameters/0";
        let told = match told.strip_prefix('/') {
            Some(below) => format!("{place}/{below}"),
            None => format!("{place} {told}"),
        };
        assert_told(&document, &[&told], &["!\"p\""]);
        let mut required = document;
        required["paths"]["/s"]["post"]["parameters"][0]["required"] = true.into();
        assert!(client_of(&required).is_err(), "{required:#}");
    }
}

#[test]
fn the_style_of_a_single_value_does_not_matter() {
    for (place, right) in [("header", "simple"), ("cookie", "form")] {
        let document = parameters(json!([
            { "in": place, "name": "p", "style": "spaceDelimited", "schema": { "type": "string" } },
        ]));
        let told = format!(
            "#/paths/~1s/post/parameters/0/style a parameter in this place has the style `{right}`, and not \
             `spaceDelimited`"
        );
        assert_told(&document, &[&told], &[&format!("{place} \"p\"")]);
    }
}

#[test]
fn parameters_of_another_media_type_are_text() {
    let content = |kind: &str, media: Value| {
        parameters(json!([{ "in": "query", "name": "p", "content": { kind: media } }]))
    };
    let schema = |of: Value| json!({ "schema": of });
    let setter = "p(impl Into<String>): query \"p\"";
    assert_told(&content("text/plain", json!({})), &[], &[setter]);
    let string = schema(json!({ "type": "string" }));
    assert_told(&content("text/plain", string.clone()), &[], &[setter]);
    assert_told(&content("application/xml", string), &[], &[setter]);
    let integer = schema(json!({ "type": "integer", "format": "int32" }));
    assert_told(
        &content("text/plain", integer),
        &[],
        &["p(i32): query \"p\""],
    );
    let told = "#/paths/~1s/post/parameters/0/content/application~1xml it is sent as the text that is given, which \
                has to be `application/xml`";
    let object = schema(json!({ "type": "object" }));
    assert_told(&content("application/xml", object), &[told], &[setter]);
}

#[test]
fn headers_of_parts_are_told() {
    let media = json!({
        "schema": { "type": "object", "properties": { "f": { "type": "string", "format": "binary" } } },
        "encoding": { "f": { "contentType": "image/png", "headers": {
            "Content-Type": { "schema": { "type": "string" } }, "X-Name": { "schema": { "type": "string" } },
        } } },
    });
    let body = json!({ "requestBody": { "content": { "multipart/form-data": media } } });
    let place =
        "#/paths/~1s/post/requestBody/content/multipart~1form-data/encoding/f/headers/X-Name";
    let told = format!("{place} the header `X-Name` of a part is not sent");
    let document = openapi(operation(body), json!({}));
    assert_told(&document, &[&told], &["file \"f\""]);
}

#[test]
fn a_body_and_a_form_are_both_told() {
    let body = json!({ "in": "body", "name": "meta", "schema": { "type": "object", "properties": {
        "n": { "type": "integer" },
    } } });
    let field = json!({ "in": "formData", "name": "f", "type": "string" });
    let both = json!([body, field]);
    let not_sent = |at: usize| {
        format!(
            "#/paths/~1s/post/parameters/{at} an operation has a body or a form, not both: `f` is not sent"
        )
    };
    let as_part = "#/paths/~1s/post/parameters/0 an operation has a body or a form, not both: the body is sent as a \
                   part of the form";
    assert_told(
        &swagger(operation(json!({ "parameters": both }))),
        &[&not_sent(1)],
        &["body(&types::PostRequest): body", "!\"f\""],
    );
    assert_told(
        &swagger(operation(
            json!({ "parameters": both, "consumes": ["multipart/form-data"] }),
        )),
        &[as_part],
        &["part \"f\"", "part \"meta\""],
    );
    // Each has media types of its own.
    assert_told(
        &swagger(operation(json!({
            "parameters": [body, { "in": "formData", "name": "f", "type": "file" }],
            "consumes": ["application/json", " multipart/form-data"],
        }))),
        &[],
        &["body(&types::PostRequest): body", "file \"f\""],
    );
    // A second body.
    let two = json!([body, { "in": "body", "name": "other", "schema": {} }]);
    assert_told(
        &swagger(operation(json!({ "parameters": two }))),
        &[
            "#/paths/~1s/post/parameters/1 an operation has one body, and this is another: `other` is not sent",
        ],
        &["body(&types::PostRequest): body"],
    );
    // A path's own, of which only the operation's body counts.
    let mut of_path = swagger(operation(json!({ "parameters": [body] })));
    of_path["paths"]["/s"]["parameters"] = json!([field, body]);
    let told =
        "#/paths/~1s/parameters/0 an operation has a body or a form, not both: `f` is not sent";
    assert_told(&of_path, &[told], &["body(&types::PostRequest): body"]);
}

#[test]
fn references_to_what_holds_a_schema_lead_to_that() {
    let schema = json!({ "type": "object", "properties": { "n": { "type": "integer" } } });
    let media = json!({ "schema": schema });
    let components = json!({
        "parameters": { "P": { "in": "query", "name": "p", "schema": schema } },
        "requestBodies": { "B": { "content": { "text/plain": media } } },
        "responses": {
            "R": { "description": "d", "content": { "application/json": media, "text/csv": {} } },
            "Again": { "$ref": "#/components/responses/R" },
            "None": { "description": "d" },
        },
    });
    let returning = |reference: &str| {
        let schema = json!({ "$ref": format!("#/components/{reference}") });
        let content = json!({ "application/json": { "schema": schema } });
        let responses = json!({ "200": { "description": "d", "content": content } });
        openapi(
            operation(json!({ "responses": responses })),
            json!({ "components": components }),
        )
    };
    let place = "#/paths/~1s/post/responses/200/content/application~1json/schema";
    let told = format!(
        "{place} the reference leads to something else than a schema: the schema in it is taken"
    );
    for reference in [
        "parameters/P",
        "requestBodies/B",
        "responses/R",
        "responses/Again",
    ] {
        assert_told(&returning(reference), &[&told], &["pub n: Option<i64>"]);
    }
    let refused = client_of(&returning("responses/None")).unwrap_err();
    assert!(
        refused.contains("is something else than what belongs here"),
        "{refused}"
    );
    let response = json!({ "description": "d", "schema": { "$ref": "#/responses/Found" } });
    let mut document = swagger(operation(json!({ "responses": { "200": response } })));
    document["responses"] = json!({ "Found": { "description": "d", "schema": schema } });
    let told = "#/paths/~1s/post/responses/200/schema the reference leads to something else than a schema: the \
                schema in it is taken";
    assert_told(&document, &[told], &["pub n: Option<i64>"]);
}

#[test]
fn a_server_that_is_passed_over_is_told() {
    let servers = |urls: &[&str]| {
        let servers: Vec<_> = urls.iter().map(|url| json!({ "url": url })).collect();
        openapi(operation(json!({})), json!({ "servers": servers }))
    };
    let told = |at: usize| {
        format!(
            "#/servers/{at} this server is none of `https` that everybody reaches: the client calls the first one \
             that is"
        )
    };
    let url = "Some(\"https://b.example\")";
    let passed = servers(&["http://a.example", "https://b.example", "http://c.example"]);
    assert_told(&passed, &[&told(0)], &[url]);
    let passed = servers(&["/v1", "http://localhost", "https://b.example"]);
    assert_told(&passed, &[&told(0), &told(1)], &[url]);
    assert_told(
        &servers(&["https://b.example", "http://a.example"]),
        &[],
        &[url],
    );
}
