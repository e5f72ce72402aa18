//! The retry policy of a call.

use std::sync::Arc;
use std::time::Duration;

use super::budget::Budget;

/// How often a call is tried, and how long that may take.
///
/// Which failures are retried is not a matter of policy: it follows from what the operation does when it
/// is repeated, and from what is known of the attempt that failed. Throttled attempts (429) are no
/// failures: they wait for their turn in the client's [`RateLimiter`](super::RateLimiter), and count
/// neither as attempts nor against retry throttling.
///
/// | policy | attempts | time for attempts and backoff | waiting for quota |
/// |---|---|---|---|
/// | [`Policy::default`] | 5 | 2 minutes | 10 minutes besides |
/// | [`Policy::bulk`] | 10 | 10 minutes | without limit |
/// | [`Policy::once`] | 1 | 2 minutes | none |
/// | with [`timeout`](Policy::timeout) | | that long, waiting for quota included | |
#[derive(Clone, Debug)]
pub struct Policy {
    pub(super) attempts: u32,
    pub(super) attempt_timeout: Duration,
    /// How long a call may take, all included, where the caller has said so.
    pub(super) timeout: Option<Duration>,
    /// How long it may take without the time in the queue of the rate limiter, where not.
    pub(super) working_time: Duration,
    pub(super) quota_wait: QuotaWait,
    pub(super) first_wait: Duration,
    pub(super) longest_wait: Duration,
    /// Nothing: the client's.
    pub(super) budget: Option<Arc<Budget>>,
}

/// How long a call may wait for quota.
#[derive(Clone, Copy, Debug)]
pub(super) enum QuotaWait {
    /// [`QUOTA_WAIT`], unless the call has a timeout, which bounds this too.
    Default,
    AtMost(Duration),
    Unlimited,
}

/// How long a call waits for quota unless its policy says otherwise.
const QUOTA_WAIT: Duration = Duration::from_secs(600);

impl Default for Policy {
    /// Five attempts of at most 30 seconds each, two minutes in all, backoff of up to half a second
    /// that doubles to up to 30 seconds; besides, ten minutes of waiting for quota.
    fn default() -> Self {
        Self {
            attempts: 5,
            attempt_timeout: Duration::from_secs(30),
            timeout: None,
            working_time: Duration::from_secs(120),
            quota_wait: QuotaWait::Default,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            budget: None,
        }
    }
}

impl Policy {
    /// One attempt and no other, also where it is throttled.
    pub fn once() -> Self {
        Self::default().attempts(1).max_quota_wait(Duration::ZERO)
    }

    /// For jobs that go through many resources and that nobody waits for: ten attempts within ten
    /// minutes, and as much waiting for quota as it takes.
    pub fn bulk() -> Self {
        Self {
            attempts: 10,
            working_time: Duration::from_secs(600),
            quota_wait: QuotaWait::Unlimited,
            ..Self::default()
        }
    }

    /// At most this many attempts, throttled ones not counted; at least one is made.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the response.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take: all attempts, backoff, and waiting for quota. A call that could only be
    /// sent later fails at once, with [`Error::is_throttled`](super::Error::is_throttled) and
    /// [`Error::retry_after`](super::Error::retry_after): for a handler of web requests, say.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long a call may wait for quota, or for the limits of its client's
    /// [`RateLimiter`](super::RateLimiter); as long as it takes where `limit` is `None`.
    #[must_use]
    pub fn max_quota_wait(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.quota_wait = limit.into().map_or(QuotaWait::Unlimited, QuotaWait::AtMost);
        self
    }

    /// How long a wait may be at most: the first one, and any. Between them the limit doubles, and
    /// each wait is drawn evenly from nothing up to it. What the server asks for comes first.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first_wait = first;
        self.longest_wait = longest;
        self
    }

    /// How many retries the calls under this policy may make before some of them succeed, apart from
    /// the client's own budget, which they share unless this is set. See
    /// [`Builder::retry_budget`](super::Builder::retry_budget).
    #[must_use]
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.budget = Some(Arc::new(Budget::new(retries)));
        self
    }

    /// How long a call may wait for quota; `None` without limit.
    pub(super) fn quota_limit(&self) -> Option<Duration> {
        match self.quota_wait {
            QuotaWait::Default if self.timeout.is_some() => None,
            QuotaWait::Default => Some(QUOTA_WAIT),
            QuotaWait::AtMost(limit) => Some(limit),
            QuotaWait::Unlimited => None,
        }
    }
}
