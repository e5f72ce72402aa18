//! The token endpoint of OAuth 2.0.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc6749#section-5.1>.

use std::time::Duration;

use crate::{Authorization, Error, JsonObject, JsonValue, Secret, TokenClient};

/// Google's token endpoint.
pub(super) const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";

/// The lifetime of an access token without `expires_in`.
const LIFE: Duration = Duration::from_secs(3600);

/// Requests an access token.
pub(super) async fn token(
    client: &TokenClient<'_>,
    url: &str,
    form: &[(&str, &str)],
) -> Result<Authorization, Error> {
    token_as(client, url, None, form).await
}

/// Requests an access token, with these credentials.
pub(super) async fn token_as(
    client: &TokenClient<'_>,
    url: &str,
    caller: Option<&Authorization>,
    form: &[(&str, &str)],
) -> Result<Authorization, Error> {
    let response = client.post_form_as(url, caller, form).await?;
    authorization(&response).ok_or_else(|| {
        Error::authentication("the response of the token endpoint has no bearer token")
    })
}

fn authorization(response: &JsonObject) -> Option<Authorization> {
    let text = |name: &str| response.get(name).and_then(JsonValue::as_str);
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return None;
    }
    let token = text("access_token").filter(|token| !token.is_empty())?;
    // A number by the standard; some servers send a string.
    let life = response.get("expires_in");
    let life = life.and_then(|life| life.as_u64().or_else(|| life.as_str()?.parse().ok()));
    let life = life.map_or(LIFE, Duration::from_secs);
    let authorization = Authorization::bearer(Secret::from(token)).ok()?;
    Some(authorization.expires_in(life))
}
