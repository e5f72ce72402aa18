//! What time it is, and waiting: replaceable, so that a test need not wait.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A wait that has begun.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A source of time.
///
/// ```
/// use std::time::{Duration, Instant, SystemTime};
/// use generated_client_runtime::{Clock, Sleep};
///
/// /// A clock whose waits are over at once, for tests.
/// #[derive(Debug)]
/// struct WithoutWaits;
///
/// impl Clock for WithoutWaits {
///     fn now(&self) -> Instant {
///         Instant::now()
///     }
///     fn calendar(&self) -> SystemTime {
///         SystemTime::now()
///     }
///     fn sleep(&self, _: Duration) -> Sleep {
///         Box::pin(std::future::ready(()))
///     }
/// }
/// ```
pub trait Clock: Debug + Send + Sync {
    /// The time that goes on evenly.
    fn now(&self) -> Instant;

    /// The time of the calendar.
    fn calendar(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep;
}

/// The time of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn calendar(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }
}
