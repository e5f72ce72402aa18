//! Constructors of errors.

use std::error::Error as StdError;
use std::iter::successors;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::cause::Cause;
use super::{Error, Inner, Kind, Reply, Trace};
use crate::google::GoogleError;
use crate::value::Bytes;

/// Why an argument cannot be sent, before there is an [`Error`].
#[derive(Clone, Debug)]
pub(crate) struct InvalidArgument(String);

impl InvalidArgument {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl From<InvalidArgument> for Error {
    fn from(argument: InvalidArgument) -> Self {
        Self::invalid_argument(argument.0)
    }
}

impl Error {
    /// The arguments make no request, or no client. `what` is the message, and holds no value.
    pub fn invalid_argument(what: impl Into<String>) -> Self {
        Self::new(Kind::InvalidArgument(what.into()))
    }

    /// The HTTP client cannot be built.
    pub(crate) fn http_client(error: reqwest::Error) -> Self {
        let mut this =
            Self::invalid_argument("the HTTP client cannot be built as it is configured");
        this.0.cause = Cause::of(&error);
        this
    }

    /// The call got no response.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        // A connect timeout is a failure to connect.
        let kind = if error.is_connect() {
            Kind::Connect
        } else if is_not_executed(&error) {
            Kind::NotExecuted
        } else if error.is_timeout() {
            Kind::Timeout
        } else {
            Kind::Transport
        };
        Self::of_reqwest(kind, error)
    }

    /// The call got no connection.
    pub(crate) fn unconnected(error: reqwest::Error) -> Self {
        Self::of_reqwest(Kind::Connect, error)
    }

    fn of_reqwest(kind: Kind, error: reqwest::Error) -> Self {
        let kind = match error.is_builder() {
            true => Kind::InvalidArgument("there is no HTTP request of this form".to_owned()),
            false => kind,
        };
        let mut this = Self::new(kind);
        // The error itself would print the URL, with addresses and credentials in it.
        this.0.cause = Cause::of(&error);
        this
    }

    /// The rate limiter is closed until after the deadline of the call. Nothing was sent.
    pub(crate) fn throttled() -> Self {
        Self::new(Kind::Throttled)
    }

    /// The client's own rate limit is reached until after the deadline of the call. Nothing was sent.
    pub(crate) fn rate_limited() -> Self {
        Self::new(Kind::RateLimited)
    }

    /// The deadline of the call comes before it could be sent.
    pub(crate) fn too_late() -> Self {
        Self::new(Kind::Timeout)
    }

    /// The status of the response is not one of success.
    pub(crate) fn status(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let google = GoogleError::from_body(&body);
        Self::new(Kind::Status(Reply {
            status,
            headers,
            body,
            google,
        }))
    }

    /// The response is not as the spec describes it: `what` says where.
    pub(crate) fn decode(
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
    pub(crate) fn repeated_page_token() -> Self {
        Self::new(Kind::RepeatedPage)
    }

    /// The list does not end.
    pub(crate) fn endless_list() -> Self {
        Self::new(Kind::EndlessList)
    }

    /// The URL of the next page cannot be used.
    pub(crate) fn foreign_page() -> Self {
        Self::new(Kind::ForeignPage)
    }

    /// A long-running operation failed.
    pub(crate) fn operation_failed(
        status: StatusCode,
        headers: HeaderMap,
        google: GoogleError,
    ) -> Self {
        Self::new(Kind::Operation(Reply {
            status,
            headers,
            body: Bytes::new(),
            google: Some(google),
        }))
    }

    pub(super) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            trace: Trace::default(),
            kind: Arc::new(kind),
            cause: None,
        }))
    }

    /// The same error, of this call.
    pub(crate) fn with(mut self, trace: Trace) -> Self {
        let own = std::mem::replace(&mut self.0.trace, trace);
        // An authentication error knows itself whether it is transient.
        self.0.trace.retryable |= own.retryable;
        self.0.trace.retry_after = trace.retry_after.or(own.retry_after);
        self
    }

    /// The same error, of an operation for which nothing was sent.
    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.0.trace.operation.get_or_insert(operation);
        self
    }

    /// The status, the headers and the trace of a 404.
    ///
    /// # Errors
    ///
    /// The error itself where it is another one.
    pub(crate) fn into_not_found(self) -> Result<(StatusCode, HeaderMap, Trace), Self> {
        match &*self.0.kind {
            Kind::Status(reply) if reply.status == StatusCode::NOT_FOUND => {
                Ok((reply.status, reply.headers.clone(), self.0.trace))
            }
            _ => Err(self),
        }
    }
}

/// Whether a connection ended before the server, or anything on the way to it, began with the request.
fn is_not_executed(error: &reqwest::Error) -> bool {
    let mut causes = successors(error.source(), |error| (*error).source());
    causes.any(|error| {
        // A request that hyper gives back was not written.
        let canceled = error.downcast_ref::<hyper::Error>();
        canceled.is_some_and(hyper::Error::is_canceled) || is_refused_stream(error)
    })
}

/// Whether a server says in HTTP/2 that it did not process a stream: it resets it with
/// `REFUSED_STREAM`, or goes away and names an earlier stream as the last. The streams that it may
/// have processed end with another error.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9113.html#section-8.7>.
#[cfg(feature = "http2")]
fn is_refused_stream(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<h2::Error>().is_some_and(|error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (refused || error.is_go_away())
    })
}

#[cfg(not(feature = "http2"))]
fn is_refused_stream(_: &(dyn StdError + 'static)) -> bool {
    false
}
