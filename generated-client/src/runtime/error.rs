//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use super::exchange::Answer;
use super::google::GoogleError;
use super::names::InvalidName;
use super::parameters::RefusedParameter;
use super::path::RefusedValue;
use super::retry::{Carried, retry_after};
use super::value::Bytes;

/// Why a call failed, or why a client could not be built.
///
/// What it prints, and what its sources print, never holds a URL, a value that was sent, or words of
/// the server: those are behind [`body`](Self::body) and [`google`](Self::google).
pub struct Error(Box<Inner>);

struct Inner {
    trace: Trace,
    kind: Kind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What an error tells of the call that it ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trace {
    pub operation: Option<&'static str>,
    pub attempts: u32,
    pub outcome_unknown: bool,
}

/// What failed.
enum Kind {
    /// What was asked for cannot be sent; nothing was.
    InvalidArgument(String),
    /// The server could not be reached.
    Connect,
    /// No response came in time.
    Timeout,
    /// The connection failed on the way.
    Transport,
    /// The server answered, but not with success.
    Status(Reply),
    /// The server answered with success, but not in the form that its description says.
    Decode(Reply, String),
    /// A list came round to a page that it had before.
    RepeatedPage,
}

/// What the server answered.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    google: Option<GoogleError>,
}

impl Error {
    /// What was asked for cannot be sent, or a client be built of it.
    pub(super) fn invalid_argument(what: impl Into<String>) -> Self {
        Self::new(Kind::InvalidArgument(what.into()))
    }

    /// The call got no response.
    pub(super) fn transport(error: reqwest::Error) -> Self {
        // A connection that did not come about in time is still none.
        let kind = if error.is_connect() {
            Kind::Connect
        } else if error.is_timeout() {
            Kind::Timeout
        } else {
            Kind::Transport
        };
        let mut this = Self::new(kind);
        // It would print the URL, with addresses and credentials in it.
        this.0.source = Some(error.without_url().into());
        this
    }

    /// The server answered, but not with success.
    pub(super) fn status(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let google = GoogleError::from_body(&body);
        Self::new(Kind::Status(Reply {
            status,
            headers,
            body,
            google,
        }))
    }

    /// The server answered with success, but `what` is not as its description says.
    pub(super) fn decode(
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        what: impl Into<String>,
    ) -> Self {
        let reply = Reply {
            status,
            headers,
            body,
            google: None,
        };
        Self::new(Kind::Decode(reply, what.into()))
    }

