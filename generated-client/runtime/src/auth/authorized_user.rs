//! A user who has agreed once, and whose refresh token is kept in a file.

use std::fmt;
use std::path::Path;

use super::file::{self, Fields};
use super::oauth::{self, TOKEN_URL};
use crate::{Credentials, Error, Fetch, Secret, TokenClient};

/// The credentials of a user, such as by `gcloud auth application-default login`.
///
/// What the user has agreed to cannot be widened: the scopes of the client do not count, but those
/// that were agreed to then.
///
/// Source: <https://developers.google.com/identity/protocols/oauth2/web-server#offline>.
#[derive(Clone)]
pub struct AuthorizedUser {
    client_id: String,
    client_secret: Secret,
    refresh_token: Secret,
    quota_project: Option<String>,
    token_url: String,
}

impl AuthorizedUser {
    /// Reads a file. If others can read it too, that is told as a warning.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and what [`from_json`](Self::from_json) returns.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::from_json(&file::read(path.as_ref())?)
    }

    /// Reads a file's text: JSON of type `authorized_user`.
    ///
    /// # Errors
    ///
    /// Text that is something else, or a field that is missing.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_fields(&Fields::parse(text)?)
    }

    pub(super) fn from_fields(fields: &Fields) -> Result<Self, Error> {
        fields.check_kind("authorized_user")?;
        let optional = |name| fields.optional(name).map(str::to_owned);
        Ok(Self {
            client_id: fields.text("client_id")?,
            client_secret: fields.secret("client_secret")?,
            refresh_token: fields.secret("refresh_token")?,
            quota_project: optional("quota_project_id"),
            token_url: optional("token_uri").unwrap_or_else(|| TOKEN_URL.to_owned()),
        })
    }

    /// Sets another token endpoint than the file's: `https`, or on this machine.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }
}

impl Credentials for AuthorizedUser {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let form = [
                ("grant_type", "refresh_token"),
                ("client_id", &self.client_id),
                ("client_secret", self.client_secret.expose()),
                ("refresh_token", self.refresh_token.expose()),
            ];
            let authorization = oauth::token(client, &self.token_url, &form).await?;
            Ok(match &self.quota_project {
                Some(project) => authorization.quota_project(project),
                None => authorization,
            })
        })
    }
}

impl fmt::Debug for AuthorizedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizedUser")
            .field("quota_project", &self.quota_project)
            .finish_non_exhaustive()
    }
}
