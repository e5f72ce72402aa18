//! The state of a call over its attempts: whether a failed one is retried, and when.
//!
//! An operation that is not idempotent is retried only where the failed attempt was certainly not
//! executed.

use std::time::{Duration, Instant};

use http::Method;

use super::backoff_policy::Backoff;
use super::error::{Error, Execution, NotRetried, Trace};
use super::hints::retry_after;
use super::rate_limiter::{Admission, LateReason, Ticket, TooLate};
use super::{Client, Operation};

/// The attempts of one call.
pub(super) struct RetryState<'a> {
    client: &'a Client,
    operation: &'static Operation,
    started: Instant,
    ticket: Ticket,
    /// How long the call has waited in the queue of the rate limiter.
    queued: Duration,
    /// All attempts, and the throttled ones among them.
    number: u32,
    throttled: u32,
    backoff: Backoff,
    /// Whether the last attempt was a retry that the retry budget was charged for.
    charged: bool,
    /// Whether an attempt may have changed something.
    outcome_unknown: bool,
    /// Whether rejected credentials were fetched again.
    reauthenticated: bool,
    /// Whether the body was a stream, of which something was sent.
    pub body_is_spent: bool,
    trace: Trace,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Retry after this backoff.
    Retry(Duration),
    /// Retry once the rate limiter, which is closed for this time, admits the call.
    Queue(Duration),
    /// The failure is final.
    Fail,
}

