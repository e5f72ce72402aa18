//! Which scopes are asked for, and what they allow.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use generated_client::cloudidentity::Client;
use generated_client_fake::scope;
use serde_json::Value;
use tests::recorder::{Recorder, ResponseTemplate};

use super::service_account;
use crate::reliability::{ADA, VirtualClock, four_accounts};
use crate::support::holding;

/// The scopes that a client asks a token endpoint for.
async fn asked(scopes: Option<&[&str]>) -> Value {
    let fake = four_accounts().start().await.unwrap();
    let token =
        ResponseTemplate::ok(r#"{"access_token": "t", "expires_in": 9, "token_type": "Bearer"}"#);
    let server = Recorder::start([token, ResponseTemplate::ok("{}")])
        .await
        .unwrap();
    let account = service_account(&fake).token_url(server.base_url());
    let mut builder = Client::builder()
        .base_url(server.base_url())
        .credentials(account);
    if let Some(scopes) = scopes {
        builder = builder.scopes(scopes.iter().copied());
    }
    let client = builder.clock(VirtualClock::default()).build().unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    ada.get().await.unwrap();
    let body = server.take().remove(0).body;
    let claims = body
        .split('.')
        .nth(1)
        .or_else(|| body.split("%2E").nth(1))
        .unwrap();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.replace("%2D", "-").replace("%5F", "_"));
    serde_json::from_slice::<Value>(&claims.unwrap()).unwrap()["scope"].clone()
}

#[tokio::test]
async fn token_requests_ask_for_the_stated_scopes_only() {
    let (full, read) = (scope::USER_INVITATIONS, scope::USER_INVITATIONS_READONLY);
    assert_eq!(asked(None).await, full);
    assert_eq!(asked(Some(&[read])).await, read);
    assert_eq!(asked(Some(&[read, full])).await, format!("{read} {full}"));
}

#[tokio::test]
async fn a_read_only_client_asks_for_the_read_only_scope() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .token("t")
        .scopes([scope::USER_INVITATIONS_READONLY])
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    ada.get().await.unwrap();
    ada.is_invitable().await.unwrap();
    assert_eq!(server.take().len(), 2);
    for error in [
        ada.send().await.unwrap_err(),
        ada.cancel().await.unwrap_err(),
    ] {
        assert_eq!(holding(&error), "invalid argument");
        assert!(
            error.to_string().contains(scope::USER_INVITATIONS),
            "{error}"
        );
    }
    assert_eq!(server.take(), []);
}
