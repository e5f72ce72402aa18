//! What an answer holds, read strictly.

use serde::de::DeserializeOwned;

use super::exchange::Answer;
use super::{Error, Operation, Response};

/// What an answer holds.
pub(super) fn read<T: DeserializeOwned>(
    answer: Answer,
    operation: &'static Operation,
) -> Result<Response<T>, Error> {
    match serde_json::from_slice(&answer.body) {
        Ok(value) => Ok(Response::new(answer, operation, value)),
        Err(error) => {
            let what = what_is_wrong(&answer.body, &error);
            Err(answer.unreadable(operation, what))
        }
    }
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
