//! Who calls: each kind of credentials, and how to find them.
//!
//! | who calls | by what |
//! |---|---|
//! | a service account with a key, for an administrator | [`ServiceAccount`] |
//! | a service account without a key, for an administrator | [`Keyless`] |
//! | an administrator | [`AuthorizedUser`] |
//! | whoever this machine is set up for | [`from_env`] |
//! | whoever made a token elsewhere | [`Builder::token`](crate::Builder::token), [`from_fn`] |
//! | whoever an identity provider knows, by RFC 8693 | [`TokenExchange`] |
//! | nobody in particular, with a project's API key | [`Authorization::api_key`] |
//! | a pair of an id and a secret | [`Authorization::basic`] |
//!
//! What is fetched is kept by the client and shared by all of its calls: there is one fetch, however
//! many calls wait for it. It is fetched anew four minutes before it ends, or after three quarters of
//! its life if that is sooner; while that fails, the old one is used as long as it is good. What a
//! server refuses with 401 is forgotten, fetched anew once, and the call is repeated.
//!
//! Credentials are sent to `https` only, or to this machine, and shown nowhere.
//!
//! A kind of one's own implements [`Credentials`].

mod assertion;
mod authorized_user;
mod environment;
mod file;
mod from_fn;
#[cfg(feature = "google-auth")]
mod google_auth;
mod keyless;
mod oauth;
#[cfg(feature = "service-account")]
mod service_account;
mod token_exchange;

pub use authorized_user::AuthorizedUser;
pub use environment::{FromEnv, from_env};
pub use from_fn::{FromFn, from_fn};
#[cfg(feature = "google-auth")]
pub use google_auth::GoogleAuth;
pub use keyless::Keyless;
#[cfg(feature = "service-account")]
pub use service_account::ServiceAccount;
pub use token_exchange::TokenExchange;

pub use crate::{Authorization, Credentials, Fetch, TokenClient};
