//! Errors in OAuth's form.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// An error in OAuth's form.
#[derive(Debug)]
pub(crate) struct OAuthError {
    pub status: StatusCode,
    code: &'static str,
    description: &'static str,
}

impl OAuthError {
    pub(crate) fn new(status: StatusCode, code: &'static str, description: &'static str) -> Self {
        Self {
            status,
            code,
            description,
        }
    }

    pub(crate) fn invalid_grant(why: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", why)
    }

    pub(crate) fn invalid_scope() -> Self {
        let why = "Some of the scopes are missing, empty or no scopes.";
        Self::new(StatusCode::BAD_REQUEST, "invalid_scope", why)
    }

    pub(crate) fn invalid_request(why: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", why)
    }

    pub(crate) fn server() -> Self {
        let why = "The fake could not make a key.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", why)
    }

    pub(crate) fn body(&self) -> Value {
        json!({"error": self.code, "error_description": self.description})
    }
}
