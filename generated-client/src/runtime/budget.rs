//! A budget for retries that all calls of a client share, so that an outage is not multiplied.

use std::sync::{Mutex, PoisonError};

/// What a retry costs, where a call that succeeds pays in one. Whole numbers: ten times a tenth would
/// be less than one.
const COST: u64 = 10;

/// How many retries are allowed at once: as many as were saved up. Every retry takes one, every
/// call that succeeds puts back a tenth.
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

    /// Pays in for a call that succeeded.
    pub fn deposit(&self) {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        *saved = (*saved + 1).min(self.capacity);
    }
}
