//! The clients of OpenAPI documents, and a harness that calls each of their methods once.
//!
//! Both are generated when this crate is built: those of our own documents always, those of public ones
//! where the public specs are at hand (`tests/corpus/README.md` says where they are looked for).

#![allow(clippy::expect_used)] // A value that cannot be made is a failed test.

pub mod documents;
pub mod reading;

use std::future::Future;
use std::pin::Pin;

use generated_client_runtime::wire::{self, In, Out, Wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A call of a method: what it returned, as JSON, or why not.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>>;

/// A client: calls the method at a place of [`Harness::methods`].
pub type Calls = Box<dyn Fn(usize) -> Calling<'static>>;

/// Sends a JSON text through a type.
pub type Through = fn(&str) -> Result<String, serde_json::Error>;

/// What the harness knows of a document's client.
pub struct Harness {
    /// The path of the document.
    pub document: &'static str,
    /// What every URL begins with; empty where it has to be given.
    pub base_url: &'static str,
    /// Builds a client that calls at this base URL, with the credentials of these schemes.
    pub start: fn(&str, &str) -> Result<Calls, String>,
    /// The methods.
    pub methods: &'static [Called],
    /// The operations that the generator left out, with the reason; without one, those that were not selected.
    pub left_out: &'static [(&'static str, &'static str)],
    /// The types, by name.
    pub types: &'static [(&'static str, Through)],
}

/// A method.
pub struct Called {
    /// The id of its operation.
    pub id: &'static str,
    /// The method of HTTP and the template of the path, by which the document's operation is found.
    pub target: &'static str,
    /// Whether its request body is sent in parts.
    pub in_parts: bool,
    /// The type of its request body, where that is JSON.
    pub body: Option<Through>,
    /// The type of its response, where that is JSON.
    pub response: Option<Through>,
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

/// A value as JSON.
pub fn shown<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("every value has a form in JSON")
}

/// What comes out of a type of what goes in.
pub fn through<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

/// The same of a type that travels in a form of its own.
pub fn through_wire<T: Wire>(json: &str) -> Result<String, serde_json::Error> {
    let value: In<T> = serde_json::from_str(json)?;
    serde_json::to_string(&Out(&value.into_inner()))
}

include!(concat!(env!("OUT_DIR"), "/harness.rs"));
