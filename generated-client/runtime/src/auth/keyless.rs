//! Service accounts without a key: claims that IAM Credentials signs.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::assertion::{Claims, Sign, Signed};
use super::oauth::TOKEN_URL;
use crate::{Cache, Credentials, Error, Fetch, JsonValue, Secret, TokenClient};

/// The base URL of IAM Credentials.
const IAM_URL: &str = "https://iamcredentials.googleapis.com";
/// The scope of the base credentials' token.
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-platform";

/// A service account on behalf of an administrator, without a key: the base credentials have the role
/// Service Account Token Creator on it, and IAM signs for it.
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
    /// The service account with this address, impersonated by `base`, on behalf of `subject`, an
    /// administrator.
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

    /// The delegation chain: each of these service accounts may create tokens for the next one, and the
    /// last one for the account that signs.
    #[must_use]
    pub fn delegates<S: Into<String>>(mut self, accounts: impl IntoIterator<Item = S>) -> Self {
        self.delegates = accounts.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the base URL of IAM Credentials: `https`, or on this machine.
    #[must_use]
    pub fn iam_url(mut self, url: impl Into<String>) -> Self {
        self.iam_url = url.into();
        self
    }

    /// Sets the token endpoint: `https`, or on this machine.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }

    /// Has claims signed. If IAM rejects the credentials, they are fetched again, once.
    async fn signed(&self, client: &TokenClient<'_>, claims: String) -> Result<Secret, Error> {
        let account = utf8_percent_encode(&self.account, NON_ALPHANUMERIC);
        let base = self.iam_url.trim_end_matches('/');
        let url = format!("{base}/v1/projects/-/serviceAccounts/{account}:signJwt");
        let delegates = self.delegates.iter();
        let delegates = delegates.map(|it| format!("projects/-/serviceAccounts/{it}"));
        let body = json!({
            "payload": claims,
            "delegates": delegates.collect::<Vec<_>>(),
        });
        let caller = self.base.get(client).await?;
        let mut response = client.post_json(&url, &caller, &body).await;
        if response
            .as_ref()
            .is_err_and(|error| error.http_status() == Some(http::StatusCode::UNAUTHORIZED))
        {
            self.base.rejected(&caller);
            let caller = self.base.get(client).await?;
            response = client.post_json(&url, &caller, &body).await;
        }
        let response = response?;
        let signed = response.get("signedJwt").and_then(JsonValue::as_str);
        signed
            .map(Secret::from)
            .ok_or_else(|| Error::authentication("the response of IAM has no signature"))
    }
}

impl Sign for Keyless {
    fn sign<'a>(&'a self, client: &'a TokenClient<'a>, claims: String) -> Signed<'a> {
        Box::pin(self.signed(client, claims))
    }
}

impl Credentials for Keyless {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let claims = Claims {
                account: &self.account,
                subject: Some(&self.subject),
                token_url: &self.token_url,
            };
            claims.exchange(client, self).await
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
