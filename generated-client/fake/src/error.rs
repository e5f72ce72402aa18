//! Google's error envelope.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, HeaderName, WWW_AUTHENTICATE};
use serde_json::{Value, json};

/// Where the service's own reasons belong to.
const DOMAIN: &str = "googleapis.com";

/// An error of the API.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub status: StatusCode,
    /// Its name, such as `INVALID_ARGUMENT`.
    code: &'static str,
    message: String,
    details: Vec<Value>,
    /// Which limit was passed, in the older form's words. Where there is one, the older form is there
    /// whether it is requested or not.
    limit: Option<&'static str>,
    pub headers: Vec<(HeaderName, String)>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
            limit: None,
            headers: Vec::new(),
        }
    }

    /// A parameter or a field of the body that is wrong, and why.
    pub(crate) fn invalid(field: &str, why: impl Into<String>) -> Self {
        let why = why.into();
        let violation = json!({
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [{"field": field, "description": why}],
        });
        Self::new(
            StatusCode::BAD_REQUEST,
            "INVALID_ARGUMENT",
            format!("Invalid value of {field}: {why}."),
        )
        .detail(violation)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            format!("{what} was not found."),
        )
        .reason("RESOURCE_NOT_FOUND")
    }

    /// A wrong HTTP method, and which one is right.
    pub(crate) fn wrong_method(allowed: &'static str) -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "UNIMPLEMENTED",
            format!("This path is for {allowed}."),
        )
        .reason("METHOD_NOT_ALLOWED")
        .header(ALLOW, allowed)
    }

    /// No token, or not a good one.
    pub(crate) fn unauthenticated(reason: &'static str, why: &str) -> Self {
        let challenge = match reason {
            "CREDENTIALS_MISSING" => r#"Bearer realm="https://accounts.google.com/""#,
            _ => r#"Bearer realm="https://accounts.google.com/", error="invalid_token""#,
        };
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", why)
            .reason(reason)
            .header(WWW_AUTHENTICATE, challenge)
    }

    /// A caller who may not do this.
    pub(crate) fn forbidden(reason: &'static str, why: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", why).reason(reason)
    }

    /// A token that was not made for this.
    pub(crate) fn scope_insufficient(wanted: &[&str]) -> Self {
        let scopes = wanted.join(" ");
        Self::forbidden(
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "The token has none of the scopes that this method needs.",
        )
        .header(
            WWW_AUTHENTICATE,
            format!(
                r#"Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="{scopes}""#
            ),
        )
    }

    /// Why, for programs: an `ErrorInfo`.
    pub(crate) fn reason(self, reason: &'static str) -> Self {
        self.detail(json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": reason,
            "domain": DOMAIN,
            "metadata": {"service": "cloudidentity.googleapis.com"},
        }))
    }

    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.details.push(detail);
        self
    }

    pub(crate) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A limit that was passed, which some callers wait for.
    pub(crate) fn limit(mut self, reason: &'static str) -> Self {
        self.limit = Some(reason);
        self
    }

    /// The envelope. `$.xgafv=1` asks for the older form beside the newer one.
    pub(crate) fn body(&self, legacy: bool) -> Value {
        let mut error = json!({
            "code": self.status.as_u16(),
            "message": self.message,
            "status": self.code,
        });
        if legacy || self.limit.is_some() {
            let (domain, reason) = match self.limit {
                Some(reason) => ("usageLimits", reason),
                None => ("global", legacy_reason(self.status)),
            };
            error["errors"] = json!([
                {"message": self.message, "domain": domain, "reason": reason}
            ]);
        }
        if !self.details.is_empty() {
            error["details"] = Value::Array(self.details.clone());
        }
        json!({ "error": error })
    }
}

/// The older form's word for a status.
fn legacy_reason(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "badRequest",
        401 => "authError",
        403 => "forbidden",
        404 => "notFound",
        405 => "httpMethodNotAllowed",
        429 => "rateLimitExceeded",
        _ => "backendError",
    }
}
