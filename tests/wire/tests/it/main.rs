//! Every method of public documents, on the wire, and every type, through JSON.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test fails by panicking.

mod expected;
mod requests;
mod samples;
mod types;

use std::fs;
use std::path::Path;

use serde_json::Value;
use wire::document::FOLDER;
use wire::{HARNESSES, Harness};

/// The harness of each document with the document; none, and a word about it, without the collection.
fn harnesses() -> Vec<(&'static Harness, Value)> {
    if HARNESSES.is_empty() {
        println!("skipped: there is no collection of public documents beside the workspace");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let read = |harness: &'static Harness| {
        let text = fs::read_to_string(folder.join(harness.document)).unwrap();
        (harness, serde_json::from_str(&text).unwrap())
    };
    HARNESSES.iter().map(read).collect()
}
