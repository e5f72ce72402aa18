//! Verifies the JWT by which a service account asks for a token.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde_json::Value;

use super::{Credentials, OAuthError, ServiceAccount};

/// For how long an assertion may be good, in seconds.
const LONGEST: i64 = 60 * 60;

/// By how much the caller's clock may be ahead, in seconds.
const SKEW: i64 = 60;

/// The audience that Google's own Python library names, regardless of the key file's `token_uri`.
const GOOGLE: &str = "https://oauth2.googleapis.com/token";

/// What an assertion asks for.
#[derive(Debug)]
pub(crate) struct Wish {
    pub subject: Option<String>,
    pub scopes: BTreeSet<String>,
}

/// Reads an assertion that is signed, meant for this server and good now: by the client's own clock,
/// which cannot be moved.
pub(crate) fn verify(
    credentials: &Credentials,
    assertion: &str,
    now: DateTime<Utc>,
) -> Result<Wish, OAuthError> {
    let claims = signed_claims(&credentials.service_account, assertion)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(credentials.service_account.email.as_str()) {
        return Err(OAuthError::invalid_grant("Not a valid email or user ID."));
    }
    if !text("aud").is_some_and(|aud| aud == credentials.token_uri || aud == GOOGLE) {
        return Err(OAuthError::invalid_grant("The audience is wrong."));
    }
    check_times(&claims, now)?;
    Ok(Wish {
        subject: text("sub").map(str::to_owned),
        scopes: scopes(text("scope").unwrap_or_default())?,
    })
}

fn signed_claims(account: &ServiceAccount, assertion: &str) -> Result<Value, OAuthError> {
    let invalid = |_| OAuthError::invalid_grant("Invalid JWT signature.");
    let header = decode_header(assertion).map_err(invalid)?;
    if header.kid.is_some_and(|kid| kid != account.key_id) {
        return Err(OAuthError::invalid_grant(
            "No key of this account has this ID.",
        ));
    }
    let key = account.key().map_err(|_| OAuthError::server())?;
    let mut rules = Validation::new(Algorithm::RS256);
    // The times are checked by another clock than the system's, the rest by name.
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    let decoded = decode::<Value>(assertion, &key.verifies, &rules).map_err(invalid)?;
    Ok(decoded.claims)
}

fn check_times(claims: &Value, now: DateTime<Utc>) -> Result<(), OAuthError> {
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    let (Some(issued), Some(expires)) = (time("iat"), time("exp")) else {
        return Err(OAuthError::invalid_grant("Times are missing: iat and exp."));
    };
    let now = now.timestamp();
    // Differences of times from afar do not fit; those are wrong in any case.
    let life = expires.saturating_sub(issued);
    if life <= 0 || life > LONGEST || expires <= now || issued > now.saturating_add(SKEW) {
        return Err(OAuthError::invalid_grant(
            "The token must be a short-lived one of this hour: check iat, exp and the clock.",
        ));
    }
    Ok(())
}

/// Reads scopes, separated by blanks.
pub(crate) fn scopes(text: &str) -> Result<BTreeSet<String>, OAuthError> {
    let scopes: BTreeSet<_> = text.split_whitespace().map(str::to_owned).collect();
    let is_known = |scope: &String| {
        scope.starts_with("https://") || ["openid", "email", "profile"].contains(&scope.as_str())
    };
    match !scopes.is_empty() && scopes.iter().all(is_known) {
        true => Ok(scopes),
        false => Err(OAuthError::invalid_scope()),
    }
}
