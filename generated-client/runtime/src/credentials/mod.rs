//! The trait of credentials. Their kinds are in `crate::auth`.

mod cache;
mod token_client;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::{Error, Secret};
pub(crate) use cache::Cache;
pub use token_client::TokenClient;

/// The future of [`Credentials::fetch`].
pub type Fetch<'a> = Pin<Box<dyn Future<Output = Result<Authorization, Error>> + Send + 'a>>;

/// Credentials of a client. An implementation only fetches: caching, sharing and refreshing are done
/// around it, for all kinds.
pub trait Credentials: fmt::Debug + Send + Sync {
    /// Fetches the authorization of requests, for the scopes of the client. It is called again shortly
    /// before it expires, or when a server rejects it.
    ///
    /// # Errors
    ///
    /// Those of [`TokenClient`], or [`Error::authentication`]. The call is not sent then.
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a>;
}

/// The authorization of a request: one header.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    pub(super) header: HeaderName,
    pub(super) value: HeaderValue,
    pub(super) expires_in: Option<Duration>,
    pub(super) quota_project: Option<HeaderValue>,
}

impl Authorization {
    /// `Authorization: Bearer …`, with an access token of OAuth 2.0.
    ///
    /// # Errors
    ///
    /// A token that cannot stand in a header.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        let value = Secret::from(format!("Bearer {}", token.expose()));
        Self::header(AUTHORIZATION, &value)
    }

    /// `x-goog-api-key: …`. It identifies a project, and not a caller. It is never a part of
    /// the URL.
    ///
    /// Source: <https://cloud.google.com/docs/authentication/api-keys-use>.
    ///
    /// # Errors
    ///
    /// A key that cannot stand in a header.
    pub fn api_key(key: &Secret) -> Result<Self, Error> {
        Self::header(HeaderName::from_static("x-goog-api-key"), key)
    }

    /// `Authorization: Basic …`, with an id and a secret.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc7617>.
    ///
    /// # Errors
    ///
    /// An id with a colon in it, at which the secret would begin.
    pub fn basic(id: &str, secret: &Secret) -> Result<Self, Error> {
        if id.contains(':') {
            return Err(Error::invalid_argument("the id has a colon in it"));
        }
        let pair = BASE64_STANDARD.encode(format!("{id}:{}", secret.expose()));
        Self::header(AUTHORIZATION, &format!("Basic {pair}").into())
    }

    /// Any header.
    ///
    /// # Errors
    ///
    /// A value that cannot stand in a header.
    pub fn header(header: HeaderName, value: &Secret) -> Result<Self, Error> {
        let mut value = HeaderValue::try_from(value.expose())
            .map_err(|_| Error::invalid_argument("the credential cannot stand in a header"))?;
        value.set_sensitive(true);
        Ok(Self {
            header,
            value,
            expires_in: None,
            quota_project: None,
        })
    }

    /// It expires this long after the fetch began; never unless set.
    #[must_use]
    pub fn expires_in(mut self, life: Duration) -> Self {
        self.expires_in = Some(life);
        self
    }

    /// The quota project, where the credentials name one. It is sent as `x-goog-user-project`, unless it
    /// is not a valid header value.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/set-quota-project>.
    #[must_use]
    pub fn quota_project(mut self, project: &str) -> Self {
        self.quota_project = HeaderValue::try_from(project).ok();
        self
    }
}

/// Static credentials.
impl Credentials for Authorization {
    fn fetch<'a>(&'a self, _client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// Without the credential.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("header", &self.header)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}
