//! What failed, for programs to branch on.

use std::time::Duration;

use http::StatusCode;

use super::{Error, Kind};
use crate::google::GoogleError;

impl Error {
    /// Whether the arguments are invalid: found before anything was sent, or by the server (400, unless
    /// [`is_failed_precondition`](Self::is_failed_precondition)).
    pub fn is_invalid_argument(&self) -> bool {
        matches!(*self.0.kind, Kind::InvalidArgument(_))
            || (self.has(StatusCode::BAD_REQUEST) && !self.is_failed_precondition())
    }

    /// Whether the resource is in a state that does not allow the call, such as an invitation that was
    /// accepted: a response of a Google API with the status `FAILED_PRECONDITION`.
    ///
    /// Source: <https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto>.
    pub fn is_failed_precondition(&self) -> bool {
        let status = self.google().map(|error| error.status.as_str());
        status == Some("FAILED_PRECONDITION")
    }

    /// Whether the server rejected the credentials: 401.
    pub fn is_unauthenticated(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller may not do this: 403, unless it stands for a rate limit or a quota.
    pub fn is_permission_denied(&self) -> bool {
        self.has(StatusCode::FORBIDDEN) && !self.is_throttled()
    }

    /// Whether the resource was not found: 404.
    pub fn is_not_found(&self) -> bool {
        self.has(StatusCode::NOT_FOUND)
    }

    /// Whether a rate limit or quota is exceeded: 429, or 403 with a reason that stands for a rate limit;
    /// also where nothing was sent, because the client's [`RateLimiter`](super::super::RateLimiter) is closed
    /// for longer than the call may wait, or its own [`RateLimit`](super::super::RateLimit) is reached.
    pub fn is_throttled(&self) -> bool {
        matches!(*self.0.kind, Kind::Throttled | Kind::RateLimited)
            || self.has(StatusCode::TOO_MANY_REQUESTS)
            || (self.has(StatusCode::FORBIDDEN)
                && self.google().is_some_and(GoogleError::is_rate_limit))
    }

    /// Whether a quota is exceeded that no call waits for: a daily one, or one of zero.
    /// [`is_throttled`](Self::is_throttled) holds, too.
    pub fn is_quota_exhausted(&self) -> bool {
        self.is_throttled() && self.google().is_some_and(GoogleError::is_quota_exhausted)
    }

    /// Whether the call may succeed if it is made again, and that is safe: the failure is transient, and
    /// the call was not executed, or the operation is idempotent. The call
    /// has been retried as often as its [`RetryPolicy`](super::super::RetryPolicy) allows.
    pub fn is_retryable(&self) -> bool {
        self.0.trace.retryable
    }

    /// How long to wait before the call is made again, where the server or the client's
    /// [`RateLimiter`](super::super::RateLimiter) says so.
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
}
