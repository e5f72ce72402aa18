//! The fake of `--fake`: an organization of some thousand people on this machine.
//!
//! It begins the same each time. What was done to it before stands in its journal, and is repeated.

use std::time::{Duration, SystemTime};

use generated_client::cloudidentity::Client;
use generated_client::runtime::{RateLimit, RateLimiter};
use generated_client_fake::{Account, FakeServer, State};

use crate::clock::Clock;
use crate::exit::Failure;
use crate::journal::{Journal, Replay};
use crate::service::{Connection, Service};
use crate::words::{DAY, Rate};

/// How many people there are.
const PEOPLE: u64 = 3_311;
const GIVEN: [&str; 12] = [
    "ada", "bela", "chidi", "dana", "emre", "freya", "gus", "hana", "ines", "joao", "kim", "lev",
];
const FAMILY: [&str; 10] = [
    "adams", "brand", "costa", "diaz", "fox", "garcia", "hope", "ito", "jansen", "kaya",
];

/// Starts it. It stops when it is dropped.
pub async fn start(clock: Clock) -> Result<FakeServer, Failure> {
    let mut fake = FakeServer::builder()
        .customer("C0fake123")
        .also_domain("example.org")
        .account("ada@example.com")
        .account(Account::new("new@example.com").age(Duration::from_secs(3_600)));
    if let Clock::Standing(seconds) = clock {
        let time = Duration::from_secs(seconds.unsigned_abs());
        fake = fake.starts_at(SystemTime::UNIX_EPOCH + time);
    }
    for number in 0..PEOPLE - 1 {
        fake = fake.account(person(number));
    }
    Ok(fake.start().await?)
}

/// A client of it.
pub fn connect(fake: &FakeServer, rate: Option<Rate>) -> Result<Connection, Failure> {
    let limit = rate.map_or_else(RateLimit::new, |rate| {
        RateLimit::new().per_second(rate.per_second)
    });
    let limiter = RateLimiter::new(limit);
    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .rate_limiter(limiter.clone())
        .build()?;
    Ok(Connection {
        service: Service::Google(client.customer(fake.customer_id())?),
        limiter,
        journal: "fake".to_owned(),
        customer: fake.customer_id().to_owned(),
        subject: Some(fake.administrator()),
    })
}

/// Repeats what the journal says was done.
pub fn replay(fake: &FakeServer, journal: &Journal, clock: Clock) -> Result<(), Failure> {
    let now = clock.now();
    journal.replay(|done: Replay| {
        let ago = Duration::from_secs(now.saturating_sub(done.at).max(0).unsigned_abs());
        let mails = u64::try_from(done.mails_before).unwrap_or(0);
        let (state, mails) = match done.cancelled {
            true => (State::NotYetSent, mails),
            false => (State::Invited, mails + 1),
        };
        let account = Account::new(done.address).state(state).emails_sent(mails);
        fake.add(account.unchanged_for(ago));
    })
}

/// One of the people: half were never invited, the others share the rest.
fn person(number: u64) -> Account {
    // Any mixture will do, as long as it is the same each time.
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    let pick = |of: u64, salt: u64| (mixed / salt) % of;
    let given = GIVEN[usize::try_from(pick(12, 1)).unwrap_or(0)];
    let family = FAMILY[usize::try_from(pick(10, 12)).unwrap_or(0)];
    let domain = if pick(8, 120) == 0 {
        "example.org"
    } else {
        "example.com"
    };
    let (state, mails) = match pick(20, 960) {
        0..10 => (State::NotYetSent, 0),
        10..15 => (State::Invited, 1 + pick(3, 19_200)),
        15..18 => (State::Accepted, 1),
        _ => (State::Declined, 1),
    };
    let days = |count: u64| Duration::from_secs(count * DAY.unsigned_abs() + number);
    Account::new(format!("{given}.{family}{number}@{domain}"))
        .age(days(400))
        .unchanged_for(days(pick(90, 57_600)))
        .state(state)
        .emails_sent(mails)
}
