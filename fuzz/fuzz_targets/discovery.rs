//! Any text as a Google Discovery document: there is a client or a message, and never a panic.

#![no_main]

use codegen::{Client, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (client, name) = (Client::new("client", "document.json", &["**"]), "document.json");
    let _ = codegen::generate(&client, &Source { name, text });
});
