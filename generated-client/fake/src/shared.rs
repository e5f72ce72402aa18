//! Everything that the connections share.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;

use super::clock::Clock;
use super::confluent::ConfluentWorld;
use super::counters::Counters;
use super::credentials::Credentials;
use super::faults::Plan;
use super::pages::Pages;
use super::quota::Quota;
use super::world::World;

/// The fake's state. No lock is held while anything is waited for, nor two of them at once but in
/// the order in which they stand here.
#[derive(Debug)]
pub(super) struct Shared {
    pub customer: String,
    /// The customer's first domain.
    pub domain: String,
    pub clock: Clock,
    pub credentials: Credentials,
    /// How long the rest of a request may take to come.
    pub patience: Duration,
    /// Where redirects lead.
    pub elsewhere: String,
    pub world: Mutex<World>,
    pub pages: Mutex<Pages>,
    pub confluent: Mutex<ConfluentWorld>,
    pub plan: Mutex<Plan>,
    pub quota: Mutex<Quota>,
    pub counters: Mutex<Counters>,
    /// What the next seeded accounts are drawn from, and how many there were.
    pub seeded: Mutex<(ChaCha8Rng, usize)>,
    /// How many requests came to where redirects lead.
    pub strays: AtomicU64,
}
