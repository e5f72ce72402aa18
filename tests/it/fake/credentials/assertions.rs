//! Service accounts that ask for a token by a JWT.

use std::time::Duration;

use generated_client_fake::scope;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::json;

use super::super::{NOON, one_of_each};
use super::{JWT_BEARER, ask, assert_error, claims, key_file, list, sign};

#[tokio::test]
async fn key_files_have_the_form_of_google_and_differ() {
    let fake = one_of_each().start().await.unwrap();
    let file = key_file(&fake);
    for field in ["project_id", "private_key_id", "client_id", "auth_uri"] {
        assert!(file[field].is_string(), "{field}");
    }
    assert_eq!(file["type"], "service_account");
    assert_eq!(file["token_uri"], fake.token_uri());
    assert_eq!(file["client_email"], fake.service_account());
    assert_eq!(file["universe_domain"], "googleapis.com");
    let key = file["private_key"].as_str().unwrap();
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert!(key.ends_with("\n-----END PRIVATE KEY-----\n"));
    assert_eq!(key_file(&fake), file, "one fake has one key");
    let other = one_of_each().start().await.unwrap();
    assert_ne!(key_file(&other)["private_key"], file["private_key"]);
}

#[tokio::test]
async fn a_delegated_service_account_gets_a_token_of_the_set_lifetime() {
    let fake = one_of_each()
        .token_lifetime(Duration::from_secs(90))
        .start()
        .await
        .unwrap();
    let file = key_file(&fake);
    let kid = file["private_key_id"].as_str();
    let cases = [
        ("as documented", kid, json!({})),
        ("without the key's ID", None, json!({})),
        (
            "Google's own endpoint as audience",
            kid,
            json!({"aud": "https://oauth2.googleapis.com/token"}),
        ),
        (
            "the scope to read",
            kid,
            json!({"scope": scope::USER_INVITATIONS_READONLY}),
        ),
        (
            "both scopes",
            kid,
            json!({"scope": format!("{} {}", scope::USER_INVITATIONS, scope::USER_INVITATIONS_READONLY)}),
        ),
        ("a shorter life", kid, json!({"exp": NOON + 1})),
        (
            "a clock that is a minute ahead",
            kid,
            json!({"iat": NOON + 60}),
        ),
        (
            "an old one that is still good",
            kid,
            json!({"iat": NOON - 3599, "exp": NOON + 1}),
        ),
    ];
    for (what, kid, replaced) in cases {
        let assertion = sign(&file, kid, &claims(&fake, replaced));
        let form = [
            ("grant_type", JWT_BEARER),
            ("assertion", assertion.as_str()),
        ];
        let (status, body) = ask(&fake, &form).await;
        assert_eq!(status, 200, "{what}: {body}");
        assert_eq!(
            (&body["expires_in"], &body["token_type"]),
            (&json!(90), &json!("Bearer"))
        );
        assert_eq!(
            list(&fake, body["access_token"].as_str().unwrap()).await,
            200,
            "{what}"
        );
    }
}

#[tokio::test]
async fn invalid_assertions_are_refused_with_the_messages_of_google() {
    let fake = one_of_each().start().await.unwrap();
    let file = key_file(&fake);
    let kid = file["private_key_id"].as_str();
    let cases = [
        (
            "another issuer",
            json!({"iss": "x@y.example"}),
            400,
            "invalid_grant",
        ),
        ("no issuer", json!({"iss": null}), 400, "invalid_grant"),
        (
            "another audience",
            json!({"aud": "https://example.com/token"}),
            400,
            "invalid_grant",
        ),
        ("no audience", json!({"aud": null}), 400, "invalid_grant"),
        (
            "expired",
            json!({"iat": NOON - 3600, "exp": NOON}),
            400,
            "invalid_grant",
        ),
        (
            "longer than an hour",
            json!({"exp": NOON + 3601}),
            400,
            "invalid_grant",
        ),
        (
            "from the future",
            json!({"iat": NOON + 61, "exp": NOON + 100}),
            400,
            "invalid_grant",
        ),
        (
            "ends before it begins",
            json!({"iat": NOON, "exp": NOON - 1}),
            400,
            "invalid_grant",
        ),
        (
            "from beyond all time",
            json!({"iat": i64::MIN, "exp": i64::MAX}),
            400,
            "invalid_grant",
        ),
        (
            "no times",
            json!({"iat": null, "exp": null}),
            400,
            "invalid_grant",
        ),
        ("times as text", json!({"iat": "now"}), 400, "invalid_grant"),
        (
            "a subject who is nobody",
            json!({"sub": "nobody@example.com"}),
            400,
            "invalid_grant",
        ),
        ("no scope", json!({"scope": null}), 400, "invalid_scope"),
        (
            "an empty scope",
            json!({"scope": " "}),
            400,
            "invalid_scope",
        ),
        (
            "a scope that is none",
            json!({"scope": "everything"}),
            400,
            "invalid_scope",
        ),
        (
            "a scope that is not allowed",
            json!({"scope": scope::CLOUD_PLATFORM}),
            401,
            "unauthorized_client",
        ),
        (
            "one scope too many",
            json!({"scope": format!("{} {}", scope::USER_INVITATIONS, scope::IAM)}),
            401,
            "unauthorized_client",
        ),
    ];
    for (what, replaced, status, code) in cases {
        let assertion = sign(&file, kid, &claims(&fake, replaced));
        let form = [
            ("grant_type", JWT_BEARER),
            ("assertion", assertion.as_str()),
        ];
        assert_error(&fake, what, &form, status, code).await;
    }
}

