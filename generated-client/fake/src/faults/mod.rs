//! What can go wrong on request: between client and server, at the server, and in what it says.

mod body;
mod bomb;
pub(crate) mod distort;
mod layer;
mod plan;
mod replies;
mod text;

use std::time::Duration;

pub(crate) use layer::{Api, Call, Layer, Reply};
pub(crate) use plan::Plan;
pub use plan::Rule;
pub use text::UnknownFault;

use super::method::Method;

/// Something that goes wrong.
///
/// What the fake does with the call is part of each: a fault that comes *instead* leaves the data
/// as it was, one that comes *afterwards* has changed it; after `send` the email is sent.
///
/// The text in parentheses is what [`Rule`] reads, for command lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Instead: 429 (`too-many-requests`).
    TooManyRequests(Hint),
    /// Instead: 503 (`unavailable`).
    Unavailable(Hint),
    /// Instead: 403 with a reason that says "too much" (`rate-limited`, `user-rate-limited`,
    /// `quota-exceeded`, `daily-limit`).
    RateLimited(RateReason),
    /// Instead: 403, the API is not enabled (`api-disabled`).
    ApiDisabled,
    /// Instead: 500 (`internal`).
    Internal,
    /// Instead: 502 with a page of HTML, as a proxy makes it (`bad-gateway`).
    BadGateway,
    /// Instead: a redirect to another origin, which counts who comes:
    /// [`FakeServer::redirected_requests`](super::FakeServer::redirected_requests) (`redirect`, `redirect-302`).
    Redirect(Redirect),
    /// Instead: the connection is reset before the request is read (`reset-before`).
    ResetBefore,
    /// Afterwards: the connection is reset, and no response is sent (`reset-after`).
    ResetAfter,
    /// Afterwards: the connection is reset in the middle of the response (`reset-in-response`).
    ResetInResponse,
    /// Afterwards: 200 without a body (`empty-body`).
    EmptyBody,
    /// Afterwards: the response's JSON ends in its middle (`cut-off-json`).
    CutOffJson,
    /// Afterwards: the response comes in pieces, with this pause between them (`slow-body`).
    SlowBody(Duration),
    /// Afterwards: the response does not end (`endless-body`).
    EndlessBody,
    /// Afterwards: a megabyte that decompresses into a gigabyte (`compressed-bomb`).
    CompressedBomb,
    /// Afterwards: an unknown state (`unknown-enum`). For methods whose response has
    /// an invitation.
    UnknownEnumValue,
    /// Afterwards: an unknown field, in every object (`unknown-field`).
    UnknownField,
    /// Afterwards: 200, with an operation that has failed (`failed-operation`). For `send` and
    /// `cancel`.
    FailedOperation,
    /// Afterwards: the page's token is the one that it was asked for with (`repeated-page-token`).
    /// For `list`, from the second page on.
    RepeatedPageToken,
    /// Afterwards: the last page names a next one, and the list begins again (`endless-list`). For
    /// `list`.
    EndlessList,
    /// Afterwards: the next page is at another origin (`foreign-next`). For Confluent's list.
    ForeignNext,
    /// Afterwards: what is there already is at another origin (`foreign-location`). For Confluent's
    /// creation of what is there.
    ForeignLocation,
}

/// What the server says about when to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Nothing.
    Nothing,
    /// `Retry-After`, in seconds (`-seconds`).
    Seconds(u32),
    /// `Retry-After`, as a date, this far from now (`-date`).
    Date(Duration),
    /// `RetryInfo` in the error's details (`-retry-info`).
    RetryInfo(Duration),
}

/// Why a 403 means "too much".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateReason {
    /// `rateLimitExceeded`
    RateLimit,
    /// `userRateLimitExceeded`
    UserRateLimit,
    /// `quotaExceeded`
    Quota,
    /// `dailyLimitExceeded`, for which no wait is short enough.
    DailyLimit,
}

/// How a redirect is to be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Redirect {
    /// 307: with the same method and body.
    Temporary,
    /// 302: as every client likes.
    Found,
}

impl Fault {
    /// Only for one method.
    #[must_use]
    pub fn on(self, method: Method) -> Rule {
        Rule::from(self).on(method)
    }

    /// Only for the n-th request, counted from one. [`Rule::nth`] says more.
    #[must_use]
    pub fn nth(self, n: u64) -> Rule {
        Rule::from(self).nth(n)
    }

    /// For the first n requests.
    #[must_use]
    pub fn first(self, n: u64) -> Rule {
        Rule::from(self).first(n)
    }

    /// For so many of every hundred requests. [`Rule::percent`] says more.
    #[must_use]
    pub fn percent(self, percent: u8) -> Rule {
        Rule::from(self).percent(percent)
    }

    /// Whether a request can meet with it at all.
    fn concerns(&self, method: Method, has_page_token: bool) -> bool {
        match self {
            Self::RepeatedPageToken => method == Method::List && has_page_token,
            Self::EndlessList => method == Method::List,
            Self::FailedOperation => matches!(method, Method::Send | Method::Cancel),
            Self::ForeignNext => method == Method::ConfluentList,
            Self::ForeignLocation => method == Method::ConfluentCreate,
            Self::UnknownEnumValue => method.is_of_the_api() && method != Method::IsInvitableUser,
            _ => true,
        }
    }
}
