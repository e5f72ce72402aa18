//! A limit on how fast a client calls, which slows down when the server says so, and recovers.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderMap;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::clock::Clock;
use super::headers::header;

/// How far the speed may fall, as a part of what is allowed.
const SLOWEST: f64 = 1.0 / 64.0;
/// How much of what is allowed comes back with each call that succeeds.
const RECOVERY: f64 = 1.0 / 64.0;

/// How fast a client may call.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limit {
    per_second: Option<f64>,
    in_flight: Option<usize>,
    as_told: bool,
}

impl Limit {
    /// No limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// At most this many attempts a second. Each answer that says there were too many halves it, down
    /// to a 64th; each success gives a 64th back. What is not a positive number is no limit.
    #[must_use]
    pub fn per_second(mut self, attempts: f64) -> Self {
        self.per_second = (attempts.is_finite() && attempts > 0.0).then_some(attempts);
        self
    }

    /// At most this many attempts at once; at least one is allowed.
    #[must_use]
    pub fn in_flight(mut self, attempts: usize) -> Self {
        self.in_flight = Some(attempts.clamp(1, Semaphore::MAX_PERMITS));
        self
    }

    /// Stops before the server's own limit is hit: where an answer says in `X-RateLimit-Remaining` that
    /// no more requests are left, the next one waits for as many seconds as `X-RateLimit-Reset` says.
    #[must_use]
    pub fn as_told(mut self) -> Self {
        self.as_told = true;
        self
    }
}

/// What keeps a limit, for all calls of a client.
#[derive(Debug)]
pub(super) struct Gate {
    places: Option<Semaphore>,
    pace: Option<Mutex<Pace>>,
    /// Until when the server wants nothing more, for a gate that heeds it.
    told: Option<Mutex<Option<Instant>>>,
}

#[derive(Debug)]
struct Pace {
    allowed: f64,
    per_second: f64,
    next: Option<Instant>,
}

/// The place of an attempt among those that are under way, where these are limited.
pub(super) type Place<'a> = Option<SemaphorePermit<'a>>;

/// An attempt may not begin before its call's time is over.
pub(super) struct Late;

impl Gate {
    pub fn new(limit: Limit) -> Self {
        Self {
            places: limit.in_flight.map(Semaphore::new),
            told: limit.as_told.then(Mutex::default),
            pace: limit.per_second.map(|allowed| {
                Mutex::new(Pace {
                    allowed,
                    per_second: allowed,
                    next: None,
                })
            }),
        }
    }

    /// Waits until an attempt may begin, if that is before `end`. It counts as under way until what is
    /// returned is dropped.
    pub async fn enter(&self, clock: &dyn Clock, end: Instant) -> Result<Place<'_>, Late> {
        let left = || end.saturating_duration_since(clock.now());
        let place = match &self.places {
            // Others free their places in real time, whatever clock counts the waits.
            Some(places) => match tokio::time::timeout(left(), places.acquire()).await {
                // It is never closed.
                Ok(place) => place.ok(),
                Err(_) => return Err(Late),
            },
            None => None,
        };
        match self.pace(|pace| pace.reserve(clock.now(), end)) {
            None => {}
            Some(None) => return Err(Late),
            Some(Some(wait)) if wait.is_zero() => {}
            Some(Some(wait)) => clock.sleep(wait).await,
        }
        if let Some(wait) = self.told_to_wait(clock.now()) {
            if wait >= left() {
                return Err(Late);
            }
            clock.sleep(wait).await;
        }
        // A wait can take longer than was asked.
        if left().is_zero() {
            return Err(Late);
        }
        Ok(place)
    }

    /// Heeds what an answer says of the requests that are left.
    pub fn heed(&self, headers: &HeaderMap, now: Instant) {
        let Some(told) = &self.told else { return };
        let left: Option<u64> = header(headers, "x-ratelimit-remaining");
        let reset: Option<u64> = header(headers, "x-ratelimit-reset");
        if let (Some(0), Some(reset)) = (left, reset) {
            let until = now.checked_add(Duration::from_secs(reset));
            *told.lock().unwrap_or_else(PoisonError::into_inner) = until;
        }
    }

    /// For how long the server wants nothing more.
    fn told_to_wait(&self, now: Instant) -> Option<Duration> {
        let until = *self
            .told
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let wait = until?.saturating_duration_since(now);
        (!wait.is_zero()).then_some(wait)
    }

    /// The server said that there were too many calls.
    pub fn slow_down(&self) {
        self.pace(|pace| pace.per_second = (pace.per_second / 2.0).max(pace.allowed * SLOWEST));
    }

    /// A call succeeded.
    pub fn recover(&self) {
        self.pace(|pace| {
            pace.per_second = (pace.per_second + pace.allowed * RECOVERY).min(pace.allowed);
        });
    }

    fn pace<T>(&self, change: impl FnOnce(&mut Pace) -> T) -> Option<T> {
        let pace = self.pace.as_ref()?;
        Some(change(
            &mut pace.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

impl Pace {
    /// Takes the next free moment, unless it is too late by then. Returns how long it is until then.
    fn reserve(&mut self, now: Instant, end: Instant) -> Option<Duration> {
        let moment = self.next.map_or(now, |next| next.max(now));
        if moment >= end {
            return None;
        }
        self.next = Some(moment + Duration::from_secs_f64(1.0 / self.per_second));
        Some(moment - now)
    }
}
