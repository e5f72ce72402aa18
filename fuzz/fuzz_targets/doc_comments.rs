//! Any text as a description: rustdoc shows it, and does nothing else with it.

#![no_main]

#[path = "../../tests/it/doc_comments/rustdoc.rs"]
mod rustdoc;

use codegen::{Client, Source};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    let document = json!({
        "discoveryVersion": "v1", "name": "a", "version": "v1", "rootUrl": "https://a.example.com/",
        "title": text,
        "schemas": { "A": { "id": "A", "type": "object", "description": text, "properties": {
            (text): { "type": "string", "enum": [text] },
        } } },
        "methods": { "get": {
            "id": text, "path": "v1/a", "httpMethod": "GET", "description": text,
            "response": { "$ref": "A" },
        } },
    });
    let (client, name) = (Client::new("client", "document.json", &["**"]), "document.json");
    let text = document.to_string();
    let Ok(generated) = codegen::generate(&client, &Source { name, text: &text }) else {
        return;
    };
    let code = generated.files.iter().filter(|file| file.path.ends_with(".rs"));
    for comment in code.flat_map(rustdoc::comments) {
        let own = |name: &str| name.starts_with("`Self::") || name.starts_with("`types::");
        assert_eq!(rustdoc::harm(&comment, own), None, "{comment}");
    }
});
