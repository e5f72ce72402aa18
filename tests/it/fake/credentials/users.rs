//! Users with a refresh token, and how long tokens live.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{FakeServer, Grant, scope};
use serde_json::{Value, json};

use super::super::{http, one_of_each};
use super::{JWT_BEARER, ask, assert_error, list};

#[tokio::test]
async fn a_refresh_can_narrow_the_scopes_but_not_widen_them() {
    let fake = one_of_each().start().await.unwrap();
    let file: Value = serde_json::from_str(&fake.authorized_user()).unwrap();
    let text = |name: &str| file[name].as_str().unwrap();
    let form = |changed: &'static str, value: &'static str| {
        let fields = ["client_id", "client_secret", "refresh_token"];
        let mut form = Vec::from(fields.map(|name| (name, text(name))));
        form.push(("grant_type", "refresh_token"));
        form.retain(|(name, _)| *name != changed);
        form.push((changed, value));
        form
    };
    let (status, body) = ask(&fake, &form("x", "y")).await;
    assert_eq!(
        (
            status,
            list(&fake, body["access_token"].as_str().unwrap()).await
        ),
        (200, 200)
    );
    // Google's own library for Rust asks in JSON.
    let request = http().post(fake.token_uri());
    let object: serde_json::Map<_, _> = form("x", "y")
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let body: Value = request
        .json(&object)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        list(&fake, body["access_token"].as_str().unwrap()).await,
        200
    );
    let (_, body) = ask(&fake, &form("scope", scope::CLOUD_PLATFORM)).await;
    assert_eq!(body["scope"], scope::CLOUD_PLATFORM);
    assert_eq!(
        list(&fake, body["access_token"].as_str().unwrap()).await,
        403,
        "narrowed"
    );
    let cases = [
        (
            "another token",
            form("refresh_token", "1//x"),
            400,
            "invalid_grant",
        ),
        (
            "another client",
            form("client_id", "x"),
            401,
            "invalid_client",
        ),
        (
            "another secret",
            form("client_secret", "x"),
            401,
            "invalid_client",
        ),
        (
            "a wider scope",
            form("scope", scope::IAM),
            400,
            "invalid_scope",
        ),
        (
            "a scope that is none",
            form("scope", "everything"),
            400,
            "invalid_scope",
        ),
        (
            "another grant",
            form("grant_type", "password"),
            400,
            "unsupported_grant_type",
        ),
        ("no grant", form("grant_type", ""), 400, "invalid_request"),
        (
            "no assertion",
            form("grant_type", JWT_BEARER),
            400,
            "invalid_request",
        ),
    ];
    for (what, form, status, code) in cases {
        assert_error(&fake, what, &form, status, code).await;
    }
    let grant = r#"{"grant_type": "refresh_token"}"#;
    for (kind, body, status) in [
        ("text/plain", grant, 400),
        ("application/json", "[]", 400),
        ("application/x-www-form-urlencoded", grant, 400),
        // It is read, and has no client.
        ("application/json", grant, 401),
    ] {
        let sent = http().post(fake.token_uri()).header("content-type", kind);
        assert_eq!(
            sent.body(body).send().await.unwrap().status(),
            status,
            "{kind}: {body}"
        );
    }
}

#[tokio::test]
async fn tokens_expire_by_the_clock() {
    let fake = FakeServer::builder()
        .starts_at(UNIX_EPOCH)
        .start()
        .await
        .unwrap();
    let token = fake.issue(&Grant::new());
    fake.advance(Duration::from_secs(3599));
    assert_eq!(list(&fake, &token).await, 200);
    fake.advance(Duration::from_secs(1));
    assert_eq!(list(&fake, &token).await, 401);
}

#[tokio::test]
async fn moved_time_keeps_tokens_made_for_a_test() {
    let fake = one_of_each().start().await.unwrap();
    let token = fake.token();
    fake.advance(Duration::MAX);
    assert_eq!(list(&fake, &token).await, 200);
}
