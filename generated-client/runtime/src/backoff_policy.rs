//! Exponential backoff with full jitter.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};

/// How long to wait between attempts. The limit of each wait doubles from `initial` to `max`, and the
/// wait is drawn evenly from zero to its limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct BackoffPolicy {
    /// The limit of the first wait.
    pub initial: Duration,
    /// The limit of every wait.
    pub max: Duration,
}

/// The backoff of one call.
pub(super) struct Backoff {
    limits: ExponentialBackoff,
    max: Duration,
}

impl BackoffPolicy {
    /// The backoff of a call that begins.
    pub fn start(self) -> Backoff {
        let limits = ExponentialBuilder::new()
            .with_min_delay(self.initial)
            .with_max_delay(self.max)
            .with_factor(2.0)
            .without_max_times();
        Backoff {
            limits: limits.build(),
            max: self.max,
        }
    }
}

impl Backoff {
    /// The wait before the next retry.
    pub fn next_wait(&mut self) -> Duration {
        let limit = self.limits.next().unwrap_or(self.max);
        // backon does not apply the maximum to the first one.
        limit.min(self.max).mul_f64(fastrand::f64())
    }
}
