//! The retry policy of a call.

use std::sync::Arc;
use std::time::Duration;

use super::backoff_policy::BackoffPolicy;
use super::retry_throttler::RetryThrottler;

/// How many attempts a call makes, and how long they may take.
///
/// Which failures are retried is not a matter of policy: it follows from whether the operation is
/// idempotent, and from whether the failed attempt may have been executed. Throttled attempts (429) are
/// not failures: they wait in the queue of the client's [`RateLimiter`](super::RateLimiter), and count
/// neither as attempts nor against retry throttling.
///
/// | policy | attempts | time for attempts and backoff | waiting for quota |
/// |---|---|---|---|
/// | [`RetryPolicy::default`] | 5 | 2 minutes | 10 minutes besides |
/// | [`RetryPolicy::bulk`] | 10 | 10 minutes | without limit |
/// | [`RetryPolicy::once`] | 1 | 2 minutes | none |
/// | with [`timeout`](RetryPolicy::timeout) | | that long, waiting for quota included | |
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    pub(super) attempt_timeout: Duration,
    /// How long a call may take, all included, where the caller has said so.
    pub(super) timeout: Option<Duration>,
    /// How long it may take without the time in the queue of the rate limiter, where not.
    pub(super) working_time: Duration,
    pub(super) quota_wait: QuotaWait,
    pub(super) backoff: BackoffPolicy,
    /// `None`: the client's.
    pub(super) throttler: Option<Arc<RetryThrottler>>,
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

impl Default for RetryPolicy {
    /// Five attempts of at most 30 seconds each, two minutes in all, an initial backoff of half a second
    /// and a maximum of 30 seconds; besides, ten minutes of waiting for quota.
    fn default() -> Self {
        Self {
            attempts: 5,
            attempt_timeout: Duration::from_secs(30),
            timeout: None,
            working_time: Duration::from_secs(120),
            quota_wait: QuotaWait::Default,
            backoff: BackoffPolicy {
                initial: Duration::from_millis(500),
                max: Duration::from_secs(30),
            },
            throttler: None,
        }
    }
}

impl RetryPolicy {
    /// One attempt, also where it is throttled.
    pub fn once() -> Self {
        Self::default().attempts(1).max_quota_wait(Duration::ZERO)
    }

    /// For batch jobs over many resources: ten attempts within ten minutes, and no limit on waiting for
    /// quota.
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

    /// The initial and the maximum backoff. The limit of a wait doubles from one to the other, and each
    /// wait is drawn evenly from zero to its limit (full jitter). A longer wait that the server asks for
    /// has precedence.
    #[must_use]
    pub fn backoff(mut self, initial: Duration, max: Duration) -> Self {
        self.backoff = BackoffPolicy { initial, max };
        self
    }

    /// Retry throttling of its own for the calls with this policy, with a budget of this many retries.
    /// Unless set, they share the client's
    /// ([`Builder::retry_budget`](super::Builder::retry_budget)).
    #[must_use]
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.throttler = Some(Arc::new(RetryThrottler::new(retries)));
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