impl<'a> RetryState<'a> {
    /// The state before the first attempt.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            started: client.shared.clock.now(),
            ticket: client.shared.limiter.ticket(),
            queued: Duration::ZERO,
            number: 0,
            throttled: 0,
            backoff: client.shared.policy.backoff.start(),
            charged: false,
            outcome_unknown: false,
            reauthenticated: false,
            body_is_spent: false,
            trace: Trace::default(),
        }
    }

    /// The number of the attempt, counted from one.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Begins an attempt. Returns its timeout.
    pub fn begin(&mut self) -> Duration {
        self.number += 1;
        self.client
            .shared
            .policy
            .attempt_timeout
            .min(self.time_left())
    }

    /// The call has waited in the queue of the rate limiter.
    pub fn was_queued(&mut self, wait: Duration) {
        self.queued += wait;
    }

    /// The rate limiter did not admit the call in time.
    pub fn not_admitted(&mut self, late: TooLate) -> Error {
        self.trace = Trace {
            retryable: true,
            retry_after: late.retry_after,
            ..Trace::default()
        };
        match late.reason {
            LateReason::Quota => Error::throttled(),
            LateReason::RateLimit => Error::rate_limited(),
            LateReason::Deadline => Error::too_late(),
        }
    }

    /// Whether the deadline has passed.
    pub fn is_over(&self) -> bool {
        self.time_left().is_zero()
    }

    /// The operation of the call.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// What the rate limiter has to know to admit the next attempt.
    pub fn admission(&self) -> Admission {
        let timeout = self.client.shared.policy.timeout;
        let timeout = timeout.map(|_| self.deadline());
        Admission {
            ticket: self.ticket,
            deadline: self.end_of_quota_wait().into_iter().chain(timeout).min(),
        }
    }

    /// Until when the policy lets the call wait for quota.
    fn end_of_quota_wait(&self) -> Option<Instant> {
        let limit = self.client.shared.policy.quota_limit()?;
        let now = self.client.shared.clock.now();
        now.checked_add(limit.saturating_sub(self.queued))
    }

    /// Decides what to do after a failed attempt. `closed` is for how long the rate limiter is closed, where
    /// the attempt was throttled.
    pub fn decide(&mut self, error: &Error, closed: Option<Duration>) -> Decision {
        let carried = error.execution();
        let unknown = matches!(carried, Execution::Unknown | Execution::Undecodable);
        self.outcome_unknown |= unknown && !self.operation.method().is_safe();
        let retryable = match carried {
            Execution::NotExecuted => true,
            Execution::Unknown => self.operation.is_idempotent(),
            Execution::Undecodable | Execution::Rejected => false,
        };
        let hint = retry_after(error, self.client.shared.clock.calendar());
        self.trace = Trace {
            retryable,
            retry_after: closed.max(hint),
            ..Trace::default()
        };
        if !retryable {
            return Decision::Fail;
        }
        if self.body_is_spent {
            self.trace.not_retried = Some(NotRetried::Body);
            return Decision::Fail;
        }
        let next = match closed {
            Some(closed) => self.queue(closed).map(Decision::Queue),
            None => self.backoff(hint).map(Decision::Retry),
        };
        next.unwrap_or_else(|reason| {
            self.trace.not_retried = Some(reason);
            Decision::Fail
        })
    }

    /// Whether the call can wait for as long as the rate limiter is closed.
    fn queue(&mut self, closed: Duration) -> Result<Duration, NotRetried> {
        self.throttled += 1;
        let opens = later(self.client.shared.clock.now(), closed);
        let comes_first = |deadline: Option<Instant>| deadline.is_some_and(|it| opens >= it);
        match self.admission().deadline {
            deadline if !comes_first(deadline) => Ok(closed),
            _ if comes_first(self.end_of_quota_wait()) => Err(NotRetried::QuotaWait),
            _ => Err(NotRetried::Deadline),
        }
    }

    /// The backoff before a retry, or why there is none.
    fn backoff(&mut self, hint: Option<Duration>) -> Result<Duration, NotRetried> {
        let policy = &self.client.shared.policy;
        if self.number - self.throttled >= policy.attempts {
            return Err(NotRetried::Attempts);
        }
        let wait = self.backoff.next_wait().max(hint.unwrap_or_default());
        if wait >= self.time_left() {
            return Err(NotRetried::Deadline);
        }
        self.charged = self.client.throttler().withdraw();
        self.charged
            .then_some(wait)
            .ok_or(NotRetried::RetryThrottling)
    }

    /// An attempt has succeeded.
    pub fn succeeded(&self) {
        self.client.throttler().deposit(self.charged);
    }

    /// Whether the call may authenticate again and be retried: once in a call.
    pub fn may_reauthenticate(&mut self) -> bool {
        let first = !std::mem::replace(&mut self.reauthenticated, true);
        first && self.number - self.throttled < self.client.shared.policy.attempts
    }

    /// What an error tells of the attempts.
    pub fn trace(&self) -> Trace {
        Trace {
            operation: Some(self.operation.id()),
            attempts: self.number,
            outcome_unknown: self.outcome_unknown,
            ..self.trace
        }
    }

    /// Whether a failure shows that an earlier attempt was executed: a `DELETE` whose outcome was
    /// unknown finds nothing to delete.
    pub fn shows_earlier_success(&self, error: &Error) -> bool {
        self.outcome_unknown && self.operation.method() == Method::DELETE && error.is_not_found()
    }

    /// The deadline of the call, where its caller has stated how long it may take.
    pub fn stated_deadline(&self) -> Option<tokio::time::Instant> {
        let stated = self.client.shared.policy.timeout.map(|_| self.time_left());
        stated.and_then(|left| tokio::time::Instant::now().checked_add(left))
    }

    /// The deadline of the call.
    pub fn deadline(&self) -> Instant {
        let policy = &self.client.shared.policy;
        match policy.timeout {
            Some(timeout) => later(self.started, timeout),
            None => later(self.started, policy.working_time + self.queued),
        }
    }

    fn time_left(&self) -> Duration {
        self.deadline()
            .saturating_duration_since(self.client.shared.clock.now())
    }
}

/// `now + by`; a century from now where that overflows.
fn later(now: Instant, by: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
    now.checked_add(by).unwrap_or(now + CENTURY)
}
