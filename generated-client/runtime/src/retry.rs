//! Whether a call that failed is tried again, and when.
//!
//! The rules are narrower than "it might work": an operation that does more when it is repeated is
//! repeated only where the first attempt certainly did nothing.

use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::Method;

use super::error::{Carried, Error, NotRetried, Trace};
use super::hints::retry_after;
use super::rate_limiter::{Admission, Ticket, TooLate};
use super::{Client, Operation};

/// What is known of the attempts of one call.
pub(super) struct Attempts<'a> {
    client: &'a Client,
    operation: &'static Operation,
    started: Instant,
    ticket: Ticket,
    /// How long the call was in the queue of the rate limiter.
    queued: Duration,
    /// Every attempt, and those of them that were throttled.
    number: u32,
    throttled: u32,
    backoff: ExponentialBackoff,
    /// Whether the last attempt was paid for from the budget for retries.
    paid: bool,
    /// Whether an attempt may have changed something.
    outcome_unknown: bool,
    /// Whether the caller has logged in anew.
    logged_in_again: bool,
    trace: Trace,
}

/// What follows on a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Another attempt after this time.
    Retry(Duration),
    /// Another attempt when the rate limiter admits it, which is closed for this time.
    Queue(Duration),
    /// The failure is final.
    Fail,
}

impl<'a> Attempts<'a> {
    /// No attempt yet.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        let policy = &client.policy;
        let backoff = ExponentialBuilder::new()
            .with_min_delay(policy.first_wait)
            .with_max_delay(policy.longest_wait)
            .with_factor(2.0)
            .without_max_times();
        Self {
            client,
            operation,
            started: client.clock.now(),
            ticket: client.limiter.ticket(),
            queued: Duration::ZERO,
            number: 0,
            throttled: 0,
            backoff: backoff.build(),
            paid: false,
            outcome_unknown: false,
            logged_in_again: false,
            trace: Trace::default(),
        }
    }

    /// Which attempt this is, counted from one.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Begins an attempt. Returns how long it may take.
    pub fn begin(&mut self) -> Duration {
        self.number += 1;
        self.client.policy.attempt_timeout.min(self.time_left())
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
        match late.throttled {
            true => Error::throttled(),
            false => Error::too_late(),
        }
    }

    /// Whether the time for all attempts is over.
    pub fn is_over(&self) -> bool {
        self.time_left().is_zero()
    }

    /// What is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The place of the next attempt in the queue of the rate limiter, and when it has to be sent.
    pub fn admission(&self) -> Admission {
        let policy = &self.client.policy;
        let now = self.client.clock.now();
        let quota = policy
            .quota_limit()
            .and_then(|limit| now.checked_add(limit.saturating_sub(self.queued)));
        let timeout = policy.timeout.map(|_| self.end());
        Admission {
            ticket: self.ticket,
            deadline: quota.into_iter().chain(timeout).min(),
        }
    }

    /// What follows on a failure. `closed` is for how long the attempt has closed the rate limiter, where
    /// it was throttled.
    pub fn after(&mut self, error: &Error, closed: Option<Duration>) -> Next {
        let carried = error.carried();
        let unknown = matches!(carried, Carried::Perhaps | Carried::Unreadable);
        self.outcome_unknown |= unknown && !self.operation.method().is_safe();
        let retryable = match carried {
            Carried::NotYet => true,
            Carried::Perhaps => self.operation.is_idempotent(),
            Carried::Unreadable | Carried::Refused => false,
        };
        let hint = retry_after(error, self.client.clock.calendar());
        self.trace = Trace {
            retryable,
            retry_after: closed.max(hint),
            ..Trace::default()
        };
        if !retryable {
            return Next::Fail;
        }
        let next = match closed {
            Some(closed) => self.queue(closed).map(Next::Queue),
            None => self.backoff(hint).map(Next::Retry),
        };
        next.unwrap_or_else(|reason| {
            self.trace.not_retried = Some(reason);
            Next::Fail
        })
    }

    /// Whether the call can wait for as long as the rate limiter is closed.
    fn queue(&mut self, closed: Duration) -> Result<Duration, NotRetried> {
        self.throttled += 1;
        let opens = later(self.client.clock.now(), closed);
        match self.admission().deadline {
            Some(deadline) if opens >= deadline => Err(NotRetried::Deadline),
            _ => Ok(closed),
        }
    }

    /// How long to wait before a retry, or why there is none.
    fn backoff(&mut self, hint: Option<Duration>) -> Result<Duration, NotRetried> {
        let policy = &self.client.policy;
        if self.number - self.throttled >= policy.attempts {
            return Err(NotRetried::Attempts);
        }
        let limit = self
            .backoff
            .next()
            .unwrap_or(policy.longest_wait)
            // backon gives out the first one as it is.
            .min(policy.longest_wait);
        let wait = limit.mul_f64(fastrand::f64()).max(hint.unwrap_or_default());
        if wait >= self.time_left() {
            return Err(NotRetried::Deadline);
        }
        self.paid = self.client.budget().withdraw();
        self.paid.then_some(wait).ok_or(NotRetried::RetryThrottling)
    }

    /// An attempt has succeeded.
    pub fn succeeded(&self) {
        self.client.budget().deposit(self.paid);
    }

    /// Whether the caller may log in anew, and try again: once in a call.
    pub fn may_log_in_again(&mut self) -> bool {
        let first = !std::mem::replace(&mut self.logged_in_again, true);
        first && self.number - self.throttled < self.client.policy.attempts
    }

    /// What an error is to tell of the attempts.
    pub fn trace(&self) -> Trace {
        Trace {
            operation: Some(self.operation.id()),
            attempts: self.number,
            outcome_unknown: self.outcome_unknown,
            ..self.trace
        }
    }

    /// Whether a failure means that an earlier attempt succeeded after all: what was to be deleted is
    /// not there.
    pub fn is_done_already(&self, error: &Error) -> bool {
        self.outcome_unknown && self.operation.method() == Method::DELETE && error.is_not_found()
    }

    /// When the time for all attempts is over.
    pub fn end(&self) -> Instant {
        let policy = &self.client.policy;
        match policy.timeout {
            Some(timeout) => later(self.started, timeout),
            None => later(self.started, policy.working_time + self.queued),
        }
    }

    fn time_left(&self) -> Duration {
        self.end()
            .saturating_duration_since(self.client.clock.now())
    }
}

/// A moment so far away that nobody gets there, where there is no such moment.
fn later(now: Instant, by: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
    now.checked_add(by).unwrap_or(now + CENTURY)
}
