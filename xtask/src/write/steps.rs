//! Every single change of the disk, told before it is made, so that a test can stop a task at each.

use std::sync::OnceLock;

static OBSERVER: OnceLock<fn()> = OnceLock::new();

/// Calls a function before each change of the disk. The first one that is given stays.
pub(crate) fn observe(observer: fn()) {
    let _ = OBSERVER.set(observer);
}

/// What follows changes the disk.
pub(super) fn step() {
    if let Some(observer) = OBSERVER.get() {
        observer();
    }
}
