//! Rate limiting: a limit of the client, and the quota that the server enforces.
//!
//! A throttled attempt (429, or 403 with a reason that stands for a rate limit) is flow control and not a
//! failure. The limiter then closes; the oldest call of its queue probes after the server's hint, or
//! after 1, 2, 4, 8, 15, 15, … seconds; once a probe is not throttled, concurrency grows from one, as
//! in the slow start of TCP. `state.rs` holds these rules without a clock and without waiting.

mod events;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderMap;
use tokio::sync::{Notify, Semaphore};

use super::clock::Clock;
use super::hints::reset;
pub use events::RateLimitEvent;
use state::{State, Turn};

/// The longest interval between two attempts, and the longest time for which a limiter stays closed
/// without a probe: an hour.
const LONGEST: Duration = Duration::from_secs(3600);

/// A rate limit of the client. Every [`RateLimiter`] adapts to the server's quota besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RateLimit {
    interval: Option<Duration>,
    max_in_flight: Option<usize>,
    respects_headers: bool,
}

impl RateLimit {
    /// No limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// At most this many attempts a second, evenly spaced. A number that is not positive is no limit;
    /// less than one attempt an hour counts as one an hour.
    #[must_use]
    pub fn per_second(mut self, attempts: f64) -> Self {
        self.interval = (attempts.is_finite() && attempts > 0.0).then(|| {
            Duration::try_from_secs_f64(1.0 / attempts).map_or(LONGEST, |it| it.min(LONGEST))
        });
        self
    }

    /// At most this many attempts at once; at least one is allowed.
    #[must_use]
    pub fn max_in_flight(mut self, attempts: usize) -> Self {
        self.max_in_flight = Some(attempts.clamp(1, Semaphore::MAX_PERMITS));
        self
    }

    /// Stops before the server's quota is used up: where a response says in `X-RateLimit-Remaining` that
    /// no more requests are left, the next one waits for as long as `X-RateLimit-Reset` says, an hour
    /// at most.
    #[must_use]
    pub fn respect_headers(mut self) -> Self {
        self.respects_headers = true;
        self
    }
}

/// A rate limiter: one first-in, first-out queue for all calls that share it. Every client has one;
/// clients that share a quota should share one, too
/// ([`Builder::rate_limiter`](super::Builder::rate_limiter)). Clones are the same limiter.
///
/// ```
/// use generated_client_runtime::{RateLimit, RateLimiter};
///
/// // At most eight attempts at once, for all clients that get this limiter.
/// let limiter = RateLimiter::new(RateLimit::new().max_in_flight(8));
/// assert_eq!((limiter.in_flight(), limiter.queued()), (0, 0));
/// ```
///
/// A throttled attempt closes the limiter for as long as the server says (`Retry-After`, `RetryInfo`,
/// `RateLimit-Reset`), or for 1, 2, 4, 8, then 15 seconds, ±10 %. Then the oldest call is sent alone.
/// If it is not throttled, the number of attempts at once grows from one, doubling, until it is
/// unlimited. Throttled attempts that were in flight when the limiter closed count once.
#[derive(Clone)]
pub struct RateLimiter {
    state: Arc<Mutex<State>>,
    respects_headers: bool,
}

/// The position of a call in the queue, which it keeps for all of its attempts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket(u64);

/// Which call is to be admitted, and until when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Admission {
    pub ticket: Ticket,
    pub deadline: Option<Instant>,
}

/// A call could not be admitted before its deadline.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooLate {
    pub reason: LateReason,
    /// How long it is until the limiter may admit the call, where that is known.
    pub retry_after: Option<Duration>,
}

/// Why a call could not be admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LateReason {
    /// The server's quota.
    Quota,
    /// The rate limit of the client.
    RateLimit,
    /// The deadline has passed.
    Deadline,
}

impl RateLimiter {
    /// A new rate limiter.
    pub fn new(limit: RateLimit) -> Self {
        Self {
            state: Arc::new(Mutex::new(State::new(limit.interval, limit.max_in_flight))),
            respects_headers: limit.respects_headers,
        }
    }

    /// How many attempts are in flight.
    pub fn in_flight(&self) -> usize {
        self.state().in_flight()
    }

    /// How many calls wait to be admitted.
    pub fn queued(&self) -> usize {
        self.state().queued()
    }

