//! What an answer holds, read strictly.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::exchange::Answer;
use super::{Error, Operation, Response};

/// What an answer holds.
pub(super) fn read<T: DeserializeOwned>(
    answer: Answer,
    operation: &'static Operation,
) -> Result<Response<T>, Error> {
    match decode(&answer.body, operation) {
        Ok(value) => Ok(Response::new(answer, operation, value)),
        Err(error) => {
            let what = what_is_wrong(&answer.body, &error);
            Err(answer.unreadable(operation, what))
        }
    }
}

/// What a body holds.
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

/// Where a body is not as it should be. What serde would say holds values, which may be anyone's
/// address.
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
