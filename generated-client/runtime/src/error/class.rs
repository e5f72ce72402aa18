//! What a failure means for the next attempt.

use super::{Error, Kind};

/// What a failure says of the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carried {
    /// The server certainly did nothing, and may do it if asked again.
    NotYet,
    /// The server may have done it, or may be doing it still.
    Perhaps,
    /// The server seems to have done it, but what it answered cannot be read.
    Unreadable,
    /// The server will not do it.
    Refused,
}

impl Error {
    /// What the failure says of whether the server did what it was asked.
    pub(crate) fn carried(&self) -> Carried {
        match &*self.0.kind {
            // What never succeeds is not retried.
            Kind::Connect if self.cause_help().is_some() => Carried::Refused,
            Kind::Connect | Kind::NotExecuted | Kind::Throttled => Carried::NotYet,
            Kind::Timeout | Kind::Transport => Carried::Perhaps,
            Kind::Decode(..) => Carried::Unreadable,
            Kind::Status(_) if self.is_quota_for_long() => Carried::Refused,
            Kind::Status(_) if self.is_throttled() => Carried::NotYet,
            Kind::Status(reply) => match reply.status.as_u16() {
                408 | 500 | 502 | 503 | 504 => Carried::Perhaps,
                _ => Carried::Refused,
            },
            Kind::InvalidArgument(_)
            | Kind::RepeatedPage
            | Kind::EndlessList
            | Kind::ForeignPage
            | Kind::Operation(_)
            | Kind::Login(_) => Carried::Refused,
        }
    }

    /// What kind of failure this is, in a word that tells nothing else.
    pub(crate) fn class(&self) -> &'static str {
        match &*self.0.kind {
            Kind::InvalidArgument(_) => "invalid_argument",
            Kind::Connect => "connect",
            Kind::Throttled => "throttled",
            Kind::Timeout => "timeout",
            Kind::NotExecuted => "not_executed",
            Kind::Transport => "transport",
            Kind::Decode(..) => "decode",
            Kind::RepeatedPage => "repeated_page_token",
            Kind::EndlessList => "endless_list",
            Kind::ForeignPage => "foreign_page",
            Kind::Operation(_) => "operation",
            Kind::Login(_) => "login",
            Kind::Status(_) if self.is_throttled() => "throttled",
            Kind::Status(_) => "status",
        }
    }
}
