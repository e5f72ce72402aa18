//! Which OpenAPI documents there are, and what they say, read without the generator.

pub mod documents;
pub mod reading;
