//! Every method of OpenAPI documents, on the wire, and the examples of the documents, through the types.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test fails by panicking.
#![allow(clippy::too_many_lines)] // The steps and cases of a test stay together.

mod clients;
mod examples;
mod expected;
mod requests;
mod styles;

use std::fs;

use clients::Harness;
use wire_openapi::reading::Document;

/// Each harness with its document.
fn read(harnesses: &'static [Harness]) -> Vec<(&'static Harness, Document)> {
    let read = |harness: &'static Harness| {
        let text = fs::read_to_string(harness.document).unwrap();
        (harness, Document::parse(&text).unwrap())
    };
    harnesses.iter().map(read).collect()
}
