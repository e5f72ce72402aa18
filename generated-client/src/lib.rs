//! Clients that are generated from published API descriptions, and what they run on.
//!
//! * [`cloudidentity`]: Google's Cloud Identity User Invitation API.
//! * `confluent`, with the feature of that name: Confluent Cloud's invitations.
//! * `fake`, with the feature of that name: a Cloud Identity on loopback, for tests.
//! * [`runtime`]: what every generated client runs on. It knows no API, so that a client that was
//!   generated into a crate of its own can run on it too.

/// The examples of the README, so that they are compiled.
#[cfg(all(doctest, feature = "cloudidentity"))]
#[doc = include_str!("../README.md")]
pub struct Readme;

// Generated code names the runtime by the name that it has in any other crate.
extern crate self as generated_client;

#[cfg(any(feature = "cloudidentity", feature = "confluent"))]
mod email;

#[cfg(any(feature = "cloudidentity", feature = "confluent"))]
pub use email::{EmailAddress, InvalidEmailAddress};

pub mod auth;
#[cfg(feature = "cloudidentity")]
pub mod cloudidentity;
#[cfg(feature = "confluent")]
pub mod confluent;
#[cfg(feature = "fake")]
pub mod fake;
pub mod runtime;
