//! Logging in: service accounts with and without a key, and users.

use std::time::{Duration, UNIX_EPOCH};

use generated_client::fake::{FakeServer, Grant, scope};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{LIST, NOON, http, one_of_each};

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The key file that a fake hands out.
fn key_file(fake: &FakeServer) -> Value {
    serde_json::from_str(&fake.service_account_key().unwrap()).unwrap()
}

/// Claims that are good, but for what is replaced. `null` takes a claim away.
fn claims(fake: &FakeServer, replaced: Value) -> Value {
    let mut claims = json!({
        "iss": fake.service_account(),
        "sub": fake.administrator(),
        "scope": scope::USER_INVITATIONS,
        "aud": fake.token_uri(),
        "iat": NOON,
        "exp": NOON + 3600,
    });
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    claims
}

fn sign(file: &Value, kid: Option<&str>, claims: &Value) -> String {
    let key = EncodingKey::from_rsa_pem(file["private_key"].as_str().unwrap().as_bytes()).unwrap();
    let mut header = Header::new(Algorithm::RS256);
    header.kid = kid.map(str::to_owned);
    encode(&header, claims, &key).unwrap()
}

async fn ask(fake: &FakeServer, form: &[(&str, &str)]) -> (u16, Value) {
    let reply = http()
        .post(fake.token_uri())
        .form(form)
        .send()
        .await
        .unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

async fn assert_error(
    fake: &FakeServer,
    what: &str,
    form: &[(&str, &str)],
    status: u16,
    code: &str,
) {
    let (got, body) = ask(fake, form).await;
    assert_eq!(
        (got, body["error"].as_str()),
        (status, Some(code)),
        "{what}: {body}"
    );
    assert!(body["error_description"].is_string(), "{what}: {body}");
    assert_eq!(body.get("access_token"), None, "{what}");
}

async fn list(fake: &FakeServer, token: &str) -> u16 {
    let url = format!("{}{LIST}", fake.base_url());
    http()
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_key_file_is_written_as_google_writes_it_and_is_never_the_same() {
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
async fn a_delegated_service_account_gets_a_token_of_the_life_that_was_set() {
    let fake = one_of_each()
        .token_life(Duration::from_secs(90))
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
async fn an_assertion_that_is_wrong_is_refused_in_googles_words() {
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
async fn an_assertion_that_is_forged_is_refused() {
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
async fn a_user_refreshes_a_token_and_can_narrow_but_not_widen_it() {
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
    let sent = http()
        .post(fake.token_uri())
        .json(&json!({"grant_type": "refresh_token"}));
    assert_eq!(sent.send().await.unwrap().status(), 400, "JSON is no form");
}

#[tokio::test]
async fn claims_that_are_signed_for_a_caller_without_a_key_buy_a_token() {
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
async fn claims_are_signed_for_those_who_may_and_only_as_documented() {
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

#[tokio::test]
async fn the_clock_ends_a_tokens_life() {
    let fake = FakeServer::builder()
        .starts_at(UNIX_EPOCH)
        .start()
        .await
        .unwrap();
    let token = fake.token();
    fake.advance(Duration::from_secs(3599));
    assert_eq!(list(&fake, &token).await, 200);
    fake.advance(Duration::from_secs(1));
    assert_eq!(list(&fake, &token).await, 401);
}
