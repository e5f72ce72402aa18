//! Clients that are generated from published API descriptions, and what they run on.
//!
//! * [`cloudidentity`]: Google's Cloud Identity User Invitation API.
//! * `confluent`, with the feature of that name: Confluent Cloud's invitations.
//! * [`runtime`] and [`auth`]: what every generated client runs on, and who calls. They are a package of
//!   their own, `generated-client-runtime`, which knows no API: a client that was generated into another
//!   crate runs on it too.
//!
//! The package `generated-client-fake` has both APIs on loopback, for tests.

/// The examples of the README, so that they are compiled.
#[cfg(all(doctest, feature = "cloudidentity"))]
#[doc = include_str!("../README.md")]
pub struct Readme;

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
