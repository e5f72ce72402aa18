//! The program as people use it: every command line, against the fake.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A failure of a test is a panic.
#![allow(clippy::too_many_lines)] // The steps and cases of a test stay together.

mod auth;
mod bounds;
mod commands;
mod confluent;
mod faults;
mod help;
mod input;
mod interrupted;
mod journal;
mod kill;
mod plan;
mod sandbox;
mod scale;
mod settle;
#[cfg(unix)]
mod terminal;
