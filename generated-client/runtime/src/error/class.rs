//! Whether a failed attempt was executed, and the class of its failure.

use super::{Error, Kind};

/// Whether the server executed the request of a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Execution {
    /// It certainly did not, and may execute it if it is sent again.
    NotExecuted,
    /// It may have, or may be executing it still.
    Unknown,
    /// It seems to have, but its response cannot be decoded.
    Undecodable,
    /// It did not, and will not.
    Rejected,
}

impl Error {
    /// Whether the server executed the request.
    pub(crate) fn execution(&self) -> Execution {
        match &*self.0.kind {
            // A cause that does not pass is not retried.
            Kind::Connect if self.cause_help().is_some() => Execution::Rejected,
            Kind::Connect | Kind::NotExecuted | Kind::Throttled | Kind::RateLimited => {
                Execution::NotExecuted
            }
            Kind::Timeout | Kind::Transport => Execution::Unknown,
            Kind::Decode(..) => Execution::Undecodable,
            Kind::Status(_) if self.is_quota_exhausted() => Execution::Rejected,
            Kind::Status(_) if self.is_throttled() => Execution::NotExecuted,
            Kind::Status(reply) => match reply.status.as_u16() {
                408 | 500 | 502 | 503 | 504 => Execution::Unknown,
                _ => Execution::Rejected,
            },
            Kind::InvalidArgument(_)
            | Kind::RepeatedPage
            | Kind::EndlessList
            | Kind::ForeignPage
            | Kind::Operation(_)
            | Kind::Authentication(_) => Execution::Rejected,
        }
    }

    /// The class of the failure, for `error.type` of spans and events.
    pub(crate) fn class(&self) -> &'static str {
        match &*self.0.kind {
            Kind::InvalidArgument(_) => "invalid_argument",
            Kind::Connect => "connect",
            Kind::Throttled | Kind::RateLimited => "throttled",
            Kind::Timeout => "timeout",
            Kind::NotExecuted => "not_executed",
            Kind::Transport => "transport",
            Kind::Decode(..) => "decode",
            Kind::RepeatedPage => "repeated_page_token",
            Kind::EndlessList => "endless_list",
            Kind::ForeignPage => "foreign_page",
            Kind::Operation(_) => "operation",
            Kind::Authentication(_) => "authentication",
            Kind::Status(_) if self.is_throttled() => "throttled",
            Kind::Status(_) => "status",
        }
    }
}
