//! Who calls Confluent Cloud: a Cloud API key, or a token that was exchanged for one of a provider's.

use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::organization::Organization;
use super::response::{ConfluentResponse, failure, unauthenticated};
use crate::clock::later;
use crate::request;

/// The longest life of a token, and the one that it has unless a shorter one is requested.
const LIFE: i64 = 900;

/// What RFC 8693 wants to be said.
const EXCHANGE: [(&str, &str); 3] = [
    (
        "grant_type",
        "urn:ietf:params:oauth:grant-type:token-exchange",
    ),
    ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
    (
        "requested_token_type",
        "urn:ietf:params:oauth:token-type:access_token",
    ),
];

/// Checks who calls.
pub(crate) fn check(
    organization: &Organization,
    parts: &Parts,
    now: DateTime<Utc>,
) -> Result<(), ConfluentResponse> {
    let value = parts
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let known = match value.and_then(|value| value.split_once(' ')) {
        Some(("Basic", pair)) => {
            let (id, secret) = &organization.key;
            pair == BASE64_STANDARD.encode(format!("{id}:{secret}"))
        }
        Some(("Bearer", token)) => organization
            .tokens
            .get(token)
            .is_some_and(|ends| now < *ends),
        _ => false,
    };
    match known {
        true => Ok(()),
        false => Err(unauthenticated("invalid_key")),
    }
}

/// Exchanges a provider's token.
pub(crate) fn exchange(
    organization: &mut Organization,
    parts: &Parts,
    body: &[u8],
    now: DateTime<Utc>,
) -> ConfluentResponse {
    let Some(form) = request::form(parts, body) else {
        return failure(400, "bad_request", "The body is no form.");
    };
    let wrong = EXCHANGE
        .iter()
        .find(|(name, value)| form.get(name) != Some(*value));
    if let Some((name, _)) = wrong {
        return failure(
            400,
            "bad_request",
            &format!("{name} is not as it has to be."),
        );
    }
    if form.get("identity_pool_id").is_none() {
        return failure(400, "bad_request", "identity_pool_id is missing.");
    }
    if form.get("subject_token") != Some(organization.subject_token.as_str()) {
        return unauthenticated("invalid_token");
    }
    let asked = form
        .get("expires_in")
        .and_then(|life| life.parse::<i64>().ok());
    let life = asked.unwrap_or(LIFE).clamp(1, LIFE);
    let token = organization.text("fake-sts-");
    organization
        .tokens
        .insert(token.clone(), later(now, TimeDelta::seconds(life)));
    ConfluentResponse::ok(json!({
        "access_token": token,
        "issued_token_type": EXCHANGE[2].1,
        "token_type": "Bearer",
        "expires_in": life,
    }))
}
