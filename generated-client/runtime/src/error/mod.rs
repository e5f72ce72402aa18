//! What can go wrong with a call.

mod build;
mod cause;
mod class;
mod display;
mod login;
mod refused;
mod report;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use serde::de::DeserializeOwned;

use crate::google::GoogleError;
use crate::headers::TypedHeaders;
use crate::value::Bytes;
use cause::Cause;
pub(crate) use class::Carried;
pub(crate) use refused::Refused;
pub use report::Report;

/// Why a call failed, or why a client could not be built.
///
/// What it prints, and what its sources print, never holds a URL, a value that was sent, or words of
/// the server: those are behind [`body`](Self::body) and [`google`](Self::google), and are printed by
/// [`Report::with_server_message`] on purpose. Its `Debug`, which a `main` that returns it prints, is
/// its [`report`](Self::report).
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    trace: Trace,
    /// Shared by those who waited for the same login.
    kind: Arc<Kind>,
    cause: Option<Box<Cause>>,
}

/// What an error tells of the call that it ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    pub operation: Option<&'static str>,
    pub attempts: u32,
    pub outcome_unknown: bool,
    /// Whether another attempt could succeed and does no harm.
    pub retryable: bool,
    /// When, where that is known.
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
}

/// What failed.
enum Kind {
    /// What was asked for cannot be sent; nothing was.
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
    /// The server answered, but not with success.
    Status(Reply),
    /// The server answered with success, but not in the form that its description says.
    Decode(Reply, String),
    /// A list came round to a page that it had before.
    RepeatedPage,
    /// A list has very many pages, or very many without an item.
    EndlessList,
    /// The next page of a list is somewhere else.
    ForeignPage,
    /// The server did the work that it was asked for, and it failed.
    Operation(Reply),
    /// The caller could not log in.
    Login(Login),
}

/// Why a caller could not log in.
struct Login {
    what: String,
    /// What OAuth calls it, if it is a code that we know.
    code: Option<&'static str>,
    reply: Option<Reply>,
}

/// What the server answered.
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

    /// Whether the call may have been carried out all the same. Repeating it could do it twice.
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.trace.outcome_unknown
    }

    /// The id that the server gave the request, for its support to find it.
    pub fn request_id(&self) -> Option<&str> {
        self.headers()?.get("x-request-id")?.to_str().ok()
    }

    /// The status that the server answered with; nothing where it did not answer.
    pub fn http_status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(|reply| &reply.headers)
    }

    /// The headers that the API describes, as its type for them; nothing where the server did not
    /// answer.
    pub fn typed_headers<H: TypedHeaders>(&self) -> Option<H> {
        self.headers().map(H::read)
    }

    /// The body of the answer, as the type that the API describes for its status; nothing where it has
    /// another form. The documentation of each method names the types.
    pub fn body<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.raw_body()?).ok()
    }

    /// The body of the answer, whatever it is; nothing where the answer was read, and told of an
    /// operation that failed. It may name people: it does not belong in a log.
    pub fn raw_body(&self) -> Option<&Bytes> {
        let reply = self.reply().filter(|_| !self.is_operation());
        reply.map(|reply| &reply.body)
    }

    /// What a Google API says went wrong; nothing where the body is something else.
    pub fn google(&self) -> Option<&GoogleError> {
        self.reply()?.google.as_ref()
    }

    /// Whether the arguments are at fault: refused here before anything was sent, or by the server
    /// with 400.
    pub fn is_invalid_argument(&self) -> bool {
        matches!(*self.0.kind, Kind::InvalidArgument(_)) || self.has(StatusCode::BAD_REQUEST)
    }

    /// Whether the server does not know who calls: 401.
    pub fn is_unauthenticated(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller may not do this: 403, unless it stands for a rate limit.
    pub fn is_permission_denied(&self) -> bool {
        self.has(StatusCode::FORBIDDEN) && !self.is_throttled()
    }

    /// Whether what was asked for is not there: 404.
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

    /// Whether a quota is exceeded that no wait of ours outlasts: one of a day, or of nothing.
    pub(crate) fn is_quota_for_long(&self) -> bool {
        self.google().is_some_and(GoogleError::is_quota_for_long)
    }

    /// Whether the same call may succeed if it is made again, and making it again does no harm: the
    /// failure is a passing one, and the call was not executed, or the operation is idempotent. The call
    /// has been retried as often as its [`RetryPolicy`](super::RetryPolicy) allows.
    pub fn is_retryable(&self) -> bool {
        self.0.trace.retryable
    }

    /// How long to wait before the call is made again, where the server or the client's
    /// [`RateLimiter`](super::RateLimiter) says so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.trace.retry_after
    }

    /// Whether the service is at fault: a status of 500 or more.
    pub fn is_server_error(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_server_error())
    }

    /// Whether the service says that it is not available at the moment: 503.
    pub fn is_unavailable(&self) -> bool {
        self.has(StatusCode::SERVICE_UNAVAILABLE)
    }

    /// Whether the connection came about, and failed before the answer was read.
    pub fn is_interrupted(&self) -> bool {
        matches!(*self.0.kind, Kind::NotExecuted | Kind::Transport)
    }

    /// Whether the server wanted the call to go elsewhere. No redirect is ever followed.
    pub fn is_redirect(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_redirection())
    }

    /// Whether the server could not be reached at all.
    pub fn is_connect(&self) -> bool {
        matches!(*self.0.kind, Kind::Connect)
    }

    /// Whether no answer came in time.
    pub fn is_timeout(&self) -> bool {
        matches!(*self.0.kind, Kind::Timeout)
    }

    /// Whether the answer did not have the form that the API's description says.
    pub fn is_decode(&self) -> bool {
        matches!(*self.0.kind, Kind::Decode(..))
    }

    /// Whether the call was answered, and the work that it asked for failed. What
    /// [`google`](Self::google) then holds is the operation's own error.
    pub fn is_operation(&self) -> bool {
        matches!(*self.0.kind, Kind::Operation(_))
    }

    /// Whether a list came round to a page that it had before, and would never have ended.
    pub fn is_repeated_page(&self) -> bool {
        matches!(*self.0.kind, Kind::RepeatedPage)
    }

    /// Whether a list had a thousand pages in a row without an item, or more than a million pages.
    pub fn is_endless_list(&self) -> bool {
        matches!(*self.0.kind, Kind::EndlessList)
    }

    /// Whether the next page of a list is said to be at another server, or has no token in its URL. No
    /// such URL is ever called.
    pub fn is_foreign_page(&self) -> bool {
        matches!(*self.0.kind, Kind::ForeignPage)
    }

    /// Whether the arguments are in conflict with what is there: 409.
    pub fn is_conflict(&self) -> bool {
        self.has(StatusCode::CONFLICT)
    }

    fn has(&self, status: StatusCode) -> bool {
        matches!(&*self.0.kind, Kind::Status(reply) if reply.status == status)
    }

    fn reply(&self) -> Option<&Reply> {
        match &*self.0.kind {
            Kind::Status(reply) | Kind::Decode(reply, _) | Kind::Operation(reply) => Some(reply),
            Kind::Login(login) => login.reply.as_ref(),
            _ => None,
        }
    }
}