    /// Waits until a call would be sent at once: the limiter is open, and no other call waits. It takes no
    /// permit. A program that records what it is about to send waits here first, and then sends with
    /// [`RetryPolicy::max_quota_wait`](super::RetryPolicy::max_quota_wait) zero: what is recorded and not
    /// sent does not wait for a quota meanwhile. The time is that of the system.
    pub async fn ready(&self) {
        let ticket = self.ticket().0;
        let waiting = Waiting::new(self, ticket);
        loop {
            let changed = waiting.changed.notified();
            let turn = self.state().peek(ticket, Instant::now());
            match turn {
                Turn::Admitted(_) | Turn::TooLate(_) => return,
                Turn::Wait(wait) => tokio::time::sleep(wait).await,
                Turn::Behind => changed.await,
            }
        }
    }

    /// A position at the end of the queue.
    pub(super) fn ticket(&self) -> Ticket {
        Ticket(self.state().next_ticket())
    }

    /// Waits until an attempt may be sent.
    pub(super) async fn admit(
        &self,
        clock: &dyn Clock,
        admission: Admission,
        mut queued: impl FnMut(usize),
    ) -> Result<Permit, TooLate> {
        let ticket = admission.ticket.0;
        let mut entry = None;
        loop {
            let now = clock.now();
            let turn = self.state().turn(ticket, now, admission.deadline);
            let waiting: &Waiting = match (&turn, &mut entry) {
                (Turn::Admitted(generation), _) => return Ok(Permit::new(self, *generation)),
                (Turn::TooLate(late), _) => return Err(*late),
                (_, Some(waiting)) => waiting,
                // Another call may have made room before this one was in the queue: ask once more.
                (_, none) => {
                    *none = Some(Waiting::new(self, ticket));
                    queued(self.state().ahead_of(ticket));
                    continue;
                }
            };
            // Permits are returned in real time, also where the clock of the client is virtual.
            let changed = waiting.changed.notified();
            match (turn, admission.deadline) {
                (Turn::Wait(wait), _) => clock.sleep(wait).await,
                (_, None) => changed.await,
                (_, Some(deadline)) => {
                    let left = deadline.saturating_duration_since(now);
                    if tokio::time::timeout(left, changed).await.is_err() {
                        return Err(self.too_late(clock.now(), admission.ticket));
                    }
                }
            }
        }
    }

    /// Why a call is not admitted in time.
    pub(super) fn too_late(&self, now: Instant, ticket: Ticket) -> TooLate {
        self.state().too_late(now, ticket.0)
    }

    /// Reads how many requests a response says are left.
    pub(super) fn read_headers(&self, headers: &HeaderMap, clock: &dyn Clock) {
        let remaining = super::headers::header(headers, "x-ratelimit-remaining");
        if self.respects_headers
            && remaining == Some(0_u64)
            && let Some(reset) = reset(headers, clock.calendar())
        {
            self.state().pause(clock.now(), reset.min(LONGEST));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<RateLimit> for RateLimiter {
    fn from(limit: RateLimit) -> Self {
        Self::new(limit)
    }
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self::new(RateLimit::new())
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimiter")
            .field("in_flight", &self.in_flight())
            .field("queued", &self.queued())
            .finish_non_exhaustive()
    }
}

/// A call in the queue, which it leaves when it is dropped. One that is admitted at once is never there.
struct Waiting<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
    changed: Arc<Notify>,
}

impl<'a> Waiting<'a> {
    fn new(limiter: &'a RateLimiter, ticket: u64) -> Self {
        let changed = Arc::new(Notify::new());
        limiter.state().enqueue(ticket, Arc::clone(&changed));
        Self {
            limiter,
            ticket,
            changed,
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.limiter.state().leave(self.ticket);
    }
}

/// The permit of an attempt in flight, which is returned when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    limiter: RateLimiter,
    generation: u64,
}

impl Permit {
    fn new(limiter: &RateLimiter, generation: u64) -> Self {
        Self {
            limiter: limiter.clone(),
            generation,
        }
    }

    /// The server has responded, and did not throttle. Returns whether that opens the limiter.
    pub fn not_throttled(self) -> bool {
        self.limiter.state().not_throttled(self.generation)
    }

    /// The server throttled the attempt, and says to wait for so long. Returns for how long the limiter
    /// is closed, and whether this attempt closed it.
    pub fn throttled(self, now: Instant, hint: Option<Duration>) -> (Duration, bool) {
        let hint = hint.map(|hint| hint.min(LONGEST));
        self.limiter.state().throttled(self.generation, now, hint)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limiter.state().give_back();
    }
}
