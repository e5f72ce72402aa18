//! Claims that Google signs for a caller who has no key.

use generated_client_fake::{Grant, scope};
use serde_json::{Value, json};

use super::super::{http, one_of_each};
use super::{JWT_BEARER, ask, claims, list};

#[tokio::test]
async fn claims_signed_without_a_key_are_exchanged_for_a_token() {
    let fake = one_of_each().start().await.unwrap();
    let url = format!(
        "{}/v1/projects/-/serviceAccounts/{}:signJwt",
        fake.base_url(),
        fake.service_account()
    );
    let payload = claims(&fake, json!({})).to_string();
    let sent = http().post(&url).bearer_auth(fake.base_token());
    let sent = sent.json(&json!({"payload": payload, "delegates": []}));
    let signed: Value = sent.send().await.unwrap().json().await.unwrap();
    assert!(signed["keyId"].is_string());
    let assertion = signed["signedJwt"].as_str().unwrap();
    let form = [("grant_type", JWT_BEARER), ("assertion", assertion)];
    let (status, body) = ask(&fake, &form).await;
    assert_eq!(
        (
            status,
            list(&fake, body["access_token"].as_str().unwrap()).await
        ),
        (200, 200)
    );
}

#[tokio::test]
async fn claims_are_signed_for_permitted_callers_only() {
    let fake = one_of_each().start().await.unwrap();
    let account = fake.service_account();
    let iam = fake.issue(&Grant::new().scopes([scope::IAM]).without_subject());
    let good = json!({"payload": "{}"});
    let cases = [
        (
            "the scope of IAM",
            "-",
            account,
            iam.clone(),
            good.clone(),
            200,
        ),
        (
            "the scope of another API",
            "-",
            account,
            fake.token(),
            good.clone(),
            403,
        ),
        (
            "an expired token",
            "-",
            account,
            fake.expired_token(),
            good.clone(),
            401,
        ),
        (
            "a project by its name",
            "fake-project",
            account,
            iam.clone(),
            good.clone(),
            400,
        ),
        (
            "another account",
            "-",
            "x@y.example",
            iam.clone(),
            good,
            404,
        ),
        ("no payload", "-", account, iam.clone(), json!({}), 400),
        (
            "a payload that is not text",
            "-",
            account,
            iam.clone(),
            json!({"payload": {}}),
            400,
        ),
        (
            "a payload that is no object",
            "-",
            account,
            iam.clone(),
            json!({"payload": "[]"}),
            400,
        ),
        (
            "an unknown field",
            "-",
            account,
            iam,
            json!({"payload": "{}", "x": 1}),
            400,
        ),
    ];
    for (what, project, account, token, body, expected) in cases {
        let url = format!(
            "{}/v1/projects/{project}/serviceAccounts/{account}:signJwt",
            fake.base_url()
        );
        let reply = http()
            .post(url)
            .bearer_auth(token)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), expected, "{what}");
    }
}
