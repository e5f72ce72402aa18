//! The methods of the fake, by which faults are injected and requests counted.

use axum::http;

/// A method of the fake: the five of the API, the two that authenticate a client, and Confluent Cloud's.
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
    pub const ALL: &'static [Self] = &[
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
    pub(crate) fn is_of_the_api(self) -> bool {
        !matches!(self, Self::Token | Self::SignJwt | Self::ConfluentToken)
    }

    /// The HTTP method that calls it.
    pub(crate) fn http(self) -> http::Method {
        match self {
            Self::Get | Self::IsInvitableUser | Self::List => http::Method::GET,
            Self::ConfluentList | Self::ConfluentGet => http::Method::GET,
            Self::ConfluentDelete => http::Method::DELETE,
            _ => http::Method::POST,
        }
    }
}
