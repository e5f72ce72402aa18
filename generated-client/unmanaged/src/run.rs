//! Runs: one person after the other, each recorded before and after.

mod go;
mod interrupt;
mod outcome;
mod progress;
mod recheck;

pub use go::{Ended, Runner};
pub use interrupt::Interrupt;
pub use progress::Progress;
pub use recheck::recheck;
