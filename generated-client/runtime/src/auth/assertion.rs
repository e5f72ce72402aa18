//! What a service account says of itself: claims that are signed, and exchanged for an access token.
//!
//! Source: <https://developers.google.com/identity/protocols/oauth2/service-account#httprest>.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::DATE;
use serde_json::json;

use super::oauth;
use crate::{Authorization, Error, Login, Secret};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// How long claims are good: the most that is allowed.
const LIFE: u64 = 3600;
/// By how much claims are dated back, for a server whose clock is a little behind.
const BACK: u64 = 10;
/// How far clocks must be apart to be worth a second try.
const SKEW: Duration = Duration::from_secs(30);

/// Whoever signs: a service account's own key, or Google for it.
pub(super) trait Sign: Send + Sync {
    /// Makes a JWT of claims, written as JSON.
    fn sign<'a>(&'a self, login: &'a Login<'a>, claims: String) -> Signed<'a>;
}

/// A signature that is under way.
pub(super) type Signed<'a> = Pin<Box<dyn Future<Output = Result<Secret, Error>> + Send + 'a>>;

/// Who says so, and for whom.
pub(super) struct Claims<'a> {
    pub account: &'a str,
    /// The user on whose behalf; nobody's if there is none.
    pub subject: Option<&'a str>,
    /// Where the claims are exchanged.
    pub token_url: &'a str,
}

impl Claims<'_> {
    /// Signs the claims and exchanges them; once more by the server's time, if it refuses them and its
    /// clock shows another time than ours.
    pub async fn exchange(
        &self,
        login: &Login<'_>,
        signer: &dyn Sign,
    ) -> Result<Authorization, Error> {
        let outcome = self.exchange_at(login.now(), login, signer).await;
        match outcome
            .as_ref()
            .err()
            .and_then(|error| server_time(error, login.now()))
        {
            Some(theirs) => self.exchange_at(theirs, login, signer).await,
            None => outcome,
        }
    }

    async fn exchange_at(
        &self,
        now: SystemTime,
        login: &Login<'_>,
        signer: &dyn Sign,
    ) -> Result<Authorization, Error> {
        let claims = self.at(now, login.scopes());
        let assertion = signer.sign(login, claims).await?;
        let form = [
            ("grant_type", GRANT_TYPE),
            ("assertion", assertion.expose()),
        ];
        oauth::token(login, self.token_url, &form).await
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

/// What time it is for a server that has refused claims, if that is another time than ours.
fn server_time(error: &Error, ours: SystemTime) -> Option<SystemTime> {
    if error.login_code() != Some("invalid_grant") {
        return None;
    }
    let theirs = error.headers()?.get(DATE)?.to_str().ok()?;
    let theirs = httpdate::parse_http_date(theirs).ok()?;
    let apart = theirs
        .duration_since(ours)
        .or_else(|_| ours.duration_since(theirs));
    (apart.ok()? > SKEW).then_some(theirs)
}
