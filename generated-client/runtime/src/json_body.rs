//! The JSON body of a request. Some operations have the message inside of an object, as its member `data`.

use serde::Serialize;

use super::decode::Data;
use super::error::InvalidArgument;
use super::{Bytes, JsonObject, JsonValue, Operation};

/// A message as a body.
pub(super) fn write(
    operation: &Operation,
    message: &(impl Serialize + ?Sized),
) -> Result<Bytes, InvalidArgument> {
    match operation.has_data_wrapper() {
        true => to_json(&Data { data: message }),
        false => to_json(message),
    }
}

/// An empty message as a body.
pub(super) fn empty(operation: &Operation) -> Bytes {
    Bytes::from_static(match operation.has_data_wrapper() {
        true => br#"{"data":{}}"#,
        false => b"{}",
    })
}

/// The string in a property of the message.
pub(super) fn property(operation: &Operation, body: &[u8], name: &str) -> Option<String> {
    let mut body = serde_json::from_slice(body).ok()?;
    let value = message(operation, &mut body)?.get(name)?;
    value.as_str().map(str::to_owned)
}

/// A body with a property of the message set.
pub(super) fn with_property(
    operation: &Operation,
    body: &[u8],
    name: &str,
    value: JsonValue,
) -> Result<Bytes, InvalidArgument> {
    let no_object = || InvalidArgument::new("the body is no object in JSON");
    let mut body = serde_json::from_slice(body).map_err(|_| no_object())?;
    let message = message(operation, &mut body).ok_or_else(no_object)?;
    message.insert(name.to_owned(), value);
    to_json(&body)
}

fn to_json(body: &(impl Serialize + ?Sized)) -> Result<Bytes, InvalidArgument> {
    serde_json::to_vec(body)
        .map(Bytes::from)
        .map_err(|_| InvalidArgument::new("the body has no form in JSON"))
}

/// The message in a body.
fn message<'a>(operation: &Operation, body: &'a mut JsonObject) -> Option<&'a mut JsonObject> {
    match operation.has_data_wrapper() {
        true => body.get_mut("data")?.as_object_mut(),
        false => Some(body),
    }
}
