//! Retry throttling: a retry budget that all calls of a client share, so that retries do not multiply
//! an outage.

use std::sync::{Mutex, PoisonError};

/// What a retry withdraws, where a call that succeeds deposits one. Whole numbers: ten times a tenth
/// would be less than one.
const COST: u64 = 10;

/// The retry budget. A retry withdraws one from the balance, and deposits it again if it succeeds;
/// every other call that succeeds deposits a tenth. So retries that help are never refused for long:
/// with 20 % of attempts failing, deposits make up for withdrawals.
#[derive(Debug)]
pub(super) struct RetryThrottler {
    balance: Mutex<u64>,
    capacity: u64,
}

impl RetryThrottler {
    /// A full budget for this many retries.
    pub fn new(retries: u32) -> Self {
        let capacity = u64::from(retries) * COST;
        Self {
            balance: Mutex::new(capacity),
            capacity,
        }
    }

    /// Withdraws a retry. Returns whether the balance was enough.
    pub fn withdraw(&self) -> bool {
        let mut balance = self.balance.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = *balance >= COST;
        if enough {
            *balance -= COST;
        }
        enough
    }

    /// Deposits for a call that succeeded, after a retry or without one.
    pub fn deposit(&self, retried: bool) {
        let amount = if retried { COST } else { 1 };
        let mut balance = self.balance.lock().unwrap_or_else(PoisonError::into_inner);
        *balance = (*balance + amount).min(self.capacity);
    }
}