    /// A page token came a second time: the list would never end.
    pub(super) fn repeated_page_token() -> Self {
        Self::new(Kind::RepeatedPage)
    }

    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            trace: Trace::default(),
            kind,
            source: None,
        }))
    }

    /// The same error, of this call.
    pub(super) fn with(mut self, trace: Trace) -> Self {
        self.0.trace = trace;
        self
    }

    /// The same error, of an operation for which nothing was sent.
    pub(super) fn of(mut self, operation: &'static str) -> Self {
        self.0.trace.operation.get_or_insert(operation);
        self
    }

    /// The answer of a call that an earlier attempt had already done.
    pub(super) fn into_done(self) -> Answer {
        let (status, headers) = match self.0.kind {
            Kind::Status(reply) => (reply.status, reply.headers),
            _ => (StatusCode::NO_CONTENT, HeaderMap::new()),
        };
        Answer {
            status,
            headers,
            body: Bytes::from_static(b"{}"),
            trace: self.0.trace,
        }
    }

    /// What the failure says of whether the server did what it was asked.
    pub(super) fn carried(&self) -> Carried {
        match &self.0.kind {
            Kind::Connect => Carried::NotYet,
            Kind::Timeout | Kind::Transport => Carried::Perhaps,
            Kind::Decode(..) => Carried::Unreadable,
            Kind::Status(_) if self.is_throttled() => Carried::NotYet,
            Kind::Status(reply) => match reply.status.as_u16() {
                408 | 500 | 502 | 503 | 504 => Carried::Perhaps,
                _ => Carried::Refused,
            },
            Kind::InvalidArgument(_) | Kind::RepeatedPage => Carried::Refused,
        }
    }

    /// How long the server asks to wait.
    pub(super) fn hint(&self, now: SystemTime) -> Option<Duration> {
        let header = self.headers().and_then(|headers| headers.get(RETRY_AFTER));
        let header = header.and_then(|value| retry_after(value.to_str().ok()?, now));
        header.max(self.google().and_then(GoogleError::retry_delay))
    }

    /// What kind of failure this is, in a word that tells nothing else.
    pub(super) fn class(&self) -> &'static str {
        match &self.0.kind {
            Kind::InvalidArgument(_) => "invalid_argument",
            Kind::Connect => "connect",
            Kind::Timeout => "timeout",
            Kind::Transport => "transport",
            Kind::Decode(..) => "decode",
            Kind::RepeatedPage => "repeated_page_token",
            Kind::Status(_) if self.is_throttled() => "throttled",
            Kind::Status(_) => "status",
        }
    }

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

    /// The body of the answer, whatever it is. It may name people: it does not belong in a log.
    pub fn body(&self) -> Option<&Bytes> {
        self.reply().map(|reply| &reply.body)
    }

    /// What a Google API says went wrong; nothing where the body is something else.
    pub fn google(&self) -> Option<&GoogleError> {
        self.reply()?.google.as_ref()
    }

    /// Whether the arguments are at fault: refused here before anything was sent, or by the server
    /// with 400.
    pub fn is_invalid_argument(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidArgument(_)) || self.has(StatusCode::BAD_REQUEST)
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

    /// Whether there were too many calls: 429, or 403 with a reason that stands for a rate limit.
    pub fn is_throttled(&self) -> bool {
        let rate = [
            "rateLimitExceeded",
            "userRateLimitExceeded",
            "quotaExceeded",
        ];
        let reason = self.google().and_then(GoogleError::reason);
        self.has(StatusCode::TOO_MANY_REQUESTS)
            || (self.has(StatusCode::FORBIDDEN) && reason.is_some_and(|it| rate.contains(&it)))
    }

    /// Whether the service is at fault: a status of 500 or more.
    pub fn is_server_error(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_server_error())
    }

    /// Whether the server wanted the call to go elsewhere. No redirect is ever followed.
    pub fn is_redirect(&self) -> bool {
        self.http_status()
            .is_some_and(|status| status.is_redirection())
    }

    /// Whether the server could not be reached at all.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect)
    }

    /// Whether no answer came in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout)
    }

    /// Whether the answer did not have the form that the API's description says.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(..))
    }

    /// Whether a list came round to a page that it had before, and would never have ended.
    pub fn is_repeated_page(&self) -> bool {
        matches!(self.0.kind, Kind::RepeatedPage)
    }

    fn has(&self, status: StatusCode) -> bool {
        matches!(&self.0.kind, Kind::Status(reply) if reply.status == status)
    }

    fn reply(&self) -> Option<&Reply> {
        match &self.0.kind {
            Kind::Status(reply) | Kind::Decode(reply, _) => Some(reply),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.trace.operation {
            write!(f, "{operation}: ")?;
        }
        if self.0.trace.outcome_unknown {
            f.write_str("outcome unknown: ")?;
        }
        match &self.0.kind {
            Kind::InvalidArgument(what) => f.write_str(what),
            Kind::Connect => f.write_str("the server could not be reached"),
            Kind::Timeout => f.write_str("no answer came in time"),
            Kind::Transport => f.write_str("the connection failed before the answer was read"),
            Kind::RepeatedPage => f.write_str("a page token came a second time"),
            Kind::Decode(reply, what) => write!(f, "the answer to {}: {what}", reply.status),
            Kind::Status(reply) => {
                write!(f, "the server answered {}", reply.status)?;
                match reply.google.as_ref().and_then(GoogleError::reason) {
                    Some(reason) if is_a_word(reason) => write!(f, " ({reason})"),
                    _ => Ok(()),
                }
            }
        }
    }
}

/// Whether a reason is one: a server could write anything there.
fn is_a_word(reason: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (1..=63).contains(&reason.len()) && reason.chars().all(plain)
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("message", &self.to_string());
        if let Some(source) = &self.0.source {
            debug.field("source", &source.to_string());
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// What cannot be sent, and why.
#[derive(Clone, Debug)]
pub(super) struct Refused(String);

impl Refused {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl From<RefusedValue> for Refused {
    fn from(refused: RefusedValue) -> Self {
        let RefusedValue {
            placeholder,
            refusal,
        } = refused;
        Self(format!("the value of `{placeholder}` {refusal}"))
    }
}

impl From<RefusedParameter> for Refused {
    fn from(refused: RefusedParameter) -> Self {
        Self(format!(
            "the parameter `{}`: {}",
            refused.name, refused.what
        ))
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::invalid_argument(refused.0)
    }
}

impl From<RefusedParameter> for Error {
    fn from(refused: RefusedParameter) -> Self {
        Refused::from(refused).into()
    }
}

impl From<InvalidName> for Error {
    fn from(name: InvalidName) -> Self {
        Self::invalid_argument(name.to_string())
    }
}
