//! Any text as an OpenAPI document: there is a client or a message, and never a panic.

#![no_main]

use codegen::{Client, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (client, name) = (Client::new("client", "document.yaml", &["**"]), "document.yaml");
    let _ = codegen::generate(&client, &Source { name, text });
});
