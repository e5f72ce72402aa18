//! Which OpenAPI documents there are, and what they say, read without the generator.

#![allow(clippy::too_many_lines)] // A value of each kind of schema is made in one place.

pub mod documents;
pub mod reading;
