//! Cloud Identity: the User Invitation API, and what authenticates its callers, the OAuth token endpoint
//! and `signJwt` of IAM Credentials.

mod account;
mod call;
mod customer_state;
mod filter;
mod invitations;
mod mask;
mod order;
mod pages;
mod quota;
mod route;
mod seeding;

use std::sync::{Arc, Mutex};

use rand::rngs::ChaCha8Rng;

pub use account::{Account, State};
pub(crate) use customer_state::CustomerState;
pub(crate) use pages::Pages;
pub(crate) use quota::Quota;

use crate::clock::Clock;
use crate::locked;
use crate::oauth::Credentials;

/// The state of the API. No lock is held while anything is waited for, nor two of them at once but in
/// the order in which they stand here.
#[derive(Debug)]
pub(crate) struct CloudIdentity {
    pub clock: Arc<Clock>,
    pub customer: String,
    /// The customer's first domain.
    pub domain: String,
    pub credentials: Credentials,
    pub customer_state: Mutex<CustomerState>,
    pub pages: Mutex<Pages>,
    pub quota: Mutex<Quota>,
    /// What the next seeded accounts are drawn from, and how many there were.
    pub seeded: Mutex<(ChaCha8Rng, usize)>,
}

impl CloudIdentity {
    /// Adds as many accounts, in all states, all of them old enough to be listed.
    pub(crate) fn seed(&self, count: usize) {
        let now = self.clock.now();
        let accounts = {
            let mut seeded = locked(&self.seeded);
            let (random, before) = &mut *seeded;
            let numbers = *before..before.saturating_add(count);
            *before = numbers.end;
            seeding::accounts(random, &self.domain, numbers)
        };
        let mut state = locked(&self.customer_state);
        for account in &accounts {
            state.add(account, now);
        }
    }
}
