//! The OAuth token endpoint: service accounts with a JWT, users with a refresh token.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::assertion::{scopes, verify};
use super::grant::{Grant, scope};
use super::{Credentials, OAuthError, Subject};
use crate::clock::Clock;
use crate::query::Query;

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Responds to a request for a token.
pub(crate) fn token(
    credentials: &Credentials,
    form: &Query,
    clock: &Clock,
) -> Result<Value, OAuthError> {
    match form.get("grant_type") {
        Some(JWT_BEARER) => by_assertion(credentials, form, clock),
        Some("refresh_token") => by_refresh_token(credentials, form, clock),
        Some(_) => Err(OAuthError::new(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "The grant type is neither jwt-bearer nor refresh_token.",
        )),
        None => Err(OAuthError::invalid_request("grant_type is missing.")),
    }
}

fn by_assertion(
    credentials: &Credentials,
    form: &Query,
    clock: &Clock,
) -> Result<Value, OAuthError> {
    let assertion = form
        .get("assertion")
        .ok_or_else(|| OAuthError::invalid_request("assertion is missing."))?;
    let wish = verify(credentials, assertion, clock.unmoved())?;
    let subject = match wish.subject {
        None => Subject::None,
        Some(subject) => {
            if !credentials.may_delegate(&wish.scopes) {
                return Err(OAuthError::new(
                    StatusCode::UNAUTHORIZED,
                    "unauthorized_client",
                    "The client may not act for users with these scopes.",
                ));
            }
            if !credentials.is_administrator(&subject) {
                return Err(OAuthError::invalid_grant("Invalid email or User ID."));
            }
            Subject::Named(subject)
        }
    };
    let grant = Grant {
        subject,
        scopes: wish.scopes,
        life: credentials.lifetime(),
    };
    Ok(json!({
        "access_token": credentials.issue(&grant, clock.now()),
        "expires_in": grant.life.as_secs(),
        "token_type": "Bearer",
    }))
}

fn by_refresh_token(
    credentials: &Credentials,
    form: &Query,
    clock: &Clock,
) -> Result<Value, OAuthError> {
    let user = &credentials.authorized_user;
    if form.get("client_id") != Some(&user.client_id)
        || form.get("client_secret") != Some(&user.client_secret)
    {
        return Err(OAuthError::new(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "No client has this ID and this secret.",
        ));
    }
    if form.get("refresh_token") != Some(&user.refresh_token) {
        return Err(OAuthError::invalid_grant(
            "Token has been expired or revoked.",
        ));
    }
    let granted = Grant::new().scopes([scope::USER_INVITATIONS, scope::CLOUD_PLATFORM]);
    let wanted = match form.get("scope") {
        None => granted.scopes.clone(),
        Some(wanted) => scopes(wanted)?,
    };
    // A refresh narrows what the user agreed to, and never widens it.
    if !wanted.is_subset(&granted.scopes) {
        return Err(OAuthError::invalid_scope());
    }
    let scope = Vec::from_iter(wanted.iter().map(String::as_str)).join(" ");
    let grant = granted.scopes(wanted).lifetime(credentials.lifetime());
    Ok(json!({
        "access_token": credentials.issue(&grant, clock.now()),
        "expires_in": credentials.lifetime().as_secs(),
        "scope": scope,
        "token_type": "Bearer",
    }))
}
