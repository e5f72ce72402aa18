//! What cannot be sent.

use super::Error;

/// What cannot be sent, and why. Whoever refuses a value makes one of what it knows.
#[derive(Clone, Debug)]
pub(crate) struct Refused(String);

impl Refused {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::invalid_argument(refused.0)
    }
}
