//! Token exchange (RFC 8693): a subject token is exchanged for an access token.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::oauth;
use crate::{Credentials, Error, Fetch, Secret, TokenClient};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// The future of a subject token.
type Subject = Pin<Box<dyn Future<Output = Result<Secret, Error>> + Send>>;

/// A JWT that a function fetches, exchanged for an access token.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8693#section-2.1>.
#[derive(Clone)]
pub struct TokenExchange {
    token_url: String,
    subject: Arc<dyn Fn() -> Subject + Send + Sync>,
    parameters: Vec<(&'static str, String)>,
}

impl TokenExchange {
    /// Exchanges the token that `subject_token` fetches, at this token endpoint: `https`, or on this machine.
    pub fn new<F, O>(token_url: impl Into<String>, subject_token: F) -> Self
    where
        F: Fn() -> O + Send + Sync + 'static,
        O: Future<Output = Result<Secret, Error>> + Send + 'static,
    {
        Self {
            token_url: token_url.into(),
            subject: Arc::new(move || Box::pin(subject_token())),
            parameters: Vec::new(),
        }
    }

    /// Sets another token endpoint: `https`, or on this machine.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }

    /// Adds a parameter of the token request, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Requests a token with this lifetime, in whole seconds. Unless set, the server decides.
    #[must_use]
    pub fn expires_in(self, life: Duration) -> Self {
        self.parameter("expires_in", life.as_secs().to_string())
    }
}

impl Credentials for TokenExchange {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let subject = (self.subject)().await?;
            let mut form = vec![
                ("grant_type", GRANT_TYPE),
                ("subject_token", subject.expose()),
                ("subject_token_type", JWT),
                ("requested_token_type", ACCESS_TOKEN),
            ];
            form.extend(
                self.parameters
                    .iter()
                    .map(|(name, value)| (*name, value.as_str())),
            );
            oauth::token(client, &self.token_url, &form).await
        })
    }
}

impl fmt::Debug for TokenExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenExchange").finish_non_exhaustive()
    }
}
