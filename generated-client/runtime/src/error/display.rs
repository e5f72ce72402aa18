//! The message of an error, which holds nothing of the request or the response.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, Kind, NotRetried, Reply};
use crate::google::GoogleError;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.trace.operation {
            write!(f, "{operation}: ")?;
        }
        if self.0.trace.outcome_unknown {
            f.write_str("outcome unknown: ")?;
        }
        write!(f, "{}", self.0.kind)?;
        if let Some(reason) = self.0.trace.not_retried {
            write!(f, "; not retried: {reason}")?;
        }
        match self.help() {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// Why there was no retry.
impl fmt::Display for NotRetried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attempts => "the retry policy allows no more attempts",
            Self::Deadline => "the next attempt would come after the deadline",
            Self::QuotaWait => "the retry policy does not wait that long for quota",
            Self::Body => "the body is a stream, which can be sent once",
            Self::RetryThrottling => {
                "too many retries of this client failed lately (see `Builder::retry_budget`)"
            }
        })
    }
}

/// What failed.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::InvalidArgument(what) => f.write_str(what),
            Kind::Connect => f.write_str("the server could not be reached"),
            Kind::Throttled => {
                f.write_str("throttled: the quota frees up later than the call may wait")
            }
            Kind::RateLimited => f.write_str(
                "not sent: the client's own rate limit allows it later than the call may wait",
            ),
            Kind::Timeout => f.write_str("no response came in time"),
            Kind::NotExecuted => {
                f.write_str("the connection ended before the request was executed")
            }
            Kind::Transport => f.write_str("the connection failed before the response was read"),
            Kind::RepeatedPage => f.write_str("a page token was repeated"),
            Kind::EndlessList => f.write_str(
                "the list does not end: a thousand pages without an item, or a million pages",
            ),
            Kind::ForeignPage => f.write_str(
                "the URL of the next page is of another server, malformed or without a page",
            ),
            Kind::Operation(reply) => {
                let code = reply.google.as_ref().and_then(|status| status.code);
                let code = code.unwrap_or_default();
                write!(f, "the operation failed with code {code}")
            }
            Kind::Authentication(error) => {
                write!(f, "authentication failed: {}", error.what)?;
                match error.code {
                    Some(code) => write!(f, " ({code})"),
                    None => Ok(()),
                }
            }
            Kind::Decode(reply, what) => write!(f, "the response with {}: {what}", reply.status),
            Kind::Status(reply) => status(reply, f),
        }
    }
}

/// The status of a response, with the reason that Google gives for it.
fn status(reply: &Reply, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "the server responded with {}", reply.status)?;
    match reply.google.as_ref().and_then(GoogleError::reason) {
        Some(reason) if is_a_word(reason) => write!(f, " ({reason})"),
        _ => Ok(()),
    }
}

/// Whether a reason is one: a server could write anything there.
fn is_a_word(reason: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (1..=63).contains(&reason.len()) && reason.chars().all(plain)
}

/// The report, which a `main` that returns an error prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report().fmt(f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}
