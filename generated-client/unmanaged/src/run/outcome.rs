//! What the result of a request means for its row, and for the run.

use generated_client::runtime::Error;

use crate::exit::{Exit, Failure, exit_of};
use crate::journal::Status;

/// What follows of a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The row is settled for now.
    Recorded {
        /// Its status.
        status: Status,
        /// Why.
        reason: &'static str,
        /// The error, which holds no address.
        error: String,
    },
    /// Nothing was executed: the row is planned again, and the run waits for the quota.
    Throttled,
    /// Nothing was executed: the row is planned again, and the run tries again after a while.
    Unreachable(Failure),
    /// Nothing was executed, and nothing will be: the row is planned again, and the run ends.
    Fatal(Failure),
}

/// Reads a result.
pub fn outcome(result: Result<(), Error>) -> Outcome {
    let Err(error) = result else {
        return recorded(Status::Done, "", String::new());
    };
    let text = error.to_string();
    // An operation that failed may have sent the email before: the counter says so later.
    if error.is_outcome_unknown() || error.is_operation() || error.is_decode() {
        return recorded(Status::Unknown, "no_response", text);
    }
    if error.is_throttled() {
        return match error.is_retryable() {
            true => Outcome::Throttled,
            // A quota for a day: nothing more is sent today.
            false => Outcome::Fatal(Failure::from(error)),
        };
    }
    // The rate limiter did not admit it: another call of this run was first.
    if error.is_retryable() && error.attempts() == 0 && !error.is_authentication() {
        return Outcome::Throttled;
    }
    if error.is_retryable() {
        return Outcome::Unreachable(Failure::from(error));
    }
    let status = error.http_status().map(|status| status.as_u16());
    match status {
        Some(409) => recorded(Status::NotDone, "exists", text),
        Some(400 | 404 | 412 | 422) => recorded(Status::NotDone, "refused", text),
        // The address is one that the library does not take.
        None if error.is_invalid_argument() => recorded(Status::NotDone, "refused", text),
        _ => Outcome::Fatal(fatal(error)),
    }
}

fn recorded(status: Status, reason: &'static str, error: String) -> Outcome {
    Outcome::Recorded {
        status,
        reason,
        error,
    }
}

/// A failure that would meet everyone: it is not recorded for one person.
fn fatal(error: Error) -> Failure {
    let exit = exit_of(&error);
    let failure = Failure::from(error);
    match exit {
        // A script must not take it for the outcome of some people.
        Exit::SomeFailed | Exit::Usage | Exit::NotFound => Failure {
            exit: Exit::TryLater,
            ..failure
        },
        _ => failure,
    }
}
