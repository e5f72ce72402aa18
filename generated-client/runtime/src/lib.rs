//! What every generated client runs on: it builds the URL, authenticates, sends, retries, decodes, and reports
//! errors.
//!
//! A generated client is a table of operations and a builder:
//!
//! ```
//! use generated_client_runtime::{Api, Builder, Client, Operation, RetryPolicy};
//!
//! struct Library(Client);
//!
//! impl Api for Library {
//!     const BASE_URL: Option<&'static str> = Some("https://library.example.com");
//!     const SCOPES: &'static [&'static str] = &[];
//!     const OPERATIONS: &'static [&'static Operation] = &[];
//!
//!     fn from_runtime(runtime: Client) -> Self {
//!         Self(runtime)
//!     }
//!
//!     fn runtime(&self) -> &Client {
//!         &self.0
//!     }
//! }
//!
//! # fn main() -> Result<(), generated_client_runtime::Error> {
//! let library = Builder::<Library>::new().token("an access token").build()?;
//! let once = library.runtime().with_retry_policy(RetryPolicy::once());
//! assert_eq!(once.base_url(), "https://library.example.com");
//! # Ok(())
//! # }
//! ```
//!
//! It knows no API. A generated client hands it data: an [`Operation`], the values of a path, query parameters and
//! headers ([`request!`]), schemas ([`message!`], [`open_enum!`]) and resource names ([`resource_name!`]).
//!
//! * [`auth`]: the kinds of credentials.
//! * [`Builder`], [`RetryPolicy`], [`RateLimiter`]: what can be configured.
//! * [`Pages`], [`Items`]: pagination as streams.
//! * [`Error`]: its predicates say whether a request was executed, and whether it can be retried.
//!
//! What Google's APIs have in common is here, too: their errors ([`GoogleError`]) and their
//! credentials.

mod api;
mod attempt;
pub mod auth;
mod backoff_policy;
mod call;
mod call_body;
mod call_response;
mod client;
mod clock;
mod connect_timeout;
mod connection_reuse;
mod cookies;
mod credentials;
mod decode;
mod download;
mod encoding;
mod error;
mod field_mask;
mod google;
mod headers;
mod hints;
mod http_clients;
mod http_request;
mod json_body;
mod long_running;
mod media;
mod message;
mod multipart;
mod names;
mod nullable;
mod observe;
mod open_enum;
mod operation;
mod paging;
mod parameters;
mod path;
mod path_style;
mod query_style;
mod rate_limiter;
mod request;
mod request_body;
mod resource_name;
mod response;
mod resumable;
mod retry_loop;
mod retry_policy;
mod retry_state;
mod retry_throttler;
mod secret;
mod text;
mod transparent;
mod union;
mod upload;
mod url;
mod value;
#[doc(hidden)]
pub mod wire;

pub use api::{Api, Builder};
pub use call::Call;
pub use client::Client;
pub use clock::{Clock, Sleep, SystemClock};
pub use connection_reuse::ConnectionReuse;
use credentials::Cache;
pub use credentials::{Authorization, Credentials, Fetch, TokenClient};
pub use download::Download;
pub use encoding::Encoding;
pub use error::{Error, Report};
pub use google::{
    BadRequest, Detail, ErrorInfo, FieldViolation, GoogleError, Help, HelpLink, LegacyError,
    QuotaFailure, QuotaViolation, RetryInfo,
};
pub use headers::{TypedHeaders, header};
pub use http::HeaderMap;
pub use long_running::LongRunning;
pub use multipart::Multipart;
pub use names::InvalidName;
pub use nullable::Nullable;
pub use observe::{Attempt, Observer};
pub use operation::{CredentialKind, Operation};
pub use paging::{Items, Page, Pages, Paging};
pub use parameters::Parameters;
pub use path::{Joined, PathValue};
pub use path_style::{Expanded, PathStyle};
pub use query_style::{Exploded, JsonText, QueryStyle};
pub use rate_limiter::{RateLimit, RateLimitEvent, RateLimiter};
pub use request::SetParameter;
pub use response::Response;
pub use resumable::ResumableUpload;
pub use retry_policy::RetryPolicy;
pub use secret::Secret;
pub use upload::Upload;
pub use url::server_url;
pub use value::{Bytes, Date, DateTime, Duration, FieldMask, JsonObject, JsonValue};
/// The crates whose types stand in this API, in the versions that it has.
pub use {http, reqwest};

/// What the macros of this crate expand to. Not for use by hand.
#[doc(hidden)]
pub mod macros {
    pub use super::message::{
        Field, Message, read_field, read_message, read_rest, read_wire_field, read_wire_rest,
        write_field, write_message, write_required, write_rest, write_wire_field,
        write_wire_required, write_wire_rest,
    };
    pub use super::names::{check, read_name, split, write};
    pub use super::nullable::{read_nullable, read_nullable_wire};
    pub use super::open_enum::TextVisitor;
    pub use super::union::{
        Fit, Kind, Member, Property, Score, Union, fit_any, fit_member, fit_object, fit_union,
        read_member, read_union, read_wire_member, write_tagged,
    };
    pub use super::wire::Out;
    pub use serde;

    /// A value as JSON, where it has a form there.
    pub fn to_json(value: &impl serde::Serialize) -> Option<super::JsonValue> {
        serde_json::to_value(value).ok()
    }
}
