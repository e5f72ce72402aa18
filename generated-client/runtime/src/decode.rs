//! Decodes the body of a response, strictly.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::response::CallResponse;
use super::{Error, Operation, Response};

/// Decodes a response.
pub(super) fn read<T: DeserializeOwned>(
    response: CallResponse,
    operation: &'static Operation,
) -> Result<Response<T>, Error> {
    match decode(&response.raw.body, operation) {
        Ok(value) => Ok(Response::new(response, operation, value)),
        Err(error) => {
            let what = what_is_wrong(&response.raw.body, &error);
            Err(response.decode_error(operation, what))
        }
    }
}

/// Decodes a body.
fn decode<T: DeserializeOwned>(body: &[u8], operation: &Operation) -> Result<T, serde_json::Error> {
    if operation.has_data_wrapper() {
        let inside: Data<Option<T>> = serde_json::from_slice(body)?;
        if let Some(data) = inside.data {
            return Ok(data);
        }
    }
    serde_json::from_slice(body)
}

/// A message inside of an object.
#[derive(Serialize, Deserialize)]
pub(super) struct Data<T> {
    /// The message.
    pub data: T,
}

/// What is wrong with a body, and where. The message of serde would hold values, which may be personal
/// data.
fn what_is_wrong(body: &[u8], error: &serde_json::Error) -> String {
    let place = format!("at line {}, column {}", error.line(), error.column());
    if body.is_empty() {
        "it is empty".to_owned()
    } else if error.is_data() {
        format!("it has another form than the API describes, {place}")
    } else {
        format!("it is not JSON, {place}")
    }
}
