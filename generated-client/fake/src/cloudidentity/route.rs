//! Which method a request calls, from its path alone.
//!
//! A path is split before it is decoded, so that an escaped slash or colon stays in its segment. What
//! follows the last colon that is not escaped is the verb. No router's patterns say this.

use axum::http;

use crate::error::ApiError;
use crate::method::Method;
use crate::query::decoded;

/// A request whose path is known.
#[derive(Debug)]
pub(crate) struct Route {
    pub method: Method,
    /// The customer, or the project.
    pub parent: String,
    /// The address, or the service account.
    pub id: String,
}

impl Route {
    /// Finds the method of a path that was not decoded yet.
    pub(crate) fn find(http: &http::Method, path: &str) -> Result<Self, ApiError> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<_> = path.split('/').collect();
        let (method, parent, id) = match *segments.as_slice() {
            ["token"] => (Some(Method::Token), "", ""),
            ["v1", "customers", customer, "userinvitations"] => (Some(Method::List), customer, ""),
            ["v1", "customers", customer, "userinvitations", last] => {
                let (address, verb) = split_verb(last);
                (invitation_method(verb), customer, address)
            }
            ["v1", "projects", project, "serviceAccounts", last] => {
                let (account, verb) = split_verb(last);
                let method = (verb == Some("signJwt")).then_some(Method::SignJwt);
                (method, project, account)
            }
            _ => (None, "", ""),
        };
        let method = method.ok_or_else(|| ApiError::not_found("The path of the request"))?;
        if *http != method.http() {
            let allowed = match method.http() {
                http::Method::GET => "GET",
                _ => "POST",
            };
            return Err(ApiError::wrong_method(allowed));
        }
        Ok(Self {
            method,
            parent: decode(parent)?,
            id: decode(id)?,
        })
    }
}

fn split_verb(segment: &str) -> (&str, Option<&str>) {
    match segment.rsplit_once(':') {
        Some((id, verb)) => (id, Some(verb)),
        None => (segment, None),
    }
}

fn invitation_method(verb: Option<&str>) -> Option<Method> {
    match verb {
        None => Some(Method::Get),
        Some("isInvitableUser") => Some(Method::IsInvitableUser),
        Some("send") => Some(Method::Send),
        Some("cancel") => Some(Method::Cancel),
        Some(_) => None,
    }
}

fn decode(segment: &str) -> Result<String, ApiError> {
    decoded(segment).ok_or_else(|| ApiError::invalid("path", "it is not percent-encoded UTF-8"))
}
