//! Which method a request calls, from its path alone.
//!
//! A path is split before it is decoded, so that an escaped slash or colon stays in its segment. What
//! follows the last colon that is not escaped is the verb. No router's patterns say this.

use axum::http;
use percent_encoding::percent_decode_str;

use super::error::ApiError;

/// A method of the fake: the five of the API, the two that log a client in, and Confluent Cloud's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `userinvitations.get`
    Get,
    /// `userinvitations.isInvitableUser`
    IsInvitableUser,
    /// `userinvitations.list`
    List,
    /// `userinvitations.send`
    Send,
    /// `userinvitations.cancel`
    Cancel,
    /// The OAuth token endpoint.
    Token,
    /// `projects.serviceAccounts.signJwt` of IAM Credentials.
    SignJwt,
    /// `listIamV2Invitations`
    ConfluentList,
    /// `createIamV2Invitation`
    ConfluentCreate,
    /// `getIamV2Invitation`
    ConfluentGet,
    /// `deleteIamV2Invitation`
    ConfluentDelete,
    /// Confluent's token exchange.
    ConfluentToken,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 12] = [
        Self::Get,
        Self::IsInvitableUser,
        Self::List,
        Self::Send,
        Self::Cancel,
        Self::Token,
        Self::SignJwt,
        Self::ConfluentList,
        Self::ConfluentCreate,
        Self::ConfluentGet,
        Self::ConfluentDelete,
        Self::ConfluentToken,
    ];

    /// What the API calls the method.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::IsInvitableUser => "isInvitableUser",
            Self::List => "list",
            Self::Send => "send",
            Self::Cancel => "cancel",
            Self::Token => "token",
            Self::SignJwt => "signJwt",
            Self::ConfluentList => "confluent-list",
            Self::ConfluentCreate => "confluent-create",
            Self::ConfluentGet => "confluent-get",
            Self::ConfluentDelete => "confluent-delete",
            Self::ConfluentToken => "confluent-token",
        }
    }

    /// Whether it is one of the API's own.
    pub(super) fn is_of_the_api(self) -> bool {
        !matches!(self, Self::Token | Self::SignJwt | Self::ConfluentToken)
    }

    fn http(self) -> http::Method {
        match self {
            Self::Get | Self::IsInvitableUser | Self::List => http::Method::GET,
            Self::ConfluentList | Self::ConfluentGet => http::Method::GET,
            Self::ConfluentDelete => http::Method::DELETE,
            _ => http::Method::POST,
        }
    }
}

/// A request whose path is known.
#[derive(Debug)]
pub(super) struct Route {
    pub method: Method,
    /// The customer, or the project.
    pub parent: String,
    /// The address, or the service account.
    pub id: String,
}

impl Route {
    /// Finds the method of a path that was not decoded yet.
    pub(super) fn find(http: &http::Method, path: &str) -> Result<Self, ApiError> {
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

/// Decodes strictly: a `%` that no two hexadecimal digits follow is an error.
pub(super) fn decoded(text: &str) -> Option<String> {
    let escapes_are_whole = text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let text = percent_decode_str(text).decode_utf8().ok()?;
    escapes_are_whole.then(|| text.into_owned())
}
