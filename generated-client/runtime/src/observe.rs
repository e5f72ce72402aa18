//! Observers of a client: metrics without a subscriber of `tracing`.

use std::fmt::Debug;
use std::time::Duration;

use http::StatusCode;

use super::{Operation, RateLimitEvent};

/// An attempt that has ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation.
    pub operation: &'static Operation,
    /// Which attempt of its call this was, counted from one; throttled ones count here.
    pub number: u32,
    /// The status of the response; `None` where there was none.
    pub status: Option<StatusCode>,
    /// Whether the server throttled it.
    pub throttled: bool,
    /// The minimum wait before the next attempt; `None` if this was the last.
    pub wait: Option<Duration>,
}

/// Observes attempts and the rate limiter. It runs between attempts, so it should be quick.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use generated_client_runtime::{Attempt, Observer};
///
/// /// Counts the attempts that are retried.
/// #[derive(Debug, Default)]
/// struct Retries(AtomicU64);
///
/// impl Observer for Retries {
///     fn attempt(&self, attempt: &Attempt) {
///         if attempt.wait.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Observer: Debug + Send + Sync {
    /// An attempt has ended.
    fn attempt(&self, attempt: &Attempt);

    /// The rate limiter has closed or opened, or made a call of this operation wait. A program that is
    /// slow because of a quota learns so from this. Where several clients share a limiter, the observer
    /// is told of the client whose call it is.
    fn rate_limit(&self, operation: &'static Operation, event: &RateLimitEvent) {
        let _ = (operation, event);
    }
}

/// For an observer that is shared with the code that reads its metrics.
impl<T: Observer + ?Sized> Observer for std::sync::Arc<T> {
    fn attempt(&self, attempt: &Attempt) {
        (**self).attempt(attempt);
    }

    fn rate_limit(&self, operation: &'static Operation, event: &RateLimitEvent) {
        (**self).rate_limit(operation, event);
    }
}
