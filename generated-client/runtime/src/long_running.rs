//! Operations whose work may outlast the call that begins it, as Google's APIs return them.

use super::error::Trace;
use super::{Error, GoogleError, JsonValue, Response};

/// What a call returns whose work may outlast it: `google.longrunning.Operation`, or a message that looks
/// like it.
///
/// Source: <https://google.aip.dev/151>.
pub trait LongRunning {
    /// Whether the operation has ended, where the response says so.
    fn is_done(&self) -> Option<bool>;

    /// Why the work failed, if it did: a `google.rpc.Status`.
    fn failure(&self) -> Option<JsonValue>;
}

impl<T: LongRunning> Response<T> {
    /// The response, unless the operation in it failed. A response with status 200 can hold an error;
    /// whether the work has ended stays as the API says it, or does not say it.
    ///
    /// # Errors
    ///
    /// The operation failed: [`Error::is_operation`]. Of codes that say why the work was refused, it is
    /// known that it was not done; of the others, as of their statuses in HTTP, it is not.
    pub fn succeeded(self) -> Result<Self, Error> {
        match self.body().failure() {
            None => Ok(self),
            Some(status) => Err(failed(&self, &status)),
        }
    }
}

/// The failure of the work that an operation stands for.
fn failed<T>(response: &Response<T>, status: &JsonValue) -> Error {
    let operation = response.operation();
    let google = GoogleError::from_status(status);
    let trace = Trace {
        operation: Some(operation.id()),
        attempts: response.attempts(),
        outcome_unknown: !operation.method().is_safe() && !google.is_refusal(),
        ..Trace::default()
    };
    Error::operation_failed(response.status(), response.headers().clone(), google).with(trace)
}

/// Makes a message one of long-running operations, by its fields `done` and `error`.
#[macro_export]
macro_rules! long_running {
    ($name:ident) => {
        impl $crate::LongRunning for $name {
            fn is_done(&self) -> std::option::Option<bool> {
                self.done
            }

            fn failure(&self) -> std::option::Option<$crate::JsonValue> {
                let error = self.error.as_ref()?;
                $crate::macros::to_json(error)
            }
        }
    };
}
