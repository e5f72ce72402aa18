//! The fake's time: that of the system, or one that stands still. Either can be moved forward.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

use super::locked;

/// Tells the time, knows nothing of what it is used for.
#[derive(Debug)]
pub(crate) struct Clock {
    start: DateTime<Utc>,
    /// Since when it runs; `None` for a clock that stands still.
    running: Option<Instant>,
    moved: Mutex<TimeDelta>,
}

impl Clock {
    /// A clock that goes with the system's.
    pub(crate) fn running() -> Self {
        Self {
            start: SystemTime::now().into(),
            running: Some(Instant::now()),
            moved: Mutex::default(),
        }
    }

    /// A clock that shows one time until it is moved.
    pub(crate) fn standing(at: SystemTime) -> Self {
        Self {
            start: at.into(),
            running: None,
            moved: Mutex::default(),
        }
    }

    /// What time it is.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        later(self.unmoved(), *locked(&self.moved))
    }

    /// The time as if the clock had never been moved, which is what a client's own clock shows.
    pub(crate) fn unmoved(&self) -> DateTime<Utc> {
        let run = self.running.map_or(Duration::ZERO, |since| since.elapsed());
        later(self.start, delta(run))
    }

    /// Moves the time forward.
    pub(crate) fn advance(&self, by: Duration) {
        let mut moved = locked(&self.moved);
        *moved = moved.checked_add(&delta(by)).unwrap_or(TimeDelta::MAX);
    }
}

/// A duration as chrono has it; what is too long for it becomes its longest.
pub(crate) fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

/// A later time; the last there is, where the sum would pass it.
pub(crate) fn later(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_add_signed(by)
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// An earlier time; the first there is, where the difference would pass it.
pub(crate) fn earlier(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_sub_signed(by)
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}
