//! Which connections calls use that must not be repeated.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::clock::Clock;

/// How long a connection may have been idle to be a recent one.
pub(super) const RECENT: Duration = Duration::from_secs(1);

/// By how much the two clocks may differ before the machine counts as suspended.
const TOLERANCE: Duration = Duration::from_millis(100);

/// Which connection a call gets whose operation is not idempotent. Calls of idempotent operations use
/// idle connections, and a fresh one for retries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionReuse {
    /// A fresh one. That takes two more round trips, and about half a millisecond of processor time on
    /// both sides together: 1,000 sends on loopback took 0.18 s instead of 0.04, and 0.60 s instead of
    /// 0.15 over TLS. Some 470 such calls a second, for a minute, run out of ports for one destination.
    #[default]
    Never,
    /// One that was idle for less than a second, by the monotonic clock and by the wall clock; else a
    /// fresh one. A server that closes connections sooner makes some calls end with
    /// [`is_outcome_unknown`](super::Error::is_outcome_unknown).
    Recent,
}

/// Detects that the machine was suspended, during which the monotonic clock of Linux stands still.
#[derive(Debug, Default)]
pub(super) struct Suspension(Mutex<Option<Seen>>);

#[derive(Clone, Copy, Debug)]
struct Seen {
    now: Instant,
    calendar: SystemTime,
    /// Until when connections may be older than they seem.
    doubtful: Option<Instant>,
}

impl Suspension {
    /// Whether a connection that seems recent is: no suspension was noticed lately. It is to be asked
    /// before a connection is used, and when it becomes idle.
    pub fn is_trusted(&self, clock: &dyn Clock) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, calendar) = (clock.now(), clock.calendar());
        let doubtful = last.and_then(|last| {
            if last.passed_alike(now, calendar) {
                last.doubtful.filter(|until| now < *until)
            } else {
                now.checked_add(RECENT)
            }
        });
        *last = Some(Seen {
            now,
            calendar,
            doubtful,
        });
        doubtful.is_none()
    }
}

impl Seen {
    fn passed_alike(&self, now: Instant, calendar: SystemTime) -> bool {
        let passed = now.saturating_duration_since(self.now);
        let by_calendar = calendar.duration_since(self.calendar);
        by_calendar.is_ok_and(|by_calendar| by_calendar.abs_diff(passed) <= TOLERANCE)
    }
}
