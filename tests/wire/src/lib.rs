//! Which Discovery documents there are, and what they say, read without the generator.

pub mod document;
