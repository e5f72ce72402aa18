//! The error of a call.

mod authentication;
mod build;
mod cause;
mod class;
mod display;
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

    /// Whether the arguments are invalid: found before anything was sent, or by the server (400).
    pub fn is_invalid_argument(&self) -> bool {
        matches!(*self.0.kind, Kind::InvalidArgument(_)) || self.has(StatusCode::BAD_REQUEST)
    }

    /// Whether the server rejected the credentials: 401.
    pub fn is_unauthenticated(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller may not do this: 403, unless it stands for a rate limit.
    pub fn is_permission_denied(&self) -> bool {
        self.has(StatusCode::FORBIDDEN) && !self.is_throttled()
    }

    /// Whether the resource was not found: 404.
    pub fn is_not_found(&self) -> bool {
        self.has(StatusCode::NOT_FOUND)
    }

    /// Whether a rate limit or quota is exceeded: 429, or 403 with a reason that stands for a rate limit;
    /// also where nothing was sent, because the client's [`RateLimiter`](super::RateLimiter) is closed
    /// for longer than the call may wait.
    pub fn is_throttled(&self) -> bool {
        matches!(*self.0.kind, Kind::Throttled)
            || self.has(StatusCode::TOO_MANY_REQUESTS)
            || (self.has(StatusCode::FORBIDDEN)
                && self.google().is_some_and(GoogleError::is_rate_limit))
    }

    /// Whether a quota is exceeded that is not worth waiting for: a daily one, or one of zero.
    pub(crate) fn is_quota_for_long(&self) -> bool {
        self.google().is_some_and(GoogleError::is_quota_for_long)
    }

    /// Whether the call may succeed if it is made again, and that is safe: the failure is transient, and
    /// the call was not executed, or the operation is idempotent. The call
    /// has been retried as often as its [`RetryPolicy`](super::RetryPolicy) allows.
    pub fn is_retryable(&self) -> bool {
        self.0.trace.retryable
    }

    /// How long to wait before the call is made again, where the server or the client's
    /// [`RateLimiter`](super::RateLimiter) says so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.trace.retry_after
    }

    /// Whether the status is that of a server error: 500 or more.
    pub fn is_server_error(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_server_error())
    }

    /// Whether the service is unavailable: 503.
    pub fn is_unavailable(&self) -> bool {
        self.has(StatusCode::SERVICE_UNAVAILABLE)
    }

    /// Whether the connection was established, and failed before the response was read.
    pub fn is_interrupted(&self) -> bool {
        matches!(*self.0.kind, Kind::NotExecuted | Kind::Transport)
    }

    /// Whether the server redirected the request. No redirect is ever followed.
    pub fn is_redirect(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_redirection())
    }

    /// Whether no connection could be established.
    pub fn is_connect(&self) -> bool {
        matches!(*self.0.kind, Kind::Connect)
    }

    /// Whether the attempt or the call timed out.
    pub fn is_timeout(&self) -> bool {
        matches!(*self.0.kind, Kind::Timeout)
    }

    /// Whether the response could not be decoded: it is not as the API's spec describes it.
    pub fn is_decode(&self) -> bool {
        matches!(*self.0.kind, Kind::Decode(..))
    }

    /// Whether a long-running operation failed. [`google`](Self::google) is its error then.
    pub fn is_operation(&self) -> bool {
        matches!(*self.0.kind, Kind::Operation(_))
    }

    /// Whether a list named a page for the second time, and would never have ended.
    pub fn is_repeated_page(&self) -> bool {
        matches!(*self.0.kind, Kind::RepeatedPage)
    }

    /// Whether a list had a thousand pages in a row without an item, or more than a million pages.
    pub fn is_endless_list(&self) -> bool {
        matches!(*self.0.kind, Kind::EndlessList)
    }

    /// Whether the URL of the next page of a list names another server, has no parameter that asks for a page, or
    /// cannot be read. No such URL is ever called.
    pub fn is_foreign_page(&self) -> bool {
        matches!(*self.0.kind, Kind::ForeignPage)
    }

    /// Whether the request conflicts with the state of the resource: 409.
    pub fn is_conflict(&self) -> bool {
        self.has(StatusCode::CONFLICT)
    }

    fn has(&self, status: StatusCode) -> bool {
        matches!(&*self.0.kind, Kind::Status(reply) if reply.status == status)
    }

    fn reply(&self) -> Option<&Reply> {
        match &*self.0.kind {
            Kind::Status(reply) | Kind::Decode(reply, _) | Kind::Operation(reply) => Some(reply),
            Kind::Authentication(error) => error.reply.as_ref(),
            _ => None,
        }
    }
}
