//! Clients that are generated from published API documents, and the runtime that they run on.
//!
#![cfg_attr(feature = "cloudidentity", doc = include_str!("../docs/guide.md"))]
//!
//! # Modules
//!
//! * [`cloudidentity`]: Google's Cloud Identity User Invitation API.
//! * `confluent`, with the feature of that name: Confluent Cloud's invitations.
//! * [`auth`]: the kinds of credentials, and how to set them up.
//! * [`runtime`]: the package `generated-client-runtime`, which every generated client runs on, also one that
//!   was generated into another crate.
//!
//! The package `generated-client-fake` serves both APIs on loopback, for tests.

/// The examples of the README, so that they are compiled.
#[cfg(all(doctest, feature = "cloudidentity"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the package's README, so that they are compiled.
#[cfg(all(doctest, feature = "cloudidentity"))]
#[doc = include_str!("../README.md")]
pub struct PackageReadme;

#[cfg(any(feature = "cloudidentity", feature = "confluent"))]
mod email;

#[cfg(any(feature = "cloudidentity", feature = "confluent"))]
pub use email::{EmailAddress, InvalidEmailAddress};

/// Who calls: each kind of credentials, and how to find them.
///
/// # Set up delegation in ten minutes
///
#[doc = include_str!("../docs/set-up-delegation.md")]
pub mod auth {
    #[doc(inline)]
    pub use generated_client_runtime::auth::*;
}

#[cfg(feature = "cloudidentity")]
pub mod cloudidentity;
#[cfg(feature = "confluent")]
pub mod confluent;

#[doc(inline)]
pub use generated_client_runtime as runtime;
