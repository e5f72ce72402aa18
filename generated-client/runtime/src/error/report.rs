//! The report of an error: everything that is known of a failure, in several lines.

use std::error::Error as StdError;
use std::fmt;

use super::Error;
use crate::text::shown;

/// The most of a body that is not an error of Google's, in characters.
const MAX_BODY: usize = 2_000;

/// Everything that is known of a failure: [`Error::report`].
#[derive(Clone, Copy)]
pub struct Report<'a> {
    error: &'a Error,
    server_message: bool,
}

impl Error {
    /// All that is known of the failure, in several lines: what failed, why, after how many attempts,
    /// what to do, and the server's id of the request. Like [`Display`](fmt::Display), it holds no URL, no
    /// address and no credential. Words of the server are in it only
    /// [on purpose](Report::with_server_message).
    ///
    /// ```
    /// use generated_client_runtime::Error;
    ///
    /// let error = Error::invalid_argument("the base URL is neither `https` nor on this machine");
    /// let report = error.report().to_string();
    /// assert_eq!(report, "the base URL is neither `https` nor on this machine");
    /// ```
    pub fn report(&self) -> Report<'_> {
        Report {
            error: self,
            server_message: false,
        }
    }

    /// Help for the cause of the failure, where a retry would fail the same way.
    pub(super) fn cause_help(&self) -> Option<&'static str> {
        self.0.cause.as_ref()?.help()
    }
}

impl Report<'_> {
    /// The same with what the server wrote: Google's message and details, or the beginning of the body.
    /// It may name people and resources, and does not belong in a log that others read.
    #[must_use]
    pub fn with_server_message(mut self) -> Self {
        self.server_message = true;
        self
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.error;
        write!(f, "{error}")?;
        let mut source = error.source();
        while let Some(cause) = source {
            write!(f, "\n  caused by: {cause}")?;
            source = cause.source();
        }
        if error.attempts() > 1 {
            write!(f, "\n  attempts: {}", error.attempts())?;
        }
        if let Some(wait) = error.retry_after() {
            write!(f, "\n  retry after: {} s", wait.as_secs_f64().ceil())?;
        }
        if let Some(id) = error.request_id().filter(|id| is_plain(id)) {
            write!(f, "\n  request id: {id}")?;
        }
        if !self.server_message {
            return Ok(());
        }
        match (error.google(), error.raw_body()) {
            (Some(google), _) => write!(f, "\n  server: {google}"),
            (None, Some(body)) if !body.is_empty() => {
                let text = String::from_utf8_lossy(body);
                let begin: String = text.chars().take(MAX_BODY).collect();
                write!(f, "\n  server: {}", shown(&begin))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Whether an id is one: a server could write anything there.
fn is_plain(id: &str) -> bool {
    id.len() <= 128
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte))
}
