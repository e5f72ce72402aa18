//! Values that tests make out of JSON.
//!
//! A value that cannot be made is a failed test.

#![allow(clippy::expect_used)]

use generated_client_runtime::wire::{self, In, Out, Wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Sends a JSON text through a type.
pub type Through = fn(&str) -> Result<String, serde_json::Error>;

/// A value out of JSON.
pub fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("a made-up value is one of the type")
}

/// A value that travels in a form of its own, out of JSON.
pub fn wire_value<T: Wire>(json: &str) -> T {
    let mut from = serde_json::Deserializer::from_str(json);
    wire::deserialize(&mut from).expect("a made-up value is one of the type")
}

/// A value as JSON.
pub fn shown<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("every value has a form in JSON")
}

/// What comes out of a type of what goes in.
pub fn through<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

/// The same of a type that travels in a form of its own.
pub fn through_wire<T: Wire>(json: &str) -> Result<String, serde_json::Error> {
    let value: In<T> = serde_json::from_str(json)?;
    serde_json::to_string(&Out(&value.into_inner()))
}
