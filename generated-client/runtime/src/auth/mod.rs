//! Credentials: their kinds, and how to find them.
//!
//! | who is authenticated | credentials |
//! |---|---|
//! | a service account with a key, for an administrator | [`ServiceAccount`] |
//! | a service account without a key, for an administrator | [`Keyless`] |
//! | an administrator | [`AuthorizedUser`] |
//! | the application default credentials of the environment | [`from_env`] |
//! | an access token from elsewhere | [`Builder::token`](crate::Builder::token), [`from_fn`] |
//! | a user of an identity provider, by RFC 8693 | [`TokenExchange`] |
//! | a program, by its id and secret of OAuth 2.0 | [`ClientCredentials`] |
//! | a project, by an API key | [`Authorization::api_key`] |
//! | a pair of an id and a secret | [`Authorization::basic`] |
//! | a key in a header, the query or a cookie | [`Authorization::header_named`], [`Authorization::query`], [`Authorization::cookie`] |
//! | all of several credentials | [`Together`], [`Authorization::and`] |
//!
//! A client caches the authorization for all of its calls: calls that wait share one fetch. It is
//! refreshed four minutes before it expires, or after three quarters of its lifetime if that is sooner;
//! while refreshes fail, the old one is used until it expires. After a 401 it is fetched again, once,
//! and the call is retried.
//!
//! Credentials are sent over `https` only, or to this machine, and never printed.
//!
//! Other kinds implement [`Credentials`].

mod assertion;
mod authorized_user;
mod client_credentials;
mod environment;
mod file;
mod from_fn;
#[cfg(feature = "google-auth")]
mod google_auth;
mod keyless;
mod oauth;
#[cfg(feature = "service-account")]
mod service_account;
mod together;
mod token_exchange;

pub use authorized_user::AuthorizedUser;
pub use client_credentials::ClientCredentials;
pub use environment::{FromEnv, from_env};
pub use from_fn::{FromFn, from_fn};
#[cfg(feature = "google-auth")]
pub use google_auth::GoogleAuth;
pub use keyless::Keyless;
#[cfg(feature = "service-account")]
pub use service_account::ServiceAccount;
pub use together::Together;
pub use token_exchange::TokenExchange;

pub use crate::{Authorization, Credentials, Fetch, TokenClient};
