#![doc = include_str!("../docs/test-against-the-fake.md")]

mod builder;
mod clock;
mod cloudidentity;
mod confluent;
mod connection;
mod counters;
mod error;
mod faults;
mod method;
mod oauth;
mod query;
mod random;
mod reply;
mod request;
mod server;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use builder::Builder;
pub use cloudidentity::{Account, State};
pub use confluent::Confluent;
pub use faults::{Fault, Hint, RateReason, Redirect, Rule, UnknownFault};
pub use method::Method;
pub use oauth::{Grant, scope};
pub use server::FakeServer;

/// Locks. What a panic left behind is still whole: every change is made in one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
