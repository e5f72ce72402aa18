//! Every method of Discovery documents, on the wire, and every type, through JSON.
//!
//! Each test is there three times: for our own documents, for public ones, and for large public ones.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test fails by panicking.

mod clients;
mod expected;
mod large;
mod requests;
mod samples;
mod types;

use std::fs;

use clients::Harness;
use serde_json::Value;

/// Each harness with its document.
fn read(harnesses: &'static [Harness]) -> Vec<(&'static Harness, Value)> {
    assert!(!harnesses.is_empty(), "there are no documents");
    let read = |harness: &'static Harness| {
        let text = fs::read_to_string(harness.document).unwrap();
        (harness, serde_json::from_str(&text).unwrap())
    };
    harnesses.iter().map(read).collect()
}
