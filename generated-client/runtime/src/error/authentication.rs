//! Authentication errors, and help for them.

use std::sync::Arc;

use http::StatusCode;

use super::{AuthenticationError, Error, Execution, Kind};
use crate::google::{QUOTA_HELP, authentication_help, forbidden_help, unauthenticated_help};
use crate::value::JsonObject;

/// The codes of OAuth 2.0 that may be shown, and Google's own: a server could write anything there.
///
/// Sources: <https://www.rfc-editor.org/rfc/rfc6749#section-5.2>,
/// <https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2>,
/// <https://developers.google.com/identity/protocols/oauth2/service-account#error-codes>.
const CODES: &[&str] = &[
    "access_denied",
    "admin_policy_enforced",
    "deleted_client",
    "disabled_client",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "invalid_target",
    "org_internal",
    "unauthorized_client",
    "unsupported_grant_type",
];

impl Error {
    /// Authentication failed, so the call was not sent: for other kinds of `Credentials`. The message is
    /// printed, so it must hold no secret and no address.
    pub fn authentication(what: impl Into<String>) -> Self {
        Self::new(Kind::Authentication(AuthenticationError {
            what: what.into(),
            code: None,
            reply: None,
        }))
    }

    /// Whether authentication failed: the credentials could not be fetched. The call was not sent.
    pub fn is_authentication(&self) -> bool {
        matches!(*self.0.kind, Kind::Authentication(_))
    }

    /// The error code of OAuth 2.0, such as `invalid_grant`.
    pub fn oauth_code(&self) -> Option<&'static str> {
        match &*self.0.kind {
            Kind::Authentication(error) => error.code,
            _ => None,
        }
    }

    /// The authentication error of a token request that failed.
    pub(crate) fn into_authentication(mut self) -> Self {
        self.0.trace.retryable = matches!(
            self.execution(),
            Execution::NotExecuted | Execution::Unknown
        );
        let what = self.0.kind.to_string();
        let reply = match Arc::into_inner(self.0.kind) {
            Some(Kind::Status(reply) | Kind::Decode(reply, _)) => Some(reply),
            _ => None,
        };
        let code = reply.as_ref().and_then(|reply| code(&reply.body));
        self.0.kind = Arc::new(Kind::Authentication(AuthenticationError {
            what,
            code,
            reply,
        }));
        self
    }

    /// What to do about a failure that is common while credentials or connections are being configured;
    /// `None` where there is no help.
    pub fn help(&self) -> Option<&'static str> {
        if let Some(help) = self.cause_help() {
            return Some(help);
        }
        match self.oauth_code() {
            Some(code) => authentication_help(code),
            None if self.is_quota_exhausted() => Some(QUOTA_HELP),
            None => match self.http_status()? {
                StatusCode::UNAUTHORIZED => self.google().map(unauthenticated_help),
                StatusCode::FORBIDDEN => self.google().and_then(forbidden_help),
                _ => None,
            },
        }
    }
}

/// The code in the body of an error of OAuth 2.0, if it is a known one.
fn code(body: &[u8]) -> Option<&'static str> {
    let body: JsonObject = serde_json::from_slice(body).ok()?;
    let code = body.get("error")?.as_str()?;
    CODES.iter().find(|known| **known == code).copied()
}
