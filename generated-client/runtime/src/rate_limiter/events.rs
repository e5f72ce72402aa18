//! What a rate limiter does, for observers.

use std::time::Duration;

/// What a rate limiter does to a call: see [`Observer::rate_limit`](crate::Observer::rate_limit).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateLimitEvent {
    /// The server throttled an attempt: until this time has passed, nothing is sent. Then one call
    /// probes.
    Closed {
        /// For how long.
        wait: Duration,
    },
    /// An attempt was not throttled any more: calls are sent again, one at once at first.
    Opened,
    /// A call has to wait.
    Queued {
        /// How many calls are before it.
        ahead: usize,
    },
    /// A call has waited, and is sent now.
    Waited {
        /// For how long.
        wait: Duration,
    },
}
