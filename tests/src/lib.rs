//! What the tests share: the clients of the fixtures, a server that writes down what it is asked, and values.

pub mod recorder;
pub mod samples;
pub mod values;

/// The client of each accepted fixture, generated when this crate is built.
pub mod fixtures {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// The examples of the README, so that they are compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
