//! Logging in: service accounts with and without a key, and users.

mod assertions;
mod sign_jwt;
mod users;

use generated_client_fake::{FakeServer, scope};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{LIST, NOON, http};

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
