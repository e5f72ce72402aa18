//! What the tests share: the clients of the fixtures, and a server that writes down what it is asked.

pub mod recorder;

/// The client of each accepted fixture, generated when this crate is built.
pub mod fixtures {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}
