//! The client credentials grant of OAuth 2.0: a program is authenticated by its own id and secret.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::oauth;
use crate::{Authorization, Credentials, Fetch, Secret, TokenClient};

/// The id and the secret of a client of OAuth 2.0, exchanged for an access token with the scopes of the API's
/// client.
///
/// ```no_run
/// use generated_client_runtime::auth::ClientCredentials;
///
/// let credentials = ClientCredentials::new("https://id.example.com/oauth2/token", "id", "secret");
/// ```
///
/// Source: <https://www.rfc-editor.org/rfc/rfc6749#section-4.4>.
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: String,
    id: String,
    secret: Secret,
    parameters: Vec<(&'static str, String)>,
}

impl ClientCredentials {
    /// The id and the secret of a client, for this token endpoint: `https`, or on this machine.
    pub fn new(
        token_url: impl Into<String>,
        id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: secret.into(),
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
}

impl Credentials for ClientCredentials {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let scopes = client.scopes().join(" ");
            let mut form = vec![("grant_type", "client_credentials")];
            if !scopes.is_empty() {
                form.push(("scope", &scopes));
            }
            let own = self.parameters.iter();
            form.extend(own.map(|(name, value)| (*name, value.as_str())));
            // By the standard, every server takes the header, and not every one these in the form.
            let secret = Secret::from(encoded(self.secret.expose()));
            let caller = Authorization::basic(&encoded(&self.id), secret)?;
            oauth::token_as(client, &self.token_url, Some(&caller), &form).await
        })
    }
}

/// What the standard keeps of a part of the pair, in front of base64.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*');

/// A part of the pair, encoded as in a form.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, KEPT)
        .to_string()
        .replace("%20", "+")
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").finish_non_exhaustive()
    }
}
