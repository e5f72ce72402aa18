//! The token endpoint of OAuth 2.0: something for an access token.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc6749#section-5.1>.

use std::time::Duration;

use crate::{Authorization, Error, JsonObject, JsonValue, Login, Secret};

/// Google's.
pub(super) const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";

/// How long a token is taken to live that does not say so.
const LIFE: Duration = Duration::from_secs(3600);

/// Asks for an access token.
pub(super) async fn token(
    login: &Login<'_>,
    url: &str,
    form: &[(&str, &str)],
) -> Result<Authorization, Error> {
    let answer = login.post_form(url, form).await?;
    authorization(&answer)
        .ok_or_else(|| Error::login("the token endpoint answered without a bearer token"))
}

fn authorization(answer: &JsonObject) -> Option<Authorization> {
    let text = |name: &str| answer.get(name).and_then(JsonValue::as_str);
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return None;
    }
    let token = text("access_token").filter(|token| !token.is_empty())?;
    // A number by the standard; some servers write it as text.
    let life = answer.get("expires_in");
    let life = life.and_then(|life| life.as_u64().or_else(|| life.as_str()?.parse().ok()));
    let life = life.map_or(LIFE, Duration::from_secs);
    let authorization = Authorization::bearer(&Secret::from(token)).ok()?;
    Some(authorization.lives_for(life))
}
