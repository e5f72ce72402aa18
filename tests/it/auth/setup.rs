//! What everybody runs into while setting up, and what is said about it.

use generated_client::auth::{AuthorizedUser, ServiceAccount};
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Builder, Error};
use generated_client_fake::{FakeServer, Fault, Grant, Method, scope};

use serde_json::json;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{administrator, base, bearer, builder, keyless, service_account};
use crate::reliability::{ADA, four_accounts, invitation};
use crate::support::holding;

/// Sets something up wrongly.
type SetUp = fn(&FakeServer, Builder<Client>) -> Builder<Client>;

/// What is wrong, what the error is, OAuth's code, and a part of the remedy.
const CASES: [(&str, SetUp, &str, Option<&str>, &str); 13] = [
    (
        "nothing is delegated",
        |fake, builder| {
            fake.delegate([] as [&str; 0]);
            builder.credentials(service_account(fake))
        },
        "authentication",
        Some("unauthorized_client"),
        "exactly the client's scopes",
    ),
    (
        "another scope is delegated",
        |fake, builder| {
            fake.delegate([scope::USER_INVITATIONS_READONLY]);
            builder.credentials(keyless(fake, base(fake)))
        },
        "authentication",
        Some("unauthorized_client"),
        "Domain-wide delegation",
    ),
    (
        "the subject is nobody",
        |fake, builder| builder.credentials(service_account(fake).subject("nobody@example.com")),
        "authentication",
        Some("invalid_grant"),
        "an administrator of this customer",
    ),
    (
        "the refresh token was revoked",
        |fake, builder| {
            let mut file: serde_json::Value =
                serde_json::from_str(&fake.authorized_user()).unwrap();
            file["refresh_token"] = "1//revoked".into();
            builder.credentials(AuthorizedUser::from_json(&file.to_string()).unwrap())
        },
        "authentication",
        Some("invalid_grant"),
        "was not revoked",
    ),
    (
        "the client of the user is gone",
        |fake, builder| {
            let mut file: serde_json::Value =
                serde_json::from_str(&fake.authorized_user()).unwrap();
            file["client_secret"] = "other".into();
            builder.credentials(AuthorizedUser::from_json(&file.to_string()).unwrap())
        },
        "authentication",
        Some("invalid_client"),
        "authenticate again",
    ),
    (
        "no scope at all",
        |fake, builder| {
            let none: [&str; 0] = [];
            builder.credentials(service_account(fake)).scopes(none)
        },
        "invalid argument",
        None,
        "",
    ),
    (
        "the subject was forgotten",
        |fake, builder| {
            let key = fake.service_account_key().unwrap();
            builder.credentials(ServiceAccount::from_json(&key).unwrap())
        },
        "permission denied",
        None,
        "a service account needs one as its subject",
    ),
    (
        "the token is for something else",
        |fake, builder| {
            let grant = Grant::new().scopes([scope::CLOUD_PLATFORM]);
            builder.credentials(bearer(&fake.issue(&grant)))
        },
        "permission denied",
        None,
        "a service account needs a subject too",
    ),
    (
        "the API is not enabled",
        |fake, builder| {
            fake.inject(Fault::ApiDisabled.on(Method::Get));
            builder.credentials(administrator(fake))
        },
        "permission denied",
        None,
        "enable the API",
    ),
    (
        "the caller's token is not for IAM",
        |fake, builder| builder.credentials(keyless(fake, bearer(&fake.token()))),
        "authentication",
        None,
        "authenticate with the scopes",
    ),
    (
        "the caller is nobody to IAM",
        |fake, builder| builder.credentials(keyless(fake, bearer("unknown"))),
        "authentication",
        None,
        "authenticate again",
    ),
    (
        "the token has expired",
        |_, builder| builder.credentials(bearer("expired")),
        "unauthenticated",
        None,
        "authenticate again",
    ),
    (
        "there are no credentials",
        |_, builder| builder,
        "unauthenticated",
        None,
        "set credentials on the builder",
    ),
];

async fn get(set_up: SetUp) -> Error {
    let fake = four_accounts().start().await.unwrap();
    let client = set_up(&fake, builder(&fake)).build().unwrap();
    invitation(&fake, &client, ADA).get().await.unwrap_err()
}

#[tokio::test]
async fn authentication_errors_say_how_to_fix_the_setup() {
    for (what, set_up, kind, code, remedy) in CASES {
        let error = get(set_up).await;
        let found = if error.is_authentication() {
            "authentication".to_owned()
        } else {
            holding(&error)
        };
        assert_eq!(
            (found.as_str(), error.oauth_code()),
            (kind, code),
            "{what}: {error}"
        );
        let said = error.help().unwrap_or_default();
        assert!(said.contains(remedy), "{what}: {error}");
        assert!(error.to_string().ends_with(said), "{what}: {error}");
        assert!(
            !format!("{error} {error:?}").contains('@'),
            "{what}: {error:?}"
        );
        assert_eq!(
            error.operation(),
            Some("cloudidentity.customers.userinvitations.get")
        );
    }
}

#[tokio::test]
async fn a_denied_sign_jwt_says_how_to_fix_the_permission() {
    let info = json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "IAM_PERMISSION_DENIED",
        "domain": "iam.googleapis.com",
        "metadata": { "permission": "iam.serviceAccounts.signJwt" },
    });
    let denied =
        json!({ "error": { "code": 403, "status": "PERMISSION_DENIED", "details": [info] } });
    let iam = Recorder::start([ResponseTemplate::new(403, denied.to_string())])
        .await
        .unwrap();
    let fake = four_accounts().start().await.unwrap();
    let keyless = keyless(&fake, base(&fake)).iam_url(iam.base_url());
    let client = builder(&fake).credentials(keyless).build().unwrap();
    let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
    assert!(
        error
            .help()
            .unwrap()
            .contains("Service Account Token Creator"),
        "{error}"
    );
}
