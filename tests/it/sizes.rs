//! Documents that somebody made long in one place: what is generated is as long, and no longer.

use codegen::{Client, Generated, Source};
use serde_json::{Map, Value, json};

fn generate(document: &Value) -> Generated {
    let client = Client::new("client", "a.json", &["**"]);
    let text = document.to_string();
    let generated = codegen::generate(
        &client,
        &Source {
            name: "a.json",
            text: &text,
        },
    );
    generated.unwrap_or_else(|problem| panic!("{problem}"))
}

/// A document with one schema, and operations that have it.
fn document(schema: Value, methods: Map<String, Value>) -> Value {
    json!({
        "discoveryVersion": "v1", "name": "a", "version": "v1", "rootUrl": "https://a.example.com/",
        "schemas": { "S": schema }, "methods": methods,
    })
}

fn method(name: &str, path: &str) -> (String, Value) {
    let method = json!({
        "id": format!("a.{name}"), "path": path, "httpMethod": "GET", "response": { "$ref": "S" },
    });
    (name.to_owned(), method)
}

fn length(generated: &Generated, path: &str) -> usize {
    let file = generated.files.iter().find(|file| file.path == path);
    file.map_or(0, |file| file.text.len())
}

#[test]
fn long_descriptions_are_printed_once() {
    let repeated = [
        "[a", "![", "`a", "``a ", "*a ", "_a__", "> ", "* ", "1. ", "<a ", "&a", "http://a", "\\",
        "~~a", "|a", "[a](",
    ];
    for piece in repeated {
        let text = piece.repeat(150_000 / piece.len());
        let schema = json!({ "type": "object", "description": text, "properties": {} });
        let generated = generate(&document(
            schema,
            [method("m", "v1/m")].into_iter().collect(),
        ));
        let types = length(&generated, "types.rs");
        assert!(
            types < 3 * text.len() + 1_000,
            "{piece:?} makes {types} bytes"
        );
    }
}

#[test]
fn values_and_properties_with_one_name_are_numbered() {
    let count = 4_000;
    let spelled = |number: usize| {
        let digits = (0..12).map(|bit| if number >> bit & 1 == 0 { '-' } else { '+' });
        format!("a{}", digits.collect::<String>())
    };
    let values: Vec<_> = (0..count).map(spelled).collect();
    let bare = |name: &String| (name.clone(), json!({ "type": "string" }));
    let mut properties: Map<_, _> = values.iter().map(bare).collect();
    properties.insert(
        "state".to_owned(),
        json!({ "type": "string", "enum": values }),
    );
    let schema = json!({ "type": "object", "properties": properties });
    let generated = generate(&document(
        schema,
        [method("m", "v1/m")].into_iter().collect(),
    ));
    let types = generated
        .files
        .iter()
        .find(|file| file.path == "types.rs")
        .unwrap();
    for name in ["a", "a2", &format!("a{count}")] {
        assert!(
            types.text.contains(&format!("\n    pub {name}: ")),
            "no field {name}"
        );
    }
    assert!(types.text.contains(&format!("\n    A{count},\n")));
    assert!(!types.text.contains(&format!("\n    A{},\n", count + 1)));
}

#[test]
fn every_operation_of_many_is_generated() {
    let count = 3_000;
    let methods = (0..count).map(|number| method(&format!("m{number}"), &format!("v1/m{number}")));
    let schema = json!({ "type": "object", "properties": {} });
    let generated = generate(&document(schema, methods.collect()));
    assert_eq!(generated.summary.operations.len(), count);
    let client = generated
        .files
        .iter()
        .find(|file| file.path == "client.rs")
        .unwrap();
    assert_eq!(client.text.matches("    pub fn m").count(), count);
}

#[test]
fn long_paths_are_not_copied_for_each_node() {
    // A copy of the path for each parameter would be six gigabytes.
    let parameter = |number: usize| json!({ "name": format!("p{number}"), "in": "query", "schema": { "type": "string" } });
    let parameters: Vec<_> = (0..3_000).map(parameter).collect();
    let path = format!("/{}", "a".repeat(1_000_000));
    let responses = json!({ "204": { "description": "Done." } });
    let operation = json!({ "operationId": "a", "parameters": parameters, "responses": responses });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "A", "version": "1" },
        "servers": [{ "url": "https://a.example.com" }],
        "paths": { (path): { "get": operation } },
    });
    let generated = generate(&document);
    assert!(length(&generated, "client.rs") < 3_000_000);
}
