//! What a client has for all of its calls.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::parameters::{Pairs, Parameters};
use super::{Call, Error, Operation};

/// What a generated client runs on. It is cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) base_url: Arc<str>,
    pub(super) authorization: Option<HeaderValue>,
    pub(super) parameters: Arc<Pairs>,
}

impl Client {
    pub(super) fn new(
        http: reqwest::Client,
        base_url: String,
        authorization: Option<HeaderValue>,
        parameters: Pairs,
    ) -> Self {
        Self {
            http,
            base_url: base_url.into(),
            authorization,
            parameters: Arc::new(parameters),
        }
    }

    /// Begins a call.
    pub fn call(&self, operation: &'static Operation) -> Call<'_> {
        Call::new(self, operation)
    }

    /// A client that sends these parameters with every call, besides those that this one sends.
    /// Where both set one, the new value counts.
    ///
    /// # Errors
    ///
    /// A parameter that the API does not take.
    pub fn with_parameters<P: Parameters>(&self, parameters: &P) -> Result<Self, Error> {
        let mut pairs = Pairs::default();
        pairs.extend(parameters)?;
        Ok(Self {
            parameters: Arc::new(pairs.or(&self.parameters)),
            ..self.clone()
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}
