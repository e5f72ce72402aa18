//! `signJwt` of IAM Credentials: Google signs claims with a service account's key, so that a client
//! needs none of its own.

use axum::http::StatusCode;
use jsonwebtoken::{Algorithm, Header, encode};
use serde_json::{Value, json};

use super::{Access, Credentials, scope};
use crate::error::ApiError;

/// Responds to an authenticated request, for a project and the name of a service account.
pub(crate) fn sign_jwt(
    credentials: &Credentials,
    access: &Access,
    project: &str,
    account_name: &str,
    body: &[u8],
) -> Result<Value, ApiError> {
    let may = [scope::CLOUD_PLATFORM, scope::IAM];
    if !may.iter().any(|scope| access.scopes.contains(*scope)) {
        return Err(ApiError::scope_insufficient(&may));
    }
    let account = &credentials.service_account;
    // Google wants a wildcard for the project; the account's own name says which it is.
    if project != "-" {
        return Err(ApiError::invalid("name", "the project is `-`"));
    }
    if account_name != account.email {
        return Err(ApiError::not_found("The service account"));
    }
    let claims = claims(body)?;
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(account.key_id.clone());
    let failed = || {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        ApiError::new(status, "INTERNAL", "The fake could not sign.")
    };
    let key = account.key().map_err(|_| failed())?;
    let signed = encode(&header, &claims, &key.signs).map_err(|_| failed())?;
    Ok(json!({"keyId": account.key_id, "signedJwt": signed}))
}

/// The claims, which travel as text in a field.
fn claims(body: &[u8]) -> Result<Value, ApiError> {
    let body: Value =
        serde_json::from_slice(body).map_err(|_| ApiError::invalid("body", "it is no JSON"))?;
    let unknown = body
        .as_object()
        .and_then(|fields| fields.keys().find(|name| !is_field(name)));
    if unknown.is_some() {
        return Err(ApiError::invalid("body", "it has an unknown field"));
    }
    let claims = body
        .get("payload")
        .and_then(Value::as_str)
        .and_then(|payload| serde_json::from_str(payload).ok())
        .filter(Value::is_object);
    claims.ok_or_else(|| ApiError::invalid("payload", "it is no JSON object, written as text"))
}

fn is_field(name: &str) -> bool {
    matches!(name, "payload" | "delegates")
}
