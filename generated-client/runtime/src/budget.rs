//! Retry throttling: a budget for retries that all calls of a client share, so that an outage is not
//! multiplied.

use std::sync::{Mutex, PoisonError};

/// What a retry costs, where a call that succeeds pays in one. Whole numbers: ten times a tenth would
/// be less than one.
const COST: u64 = 10;

/// How many retries are allowed at once: as many as were saved up. Every retry takes one, and gives it
/// back if it succeeds; every other call that succeeds puts back a tenth. So retries that help are
/// never refused for long: with 20 % of attempts failing, as much comes back as is taken.
#[derive(Debug)]
pub(super) struct Budget {
    saved: Mutex<u64>,
    capacity: u64,
}

impl Budget {
    /// A full budget for this many retries.
    pub fn new(retries: u32) -> Self {
        let capacity = u64::from(retries) * COST;
        Self {
            saved: Mutex::new(capacity),
            capacity,
        }
    }

    /// Pays for a retry, if there is enough.
    pub fn withdraw(&self) -> bool {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = *saved >= COST;
        if enough {
            *saved -= COST;
        }
        enough
    }

    /// Pays in for a call that succeeded, after a retry or without one.
    pub fn deposit(&self, retried: bool) {
        let amount = if retried { COST } else { 1 };
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        *saved = (*saved + amount).min(self.capacity);
    }
}
