//! What the parts of this workspace do together.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails stops"
)]

mod fake;
