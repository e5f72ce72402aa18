//! Help for failures that are common while Google's credentials are being configured.
//!
//! Source: <https://developers.google.com/identity/protocols/oauth2/service-account#error-codes>, and
//! `docs/set-up-delegation.md` of `generated-client`.

use super::GoogleError;

/// Help for an error code of the token endpoint.
pub(crate) fn authentication_help(code: &str) -> Option<&'static str> {
    Some(match code {
        "unauthorized_client" => {
            "allow the service account's client id exactly the client's scopes, in the Admin \
             console under Security, API controls, Domain-wide delegation; that can take some \
             minutes to count"
        }
        "invalid_grant" => {
            "look whether the subject is an administrator of this customer, the clock is right, \
             and the key or the refresh token was not revoked"
        }
        "invalid_scope" => "ask for scopes that exist, as the operations state them",
        "invalid_client" | "deleted_client" | "disabled_client" => {
            "create a new key or authenticate again: the client of these credentials is not valid"
        }
        "access_denied" | "admin_policy_enforced" | "org_internal" => {
            "ask an administrator to allow the client in the Admin console, under Security, API \
             controls"
        }
        _ => return None,
    })
}

/// Help for a quota that no wait outlasts.
pub(crate) const QUOTA_HELP: &str = "the quota is a daily one, or one of zero: wait until it is renewed, or ask for \
                                     more in the Google Cloud console, under IAM & Admin, Quotas";

/// Help for the reason of a 401.
pub(crate) fn unauthenticated_help(error: &GoogleError) -> &'static str {
    match error.has_reason(&["CREDENTIALSMISSING", "required"]) {
        true => "set credentials on the builder of the client: the request had none",
        false => "authenticate again: the token has expired, was revoked, or is for something else",
    }
}

/// Help for the reason of a 403.
pub(crate) fn forbidden_help(error: &GoogleError) -> Option<&'static str> {
    if error.has_reason(&["accessNotConfigured", "SERVICEDISABLED"]) {
        return Some(
            "enable the API in the project that the credentials belong to, or name another one as \
             quota project",
        );
    }
    if error.has_reason(&["insufficientPermissions", "ACCESSTOKENSCOPEINSUFFICIENT"]) {
        return Some(
            "authenticate with the scopes of the operation; a service account needs a subject too",
        );
    }
    if error.has_reason(&["IAMPERMISSIONDENIED"]) {
        return Some(
            "give the caller the role Service Account Token Creator on the service account",
        );
    }
    (error.status == "PERMISSION_DENIED").then_some(
        "the caller has no permission: in APIs of Google Workspace it has to be an administrator, and a service \
         account needs one as its subject",
    )
}
