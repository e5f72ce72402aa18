//! The claims that a service account signs, read by another library.

use generated_client::cloudidentity::Client;
use generated_client_fake::scope;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};
use tests::recorder::{Recorder, ResponseTemplate};

use super::keys::{Key, file};
use crate::reliability::{ADA, VirtualClock, noon};

#[tokio::test]
async fn assertions_have_the_form_google_documents() {
    let key = Key::new();
    let token =
        ResponseTemplate::ok(r#"{"access_token": "t", "expires_in": 9, "token_type": "Bearer"}"#);
    let server = Recorder::start([token, ResponseTemplate::ok("{}")])
        .await
        .unwrap();
    for pem in [key.pkcs8(), key.pkcs1()] {
        let account = generated_client::auth::ServiceAccount::from_json(&file(&pem)).unwrap();
        let account = account
            .subject("admin@example.com")
            .token_url(server.base_url());
        let client = Client::builder()
            .base_url(server.base_url())
            .credentials(account)
            .clock(VirtualClock::default())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        let _ = ada.get().await;
        let request = server.take().remove(0);
        assert_eq!(
            request.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(request.header("authorization"), None);
        let assertion = request
            .body
            .strip_prefix(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant%2Dtype%3Ajwt%2Dbearer&assertion=",
            )
            .unwrap()
            .replace("%2E", ".")
            .replace("%2D", "-")
            .replace("%5F", "_");

        let header = serde_json::to_value(decode_header(&assertion).unwrap()).unwrap();
        assert_eq!(
            (&header["alg"], &header["typ"], &header["kid"]),
            (&json!("RS256"), &json!("JWT"), &json!("k1"))
        );
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false;
        rules.validate_aud = false;
        let public = DecodingKey::from_rsa_der(&key.public());
        let claims = decode::<Value>(&assertion, &public, &rules).unwrap().claims;
        let issued = noon()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs()
            - 10;
        let expected = json!({
            "iss": "a@p.iam.gserviceaccount.com",
            "sub": "admin@example.com",
            "scope": scope::USER_INVITATIONS,
            "aud": server.base_url(),
            "iat": issued,
            "exp": issued + 3_600,
        });
        assert_eq!(claims, expected);
    }
}
