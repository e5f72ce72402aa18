//! Whether a call that failed is tried again, and when.
//!
//! The rules are narrower than "it might work": an operation that does more when it is repeated is
//! repeated only where the first attempt certainly did nothing.

use std::time::{Duration, Instant, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::Method;

use super::error::{Error, Trace};
use super::{Client, Operation};

/// What is known of the attempts of one call.
pub(super) struct Attempts<'a> {
    client: &'a Client,
    operation: &'static Operation,
    /// When nobody waits any more.
    end: Instant,
    number: u32,
    limits: ExponentialBackoff,
    /// Whether an attempt may have changed something.
    outcome_unknown: bool,
    /// Whether the caller has logged in anew.
    logged_in_again: bool,
}

/// What a failure says of the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// The server certainly did nothing, and may do it if asked again.
    NotYet,
    /// The server may have done it, or may be doing it still.
    Perhaps,
    /// The server seems to have done it, but what it answered cannot be read.
    Unreadable,
    /// The server will not do it.
    Refused,
}

impl<'a> Attempts<'a> {
    /// No attempt yet.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        let policy = &client.policy;
        let limits = ExponentialBuilder::new()
            .with_min_delay(policy.first_wait)
            .with_max_delay(policy.longest_wait)
            .with_factor(2.0)
            .without_max_times();
        Self {
            client,
            operation,
            end: later(client.clock.now(), policy.timeout),
            number: 0,
            limits: limits.build(),
            outcome_unknown: false,
            logged_in_again: false,
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

    /// How long to wait after a failure; nothing if it is final.
    pub fn wait_after(&mut self, error: &Error) -> Option<Duration> {
        let carried = error.carried();
        let unknown = matches!(carried, Carried::Perhaps | Carried::Unreadable);
        self.outcome_unknown |= unknown && !self.operation.method().is_safe();
        let worth_it = match carried {
            Carried::NotYet => true,
            Carried::Perhaps => self.operation.is_idempotent(),
            Carried::Unreadable | Carried::Refused => false,
        };
        if !worth_it || self.number >= self.client.policy.attempts {
            return None;
        }
        let limit = self
            .limits
            .next()
            .unwrap_or(self.client.policy.longest_wait)
            // backon gives out the first one as it is.
            .min(self.client.policy.longest_wait);
        let own = limit.mul_f64(fastrand::f64());
        let wait = own.max(error.hint(self.client.clock.calendar()).unwrap_or_default());
        (wait < self.time_left() && self.client.budget().withdraw()).then_some(wait)
    }

    /// Whether the caller may log in anew, and try again: once in a call.
    pub fn may_log_in_again(&mut self) -> bool {
        let first = !std::mem::replace(&mut self.logged_in_again, true);
        first && self.number < self.client.policy.attempts
    }

    /// What an error is to tell of the attempts.
    pub fn trace(&self) -> Trace {
        Trace {
            operation: Some(self.operation.id()),
            attempts: self.number,
            outcome_unknown: self.outcome_unknown,
        }
    }

    /// Whether a failure means that an earlier attempt succeeded after all: what was to be deleted is
    /// not there.
    pub fn is_done_already(&self, error: &Error) -> bool {
        self.number > 1 && self.operation.method() == Method::DELETE && error.is_not_found()
    }

    /// When the time for all attempts is over.
    pub fn end(&self) -> Instant {
        self.end
    }

    fn time_left(&self) -> Duration {
        self.end.saturating_duration_since(self.client.clock.now())
    }
}

/// How long `Retry-After` asks to wait: seconds, or a date of HTTP.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value.trim()).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// A moment so far away that nobody gets there, where there is no such moment.
fn later(now: Instant, by: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
    now.checked_add(by).unwrap_or(now + CENTURY)
}
