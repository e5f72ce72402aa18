//! What cannot be sent.

use super::Error;
use crate::names::InvalidName;
use crate::parameters::RefusedParameter;
use crate::path::RefusedValue;

/// What cannot be sent, and why.
#[derive(Clone, Debug)]
pub(crate) struct Refused(String);

impl Refused {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl From<RefusedValue> for Refused {
    fn from(refused: RefusedValue) -> Self {
        let RefusedValue {
            placeholder,
            refusal,
        } = refused;
        Self(format!("the value of `{placeholder}` {refusal}"))
    }
}

impl From<RefusedParameter> for Refused {
    fn from(refused: RefusedParameter) -> Self {
        Self(format!(
            "the parameter `{}`: {}",
            refused.name, refused.what
        ))
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::invalid_argument(refused.0)
    }
}

impl From<RefusedParameter> for Error {
    fn from(refused: RefusedParameter) -> Self {
        Refused::from(refused).into()
    }
}

impl From<InvalidName> for Error {
    fn from(name: InvalidName) -> Self {
        Self::invalid_argument(name.to_string())
    }
}
