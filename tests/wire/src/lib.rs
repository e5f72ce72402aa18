//! The clients of Discovery documents, and a harness that calls each of their methods once.
//!
//! Both are generated when this crate is built: those of our own documents always, those of public ones
//! where the public specs are at hand (`tests/corpus/README.md` says where they are looked for).

#![allow(clippy::expect_used)] // A value that cannot be made is a failed test.

pub mod document;

use std::future::Future;
use std::pin::Pin;

use generated_client_runtime::wire::{self, Wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A call of a method; what came of it is not looked at, as long as it was sent.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// A client: calls the method at a place of [`Harness::methods`].
pub type Calls = Box<dyn Fn(usize) -> Calling<'static>>;

/// Sends a JSON text through a type.
pub type Through = fn(&str) -> Result<String, serde_json::Error>;

/// What the harness knows of a document's client.
pub struct Harness {
    /// The path of the document.
    pub document: &'static str,
    /// What every URL begins with.
    pub base_url: &'static str,
    /// Builds a client that calls at this base URL.
    pub start: fn(&str) -> Result<Calls, String>,
    /// The ids of the methods.
    pub methods: &'static [&'static str],
    /// The schemas that have a type, by the type's name.
    pub types: &'static [(&'static str, Through)],
}

/// A value out of JSON.
pub fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("a made-up value is one of the type")
}

/// A value that travels in a form of its own, out of JSON.
pub fn wire_value<T: Wire>(json: &str) -> T {
    let mut from = serde_json::Deserializer::from_str(json);
    wire::deserialize(&mut from).expect("a made-up value is one of the type")
}

/// What comes out of a type of what goes in.
pub fn through<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

include!(concat!(env!("OUT_DIR"), "/harness.rs"));
