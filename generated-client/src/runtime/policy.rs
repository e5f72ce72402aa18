//! How patient a call is.

use std::sync::Arc;
use std::time::Duration;

use super::budget::Budget;

/// How often a call is tried, and how long that may take.
///
/// Which failures are worth another attempt is not a matter of policy: it follows from what the
/// operation does when it is repeated, and from what is known of the attempt that failed.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(super) attempts: u32,
    pub(super) attempt_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) first_wait: Duration,
    pub(super) longest_wait: Duration,
    /// Nothing: the client's.
    pub(super) budget: Option<Arc<Budget>>,
}

impl Default for Policy {
    /// Five attempts of at most 30 seconds each, two minutes in all, waits of up to half a second
    /// that double to up to 30 seconds.
    fn default() -> Self {
        Self {
            attempts: 5,
            attempt_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(120),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            budget: None,
        }
    }
}

impl Policy {
    /// One attempt, and no other.
    pub fn once() -> Self {
        Self::default().attempts(1)
    }

    /// At most this many attempts; at least one is made.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the answer.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long all attempts and the waits between them may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
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
}
