//! Callers who could not log in, and what they can do.

use std::sync::Arc;

use http::StatusCode;

use super::{Carried, Error, Kind, Login};
use crate::google::{forbidden_help, login_help};
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
    /// Nobody could log in, so the call was not sent: for credentials of one's own. It is printed, so
    /// it must hold no secret and no address.
    pub fn login(what: impl Into<String>) -> Self {
        Self::new(Kind::Login(Login {
            what: what.into(),
            code: None,
            reply: None,
        }))
    }

    /// Whether the caller could not log in. The call was not sent.
    pub fn is_login(&self) -> bool {
        matches!(*self.0.kind, Kind::Login(_))
    }

    /// Why the caller could not log in, as OAuth 2.0 calls it: `invalid_grant`.
    pub fn login_code(&self) -> Option<&'static str> {
        match &*self.0.kind {
            Kind::Login(login) => login.code,
            _ => None,
        }
    }

    /// The failure of a request for credentials.
    pub(crate) fn into_login(mut self) -> Self {
        self.0.trace.retryable = matches!(self.carried(), Carried::NotYet | Carried::Perhaps);
        let what = self.0.kind.to_string();
        let reply = match Arc::into_inner(self.0.kind) {
            Some(Kind::Status(reply) | Kind::Decode(reply, _)) => Some(reply),
            _ => None,
        };
        let code = reply.as_ref().and_then(|reply| code(&reply.body));
        self.0.kind = Arc::new(Kind::Login(Login { what, code, reply }));
        self
    }

    /// What to do about a failure that everybody runs into while setting up; nothing where the error
    /// says it all.
    pub fn remedy(&self) -> Option<&'static str> {
        if let Some(help) = self.cause_help() {
            return Some(help);
        }
        match self.login_code() {
            Some(code) => login_help(code),
            None if self.http_status() == Some(StatusCode::FORBIDDEN) => {
                self.google().and_then(forbidden_help)
            }
            None => None,
        }
    }
}

/// The code in the body of an error of OAuth 2.0, if it is a known one.
fn code(body: &[u8]) -> Option<&'static str> {
    let body: JsonObject = serde_json::from_slice(body).ok()?;
    let code = body.get("error")?.as_str()?;
    CODES.iter().find(|known| **known == code).copied()
}
