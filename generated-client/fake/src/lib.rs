#![doc = include_str!("../docs/test-against-the-fake.md")]

mod account;
mod builder;
mod clock;
mod confluent;
mod counters;
mod credentials;
mod error;
mod faults;
mod filter;
mod invitations;
mod line;
mod mask;
mod order;
mod pages;
mod query;
mod quota;
mod random;
mod reply;
mod request;
mod route;
mod seeding;
mod serve;
mod server;
mod service;
mod shared;
mod world;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use account::{Account, State};
pub use builder::Builder;
pub use confluent::Confluent;
pub use credentials::{Grant, scope};
pub use faults::{Fault, Hint, RateReason, Redirect, Rule, UnknownFault};
pub use route::Method;
pub use server::FakeServer;

/// Locks. What a panic left behind is still whole: every change is made in one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
