//! Makes accounts by the hundred, from the seed.

use std::time::Duration;

use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;

use super::account::{Account, State};

const GIVEN: [&str; 12] = [
    "ada", "bela", "chidi", "dana", "emre", "freya", "gus", "hana", "ines", "joao", "kim", "lev",
];
const FAMILY: [&str; 10] = [
    "adams",
    "brand",
    "costa",
    "diaz",
    "o'hara",
    "fox",
    "garcia-ruiz",
    "hope",
    "ito",
    "jansen",
];

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// Makes accounts that all are listed: older than 48 hours, each with an address of its own.
pub(crate) fn accounts(
    random: &mut ChaCha8Rng,
    domain: &str,
    numbers: std::ops::Range<usize>,
) -> Vec<Account> {
    numbers
        .map(|number| account(random, domain, number))
        .collect()
}

fn account(random: &mut ChaCha8Rng, domain: &str, number: usize) -> Account {
    let given = GIVEN[random.random_range(0..GIVEN.len())];
    let family = FAMILY[random.random_range(0..FAMILY.len())];
    // Some addresses have a tag: a `+` that is lost on the way is seen.
    let tag = if random.random_range(0..8) == 0 {
        "+web"
    } else {
        ""
    };
    let address = format!("{given}.{family}{number}{tag}@{domain}");
    // Half of the accounts were left alone; the others share the rest evenly enough to filter.
    let state = match random.random_range(0..20) {
        0..10 => State::NotYetSent,
        10..15 => State::Invited,
        15..18 => State::Accepted,
        _ => State::Declined,
    };
    let emails = match state {
        State::NotYetSent => 0,
        _ => random.random_range(1..4),
    };
    Account::new(address)
        .age(Duration::from_secs(random.random_range(3 * DAY..400 * DAY)))
        .unchanged_for(age_of_change(random))
        .state(state)
        .emails_sent(emails)
}

/// The API writes times with 0, 3, 6 or 9 digits behind the point, as many as they need.
fn age_of_change(random: &mut ChaCha8Rng) -> Duration {
    let seconds = random.random_range(MINUTE..3 * DAY);
    let unit = [0, 1_000_000, 1_000, 1][random.random_range(0..4)];
    Duration::new(seconds, unit * random.random_range(1..1_000))
}
