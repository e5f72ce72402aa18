//! A service account whose claims somebody else has signed for it: delegation without a key.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::assertion::{Claims, Sign, Signed};
use super::oauth::TOKEN_URL;
use crate::{Cache, Credentials, Error, Fetch, JsonValue, Login, Secret};

/// Where service accounts sign.
const IAM_URL: &str = "https://iamcredentials.googleapis.com";
/// What the caller's own token has to be for.
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-platform";

/// A service account on behalf of an administrator, without a key: whoever calls has the role Service
/// Account Token Creator on it, and has IAM sign for it.
///
/// ```no_run
/// use generated_client_runtime::auth::{AuthorizedUser, Keyless};
///
/// let me = AuthorizedUser::from_file("application_default_credentials.json")?;
/// let account = Keyless::new(me, "inviter@project.iam.gserviceaccount.com", "admin@example.com");
/// # Ok::<_, generated_client_runtime::Error>(())
/// ```
///
/// Source: <https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signJwt>.
#[derive(Clone)]
pub struct Keyless {
    base: Arc<Cache>,
    account: String,
    subject: String,
    delegates: Vec<String>,
    iam_url: String,
    token_url: String,
}

impl Keyless {
    /// Has the service account with this address sign, as whoever `base` is, and acts on behalf of
    /// `subject`, an administrator.
    pub fn new(
        base: impl Credentials + 'static,
        account: impl Into<String>,
        subject: impl Into<String>,
    ) -> Self {
        Self {
            base: Arc::new(Cache::new(Arc::new(base), vec![SCOPE.to_owned()])),
            account: account.into(),
            subject: subject.into(),
            delegates: Vec::new(),
            iam_url: IAM_URL.to_owned(),
            token_url: TOKEN_URL.to_owned(),
        }
    }

    /// Goes through these service accounts: each may create tokens for the next one, and the last one
    /// for the account that signs.
    #[must_use]
    pub fn delegates<S: Into<String>>(mut self, accounts: impl IntoIterator<Item = S>) -> Self {
        self.delegates = accounts.into_iter().map(Into::into).collect();
        self
    }

    /// Has it signed there: the base URL of IAM Credentials, `https` or on this machine.
    #[must_use]
    pub fn iam_url(mut self, url: impl Into<String>) -> Self {
        self.iam_url = url.into();
        self
    }

    /// Logs in there: `https`, or on this machine.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }

    /// Has claims signed. A caller whom IAM does not know logs in anew, once.
    async fn signed(&self, login: &Login<'_>, claims: String) -> Result<Secret, Error> {
        let account = utf8_percent_encode(&self.account, NON_ALPHANUMERIC);
        let base = self.iam_url.trim_end_matches('/');
        let url = format!("{base}/v1/projects/-/serviceAccounts/{account}:signJwt");
        let delegates = self.delegates.iter();
        let delegates = delegates.map(|it| format!("projects/-/serviceAccounts/{it}"));
        let body = json!({
            "payload": claims,
            "delegates": delegates.collect::<Vec<_>>(),
        });
        let caller = self.base.get(login).await?;
        let mut answer = login.post_json(&url, &caller, &body).await;
        if answer
            .as_ref()
            .is_err_and(|error| error.http_status() == Some(http::StatusCode::UNAUTHORIZED))
        {
            self.base.refused(&caller);
            let caller = self.base.get(login).await?;
            answer = login.post_json(&url, &caller, &body).await;
        }
        let answer = answer?;
        let signed = answer.get("signedJwt").and_then(JsonValue::as_str);
        signed
            .map(Secret::from)
            .ok_or_else(|| Error::login("IAM answered without a signature"))
    }
}

impl Sign for Keyless {
    fn sign<'a>(&'a self, login: &'a Login<'a>, claims: String) -> Signed<'a> {
        Box::pin(self.signed(login, claims))
    }
}

impl Credentials for Keyless {
    fn fetch<'a>(&'a self, login: &'a Login<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let claims = Claims {
                account: &self.account,
                subject: Some(&self.subject),
                token_url: &self.token_url,
            };
            claims.exchange(login, self).await
        })
    }
}

/// No address.
impl fmt::Debug for Keyless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyless")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}
