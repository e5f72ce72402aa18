//! Who calls: what credentials are to the runtime. The kinds that there are stand in `crate::auth`.

mod cache;
mod request;

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
pub use request::Login;

/// A fetch that is under way.
pub type Fetch<'a> = Pin<Box<dyn Future<Output = Result<Authorization, Error>> + Send + 'a>>;

/// Who calls. Whatever keeps what was fetched, shares it and fetches it anew is written once, around
/// this: an implementation only fetches.
pub trait Credentials: fmt::Debug + Send + Sync {
    /// Fetches what a request is authorized by, for the scopes of the client. It is not called again
    /// before that ends, unless a server refuses it.
    ///
    /// # Errors
    ///
    /// Whatever [`Login`] returns, or [`Error::login`]. The call is not sent then.
    fn fetch<'a>(&'a self, login: &'a Login<'a>) -> Fetch<'a>;
}

/// What a request is authorized by: one header.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    pub(super) header: HeaderName,
    pub(super) value: HeaderValue,
    pub(super) lives_for: Option<Duration>,
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

    /// `x-goog-api-key: …`. It says which project a call counts against, and not who calls. It is never
    /// a part of the URL.
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
            lives_for: None,
            quota_project: None,
        })
    }

    /// It ends this long after the fetch began; never unless set.
    #[must_use]
    pub fn lives_for(mut self, life: Duration) -> Self {
        self.lives_for = Some(life);
        self
    }

    /// The project that calls count against, where the credentials name one. It is sent as
    /// `x-goog-user-project`; one that cannot stand in a header is not.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/set-quota-project>.
    #[must_use]
    pub fn quota_project(mut self, project: &str) -> Self {
        self.quota_project = HeaderValue::try_from(project).ok();
        self
    }
}

/// What is known already, and does not end.
impl Credentials for Authorization {
    fn fetch<'a>(&'a self, _login: &'a Login<'a>) -> Fetch<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// The credential stays out of it.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("header", &self.header)
            .field("lives_for", &self.lives_for)
            .finish_non_exhaustive()
    }
}
