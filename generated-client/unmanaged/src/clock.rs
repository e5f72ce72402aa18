//! The time of the program: that of the system, which a test may set ahead.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};

/// Tells the time.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// That of the system, so much later.
    Ahead(Duration),
    /// Always this one, in seconds since 1970.
    Standing(i64),
    /// So many times as fast as that of the system, since this moment.
    Fast(u32, SystemTime),
}

impl Default for Clock {
    fn default() -> Self {
        Self::Ahead(Duration::ZERO)
    }
}

impl Clock {
    /// A clock of the tests: `1790000000` stands, `+900` is ahead, `x600` is fast.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(factor) = text.strip_prefix('x') {
            return Some(Self::Fast(factor.parse().ok()?, SystemTime::now()));
        }
        match text.strip_prefix('+') {
            Some(seconds) => Some(Self::Ahead(Duration::from_secs(seconds.parse().ok()?))),
            None => Some(Self::Standing(text.parse().ok()?)),
        }
    }

    /// What time it is, in whole seconds since 1970.
    pub fn now(self) -> i64 {
        match self {
            Self::Standing(seconds) => seconds,
            Self::Fast(factor, since) => {
                let passed = since.elapsed().unwrap_or_default().saturating_mul(factor);
                let now = since.checked_add(passed).unwrap_or(since);
                DateTime::<Utc>::from(now).timestamp()
            }
            Self::Ahead(by) => {
                let now = SystemTime::now().checked_add(by);
                DateTime::<Utc>::from(now.unwrap_or_else(SystemTime::now)).timestamp()
            }
        }
    }
}

/// A time as people and programs read it: RFC 3339, in UTC.
pub fn rfc3339(seconds: i64) -> String {
    DateTime::<Utc>::from_timestamp(seconds, 0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A duration in words, rounded: `84 min`, `2 h 5 min`, `3 days`.
pub fn about(seconds: i64) -> String {
    match seconds.max(0) {
        0..=89 => format!("{} s", seconds.max(0)),
        90..=7_199 => format!("{} min", (seconds + 30) / 60),
        7_200..=172_799 => match (seconds / 60) % 60 {
            0 => format!("{} h", seconds / 3600),
            minutes => format!("{} h {minutes} min", seconds / 3600),
        },
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}
