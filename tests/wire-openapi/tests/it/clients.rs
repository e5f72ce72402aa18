//! The clients of OpenAPI documents, and a harness that calls each of their methods once.
//!
//! Both are generated when this package is built: those of our own documents always, those of public ones
//! where the public specs are at hand (`tests/corpus/README.md` says where they are looked for).

use std::future::Future;
use std::pin::Pin;

use tests::values::{Through, shown, through, through_wire, value, wire_value};

/// A call of a method: what it returned, as JSON, or why not.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>>;

/// A client: calls the method at a place of [`Harness::methods`].
pub type Calls = Box<dyn Fn(usize) -> Calling<'static>>;

/// What the harness knows of a document's client.
pub struct Harness {
    /// The path of the document.
    pub document: &'static str,
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

include!(concat!(env!("OUT_DIR"), "/harness.rs"));
