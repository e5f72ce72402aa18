//! The assertion of a service account: claims that are signed, and exchanged for an access token.
//!
//! Source: <https://developers.google.com/identity/protocols/oauth2/service-account#httprest>.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::DATE;
use serde_json::json;

use super::oauth;
use crate::{Authorization, Error, Secret, TokenClient};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// How long claims are valid: the maximum.
const LIFE: u64 = 3600;
/// By how much `iat` is backdated, for a server whose clock is a little behind.
const BACK: u64 = 10;
/// How far apart clocks must be for a retry.
const SKEW: Duration = Duration::from_secs(30);

/// Signs claims: a service account's own key, or IAM.
pub(super) trait Sign: Send + Sync {
    /// Signs claims in JSON as a JWT.
    fn sign<'a>(&'a self, client: &'a TokenClient<'a>, claims: String) -> Signed<'a>;
}

/// A signature that is under way.
pub(super) type Signed<'a> = Pin<Box<dyn Future<Output = Result<Secret, Error>> + Send + 'a>>;

/// The claims of an assertion.
pub(super) struct Claims<'a> {
    pub account: &'a str,
    /// The user that is impersonated, if any.
    pub subject: Option<&'a str>,
    /// The token endpoint.
    pub token_url: &'a str,
}

impl Claims<'_> {
    /// Signs the claims and exchanges them; once more with the server's time, if it rejects them and its
    /// clock differs from ours.
    pub async fn exchange(
        &self,
        client: &TokenClient<'_>,
        signer: &dyn Sign,
    ) -> Result<Authorization, Error> {
        let outcome = self.exchange_at(client.now(), client, signer).await;
        match outcome
            .as_ref()
            .err()
            .and_then(|error| server_time(error, client.now()))
        {
            Some(theirs) => self.exchange_at(theirs, client, signer).await,
            None => outcome,
        }
    }

    async fn exchange_at(
        &self,
        now: SystemTime,
        client: &TokenClient<'_>,
        signer: &dyn Sign,
    ) -> Result<Authorization, Error> {
        let claims = self.at(now, client.scopes());
        let assertion = signer.sign(client, claims).await?;
        let form = [
            ("grant_type", GRANT_TYPE),
            ("assertion", assertion.expose()),
        ];
        oauth::token(client, self.token_url, &form).await
    }

    fn at(&self, now: SystemTime, scopes: &[String]) -> String {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let issued = now.saturating_sub(BACK);
        let mut claims = json!({
            "iss": self.account,
            "scope": scopes.join(" "),
            "aud": self.token_url,
            "iat": issued,
            "exp": issued + LIFE,
        });
        if let Some(subject) = self.subject {
            claims["sub"] = subject.into();
        }
        claims.to_string()
    }
}

/// The time of a server that has rejected claims, if its clock differs from ours.
fn server_time(error: &Error, ours: SystemTime) -> Option<SystemTime> {
    if error.oauth_code() != Some("invalid_grant") {
        return None;
    }
    let theirs = error.headers()?.get(DATE)?.to_str().ok()?;
    let theirs = httpdate::parse_http_date(theirs).ok()?;
    let apart = theirs
        .duration_since(ours)
        .or_else(|_| ours.duration_since(theirs));
    (apart.ok()? > SKEW).then_some(theirs)
}
