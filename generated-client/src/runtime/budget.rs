//! A budget for retries that all calls of a client share, so that an outage is not multiplied.

use std::sync::{Mutex, PoisonError};

/// What a call that succeeds pays in, of what a retry costs.
const RATIO: f64 = 0.1;

/// How many retries are allowed at once: as many as were saved up. Every retry takes one, every
/// call that succeeds puts back a tenth.
#[derive(Debug)]
pub(super) struct Budget {
    saved: Mutex<f64>,
    capacity: f64,
}

impl Budget {
    /// A full budget for this many retries.
    pub fn new(retries: u32) -> Self {
        let capacity = f64::from(retries);
        Self {
            saved: Mutex::new(capacity),
            capacity,
        }
    }

    /// Pays for a retry, if there is enough.
    pub fn withdraw(&self) -> bool {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = *saved >= 1.0;
        if enough {
            *saved -= 1.0;
        }
        enough
    }

    /// Pays in for a call that succeeded.
    pub fn deposit(&self) {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        *saved = (*saved + RATIO).min(self.capacity);
    }
}
