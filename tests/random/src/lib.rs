//! The clients of random documents: that this compiles without a warning is the test.
//!
//! Documents and their clients are written by the build script, which says how they are made. An error of
//! the compiler names the folder of the document, `d17/types.rs`, with `document.json` beside it. More
//! documents than those of every run are compiled by hand:
//!
//! ```console
//! FIRST=1000 DOCUMENTS=1000 cargo check -p random-documents
//! ```
//!
//! Every run compiles the numbers 0 to 199. Of the numbers 1000 to 3499, compiled by hand, none was refused,
//! and all compiled.

#![deny(warnings)]
// About style: names come from documents. A test that cannot read a value fails by panicking.
#![allow(clippy::all, clippy::panic)]
// Calls are made of what is deprecated, too.
#![allow(deprecated)]
// About scripts that are mixed in a whole crate: names come from documents, and cannot be chosen.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]

use std::future::Future;
use std::pin::Pin;

use generated_client_runtime::wire;
use serde::de::DeserializeOwned;

/// A call of a method with a made-up body.
pub struct Call {
    /// The number of the document.
    pub document: u64,
    /// The id of the operation.
    pub operation: &'static str,
    /// The body, as the document says that it is in JSON.
    pub body: &'static str,
    /// Calls the method of a server that is there. Returns what is wrong.
    pub call: fn(&'static str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>>,
}

/// A value out of JSON.
#[allow(dead_code)] // A few documents alone may have none.
fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// A value out of JSON, where the runtime reads it.
#[allow(dead_code)] // A few documents alone may have none.
fn wire_value<T: wire::Wire>(json: &str) -> T {
    value::<wire::In<T>>(json).into_inner()
}

include!(concat!(env!("OUT_DIR"), "/documents/documents.rs"));
