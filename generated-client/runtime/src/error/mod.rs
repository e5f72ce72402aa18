//! The error of a call.

mod authentication;
mod build;
mod cause;
mod class;
mod display;
mod predicates;
mod report;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use serde::de::DeserializeOwned;

use crate::google::GoogleError;
use crate::headers::TypedHeaders;
use crate::value::Bytes;
pub(crate) use build::InvalidArgument;
pub(crate) use cause::BODY_FAILED;
use cause::Cause;
pub(crate) use class::Execution;
pub use report::Report;

/// Why a call failed, or why a client could not be built.
///
/// Its messages and those of its sources never hold a URL, a value of the request, or text of the
/// server: that is behind [`body`](Self::body) and [`google`](Self::google), and are printed by
/// [`Report::with_server_message`] on purpose. Its `Debug`, which a `main` that returns it prints, is
/// its [`report`](Self::report).
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    trace: Trace,
    /// Shared by the calls that waited for the same token request.
    kind: Arc<Kind>,
    cause: Option<Box<Cause>>,
}

/// What an error says of its call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    pub operation: Option<&'static str>,
    pub attempts: u32,
    pub outcome_unknown: bool,
    /// Whether another attempt could succeed, and is safe.
    pub retryable: bool,
    /// How long to wait before it, where that is known.
    pub retry_after: Option<Duration>,
    /// Why it was not made.
    pub not_retried: Option<NotRetried>,
}

/// Why a call was not retried though its failure allowed that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRetried {
    /// The policy allows no more attempts.
    Attempts,
    /// The deadline of the call comes first.
    Deadline,
    /// The policy does not wait that long for quota.
    QuotaWait,
    /// Too many retries failed lately.
    RetryThrottling,
    /// The body was a stream, which can be sent once.
    Body,
}

/// What failed.
enum Kind {
    /// The arguments make no request. Nothing was sent.
    InvalidArgument(String),
    /// The server could not be reached.
    Connect,
    /// The rate limiter is closed for longer than the call may wait.
    Throttled,
    /// The client's own rate limit does not allow the call in time.
    RateLimited,
    /// No response came in time.
    Timeout,
    /// The connection ended before the server began with the request.
    NotExecuted,
    /// The connection failed on the way.
    Transport,
    /// The status of the response is not one of success.
    Status(Reply),
    /// The response is not as the spec describes it.
    Decode(Reply, String),
    /// A list repeated a page token.
    RepeatedPage,
    /// A list has very many pages, or very many without an item.
    EndlessList,
    /// The URL of the next page of a list cannot be used.
    ForeignPage,
    /// A long-running operation failed.
    Operation(Reply),
    /// The credentials could not be fetched.
    Authentication(AuthenticationError),
}

/// Why the credentials could not be fetched.
struct AuthenticationError {
    what: String,
    /// The error code of OAuth 2.0, if it is a known one.
    code: Option<&'static str>,
    reply: Option<Reply>,
}

/// A response.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    google: Option<GoogleError>,
}

impl Error {
    /// The id of the operation that was called; nothing if a client was being built.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.trace.operation
    }

    /// How many attempts were made; none if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.trace.attempts
    }

    /// Whether the call may have been executed. Repeating it could execute it twice.
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.trace.outcome_unknown
    }

    /// The request id in the response (`x-request-id`), for the support of the API.
    pub fn request_id(&self) -> Option<&str> {
        self.headers()?.get("x-request-id")?.to_str().ok()
    }

    /// The status of the response; `None` where there was none.
    pub fn http_status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// The headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(|reply| &reply.headers)
    }

    /// The headers that the spec documents, as their generated type; `None` where there was no response.
    pub fn typed_headers<H: TypedHeaders>(&self) -> Option<H> {
        self.headers().map(H::read)
    }

    /// The body of the response, as the type that the spec documents for its status; `None` where it has
    /// another form. The documentation of each method names the types.
    pub fn body<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.raw_body()?).ok()
    }

    /// The body of the response; `None` for the error of a long-running operation. It may hold personal
    /// data: it does not belong in a log.
    pub fn raw_body(&self) -> Option<&Bytes> {
        let reply = self.reply().filter(|_| !self.is_operation());
        reply.map(|reply| &reply.body)
    }

    /// The error of a Google API; `None` where the body is something else.
    pub fn google(&self) -> Option<&GoogleError> {
        self.reply()?.google.as_ref()
    }

    fn reply(&self) -> Option<&Reply> {
        match &*self.0.kind {
            Kind::Status(reply) | Kind::Decode(reply, _) | Kind::Operation(reply) => Some(reply),
            Kind::Authentication(error) => error.reply.as_ref(),
            _ => None,
        }
    }
}
