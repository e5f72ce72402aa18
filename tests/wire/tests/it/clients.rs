//! The clients of Discovery documents, and a harness that calls each of their methods once.
//!
//! Both are generated when this package is built: those of our own documents always, those of public ones
//! where the public specs are at hand (`tests/corpus/README.md` says where they are looked for).

use std::future::Future;
use std::pin::Pin;

use tests::values::{Through, through, value, wire_value};

/// A call of a method; what came of it is not looked at, as long as it was sent.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// A client: calls the method at a place of [`Harness::methods`].
pub type Calls = Box<dyn Fn(usize) -> Calling<'static>>;

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

include!(concat!(env!("OUT_DIR"), "/harness.rs"));