#[tokio::test]
async fn forged_assertions_are_refused() {
    let fake = one_of_each().start().await.unwrap();
    let other = one_of_each().start().await.unwrap();
    let file = key_file(&fake);
    let kid = file["private_key_id"].as_str();
    let good = sign(&file, kid, &claims(&fake, json!({})));
    let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
    let hmac = encode(
        &Header::new(Algorithm::HS256),
        &claims(&fake, json!({})),
        &EncodingKey::from_secret(b"x"),
    );
    let cases = [
        (
            "another's key",
            sign(&key_file(&other), kid, &claims(&fake, json!({}))),
        ),
        (
            "another key's ID",
            sign(&file, Some("0"), &claims(&fake, json!({}))),
        ),
        ("no signature", unsigned),
        ("another algorithm", hmac.unwrap()),
        ("no JWT", "a.b.c".to_owned()),
        ("nearly nothing", ".".to_owned()),
    ];
    for (what, assertion) in cases {
        let form = [
            ("grant_type", JWT_BEARER),
            ("assertion", assertion.as_str()),
        ];
        assert_error(&fake, what, &form, 400, "invalid_grant").await;
    }
}

#[tokio::test]
async fn delegation_ends_where_the_allow_list_ends() {
    let fake = one_of_each().start().await.unwrap();
    let file = key_file(&fake);
    let assertion = sign(&file, None, &claims(&fake, json!({})));
    let form = [
        ("grant_type", JWT_BEARER),
        ("assertion", assertion.as_str()),
    ];
    fake.delegate([scope::USER_INVITATIONS_READONLY]);
    assert_error(
        &fake,
        "not allowed any more",
        &form,
        401,
        "unauthorized_client",
    )
    .await;
    fake.delegate([scope::USER_INVITATIONS]);
    assert_eq!(ask(&fake, &form).await.0, 200);
    // Of its own accord a service account may ask for anything, and may do nothing here.
    let alone = claims(&fake, json!({"sub": null, "scope": scope::CLOUD_PLATFORM}));
    let assertion = sign(&file, None, &alone);
    let form = [
        ("grant_type", JWT_BEARER),
        ("assertion", assertion.as_str()),
    ];
    let (status, body) = ask(&fake, &form).await;
    assert_eq!(
        (
            status,
            list(&fake, body["access_token"].as_str().unwrap()).await
        ),
        (200, 403)
    );
}

#[tokio::test]
async fn moved_time_still_accepts_the_clock_of_the_client() {
    let fake = one_of_each().start().await.unwrap();
    let file = key_file(&fake);
    fake.advance(Duration::from_secs(48 * 60 * 60));
    let assertion = sign(&file, None, &claims(&fake, json!({})));
    let form = [
        ("grant_type", JWT_BEARER),
        ("assertion", assertion.as_str()),
    ];
    let (status, body) = ask(&fake, &form).await;
    assert_eq!(status, 200, "{body}");
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(list(&fake, token).await, 200);
    fake.advance(Duration::from_secs(60 * 60));
    assert_eq!(
        list(&fake, token).await,
        401,
        "tokens grow old in moved time"
    );
}
