//! The rules of a rate limiter, without a clock and without waiting.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::{LateReason, TooLate};

/// How long the limiter stays closed after a throttled attempt without a hint, and after each throttled
/// probe, in seconds. The last one counts for all that follow.
const PROBE_AFTER: [u64; 5] = [1, 2, 4, 8, 15];
/// How much of that is random, so that several processes do not probe at the same moment.
const JITTER: f64 = 0.1;
/// Above this many attempts at once, concurrency is unlimited again.
const MAX_WINDOW: usize = 64;

/// What a call in the queue is to do.
pub(super) enum Turn {
    /// Send the attempt, under this generation.
    Admitted(u64),
    /// Wait for so long, and ask again.
    Wait(Duration),
    /// Wait until something changes: another call is before this one, or holds the last permit.
    Behind,
    /// Give up.
    TooLate(TooLate),
}

/// Attempts at once after the limiter was closed: slow start.
struct Window {
    size: usize,
    successes: usize,
}

/// The state of a rate limiter.
pub(super) struct State {
    next_ticket: u64,
    /// Calls that wait, the oldest first.
    queue: BTreeMap<u64, Arc<Notify>>,
    in_flight: usize,
    max_in_flight: usize,
    /// The user's own limit: between two attempts, and when the next one may be sent.
    interval: Option<Duration>,
    next: Option<Instant>,
    /// Nothing is sent before.
    closed_until: Option<Instant>,
    /// How many times the limiter was closed. An attempt of an earlier generation says nothing new.
    generation: u64,
    /// How many times in a row an attempt was throttled.
    refusals: usize,
    window: Option<Window>,
}

impl State {
    pub fn new(interval: Option<Duration>, max_in_flight: Option<usize>) -> Self {
        Self {
            next_ticket: 0,
            queue: BTreeMap::new(),
            in_flight: 0,
            max_in_flight: max_in_flight.unwrap_or(usize::MAX),
            interval,
            next: None,
            closed_until: None,
            generation: 0,
            refusals: 0,
            window: None,
        }
    }

    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    pub fn queued(&self) -> usize {
        self.queue.len()
    }

    pub fn next_ticket(&mut self) -> u64 {
        self.next_ticket += 1;
        self.next_ticket
    }

    pub fn enqueue(&mut self, ticket: u64, changed: Arc<Notify>) {
        self.queue.insert(ticket, changed);
    }

    /// A call does not wait any more.
    pub fn leave(&mut self, ticket: u64) {
        if self.queue.remove(&ticket).is_some() {
            self.wake_first();
        }
    }

    /// An attempt is not in flight any more.
    pub fn give_back(&mut self) {
        self.in_flight -= 1;
        self.wake_first();
    }

    /// How many calls are before this one.
    pub fn ahead_of(&self, ticket: u64) -> usize {
        self.queue.range(..ticket).count()
    }

    /// What a call is to do now. One that is not in the queue is behind the earlier ones there.
    pub fn turn(&mut self, ticket: u64, now: Instant, deadline: Option<Instant>) -> Turn {
        let turn = self.peek(ticket, now);
        match turn {
            Turn::Admitted(_) => {
                self.in_flight += 1;
                self.next = self.interval.and_then(|interval| now.checked_add(interval));
                self.leave(ticket);
                turn
            }
            _ if deadline.is_some_and(|deadline| self.opens_at(now, ticket) >= deadline) => {
                Turn::TooLate(self.too_late(now, ticket))
            }
            _ => turn,
        }
    }

    /// What a call would be to do now, without a deadline. Nothing is changed.
    pub fn peek(&self, ticket: u64, now: Instant) -> Turn {
        let opens = self.opens_at(now, ticket);
        let first = self.queue.first_key_value();
        let is_first = first.is_none_or(|(first, _)| *first >= ticket);
        match is_first {
            true if opens > now => Turn::Wait(opens - now),
            true if self.has_permit() => Turn::Admitted(self.generation),
            _ => Turn::Behind,
        }
    }

    fn has_permit(&self) -> bool {
        let window = self
            .window
            .as_ref()
            .map_or(usize::MAX, |window| window.size);
        self.in_flight < window.min(self.max_in_flight)
    }

    /// The earliest moment at which a call of the queue may be sent.
    fn opens_at(&self, now: Instant, ticket: u64) -> Instant {
        let opens = self.closed_until.map_or(now, |until| until.max(now));
        let (Some(next), Some(interval)) = (self.next, self.interval) else {
            return opens;
        };
        let ahead = u32::try_from(self.ahead_of(ticket)).unwrap_or(u32::MAX);
        let paced = next.checked_add(interval.saturating_mul(ahead));
        opens.max(paced.unwrap_or(next))
    }

    /// Why a call cannot be admitted in time.
    pub fn too_late(&self, now: Instant, ticket: u64) -> TooLate {
        let wait = self.opens_at(now, ticket).saturating_duration_since(now);
        let is_closed = self.closed_until.is_some_and(|until| until > now);
        let reason = match is_closed || self.window.is_some() {
            true => LateReason::Quota,
            false if wait.is_zero() && self.has_permit() => LateReason::Deadline,
            false => LateReason::RateLimit,
        };
        TooLate {
            reason,
            retry_after: Some(wait).filter(|wait| !wait.is_zero()),
        }
    }

    /// Sends nothing for a while, though nothing was throttled.
    pub fn pause(&mut self, now: Instant, wait: Duration) {
        self.closed_until = self.closed_until.max(now.checked_add(wait));
    }

    /// The server did not throttle an attempt. Returns whether that opens the limiter.
    pub fn not_throttled(&mut self, generation: u64) -> bool {
        if generation != self.generation {
            return false;
        }
        let opened = std::mem::take(&mut self.refusals) > 0;
        if let Some(window) = &mut self.window {
            window.successes += 1;
            // One success alone may be the only request that a quota has left.
            if window.successes >= window.size.max(2) {
                window.size *= 2;
                window.successes = 0;
            }
            if window.size > MAX_WINDOW {
                self.window = None;
            }
        }
        opened
    }

    /// The server throttled an attempt. Returns for how long the limiter is closed, and whether it was
    /// this attempt that closed it.
    pub fn throttled(
        &mut self,
        generation: u64,
        now: Instant,
        hint: Option<Duration>,
    ) -> (Duration, bool) {
        let closes = generation == self.generation;
        if closes {
            self.generation += 1;
            self.pause(now, probe_after(self.refusals));
            self.refusals += 1;
            self.window = Some(Window {
                size: 1,
                successes: 0,
            });
        }
        self.pause(now, hint.unwrap_or_default());
        // Calls that cannot be sent in time give up now.
        for changed in self.queue.values().filter(|_| closes) {
            changed.notify_one();
        }
        let until = self.closed_until.unwrap_or(now);
        (until.saturating_duration_since(now), closes)
    }

    fn wake_first(&self) {
        if let Some((_, first)) = self.queue.first_key_value() {
            first.notify_one();
        }
    }
}

/// How long the limiter stays closed after so many throttled attempts in a row.
fn probe_after(refusals: usize) -> Duration {
    let seconds = PROBE_AFTER[refusals.min(PROBE_AFTER.len() - 1)];
    Duration::from_secs(seconds).mul_f64(1.0 + JITTER * (2.0 * fastrand::f64() - 1.0))
}
