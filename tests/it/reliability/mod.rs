//! Reliability: the facade and the runtime, against everything that can go wrong.

mod bodies;
pub mod capture;
mod drops;
mod facade;
mod faults;
mod listing;
mod outside;
mod paging;
mod quotas;
mod rate_limits;
mod redirects;
mod retries;
mod secrets;
mod send_once;
mod settlement;
mod spans;
mod throttling;
mod times;
pub mod transport;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use generated_client::cloudidentity::{Client, Customer, Invitation};
use generated_client::runtime::{
    self, Attempt, Clock, Error, Observer, Operation, RateLimitEvent, Sleep,
};
use generated_client_fake::{Account, Builder, FakeServer, State};

use crate::support::holding;

/// Somebody who was never invited.
pub const ADA: &str = "ada@example.com";
/// Somebody who was invited once.
const BOB: &str = "bob@example.com";

/// A time for clocks that stand still.
const NOON: u64 = 1_767_268_800;

/// A second.
pub const SECOND: Duration = Duration::from_secs(1);

/// A customer with four accounts, two of them invited.
pub fn four_accounts() -> Builder {
    FakeServer::builder()
        .starts_at(noon())
        .account(ADA)
        .account(Account::new(BOB).state(State::Invited))
        .account("carl@example.com")
        .account(Account::new("dora@example.com").state(State::Invited))
}

pub fn noon() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOON)
}

/// A client of the fake that does not really wait. A test says more before it builds it.
fn builder(fake: &FakeServer) -> runtime::Builder<Client> {
    Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .clock(VirtualClock::default())
}

/// The customer of the fake.
pub fn customer(fake: &FakeServer, client: &Client) -> Customer {
    client.customer(fake.customer_id()).unwrap()
}

/// An invitation of the fake's customer.
pub fn invitation(fake: &FakeServer, client: &Client, address: &str) -> Invitation {
    customer(fake, client).invitation(address).unwrap()
}

/// Time that passes by waiting only, and writes down how long each wait was.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    start: Instant,
    waits: Arc<Mutex<Vec<Duration>>>,
    skipped: Arc<Mutex<Duration>>,
}

impl Default for VirtualClock {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            waits: Arc::default(),
            skipped: Arc::default(),
        }
    }
}

impl VirtualClock {
    /// Every wait so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    /// Lets time pass without waiting. The calendar stays where it is, as the fake's own does.
    pub fn pass(&self, time: Duration) {
        *self.skipped.lock().unwrap() += time;
    }

    /// All waits together.
    pub fn passed(&self) -> Duration {
        self.waits().iter().sum()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Instant {
        self.start + self.passed() + *self.skipped.lock().unwrap()
    }

    fn calendar(&self) -> SystemTime {
        noon() + self.passed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let clock = self.clone();
        Box::pin(async move {
            clock.waits.lock().unwrap().push(duration);
            tokio::task::yield_now().await;
        })
    }
}

/// Writes down every attempt.
#[derive(Clone, Debug, Default)]
struct Spy {
    attempts: Arc<Mutex<Vec<Attempt>>>,
    events: Arc<Mutex<Vec<RateLimitEvent>>>,
}

impl Spy {
    fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().unwrap().clone()
    }

    fn events(&self) -> Vec<RateLimitEvent> {
        self.events.lock().unwrap().clone()
    }
}

impl Observer for Spy {
    fn attempt(&self, attempt: &Attempt) {
        self.attempts.lock().unwrap().push(*attempt);
    }

    fn rate_limit(&self, _: &'static Operation, event: &RateLimitEvent) {
        self.events.lock().unwrap().push(*event);
    }
}

/// What a caller gets: `ok`, or all that holds of the error.
pub fn told<T>(outcome: &Result<T, Error>) -> String {
    match outcome {
        Ok(_) => "ok".to_owned(),
        Err(error) => holding(error),
    }
}
