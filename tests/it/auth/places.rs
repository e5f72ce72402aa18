//! Where credentials are sent, and where never.

use generated_client::cloudidentity::Client;
use generated_client::runtime::Credentials;
use generated_client_fake::FakeServer;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{administrator, base, builder, keyless, service_account};
use crate::reliability::{ADA, VirtualClock, four_accounts};

async fn fails(credentials: impl Credentials + 'static) -> String {
    // Nothing listens there, and nothing gets that far.
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .credentials(credentials)
        .clock(VirtualClock::default())
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    let error = ada.get().await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
    assert_eq!((error.attempts(), error.is_outcome_unknown()), (0, false));
    error.to_string()
}

#[tokio::test]
async fn secrets_are_sent_only_over_https_or_to_loopback() {
    let fake = four_accounts().start().await.unwrap();
    for url in [
        "http://oauth2.googleapis.com/token",
        "http://127.0.0.1.example.com/token",
        "https://user:password@oauth2.googleapis.com/token",
        "ftp://127.0.0.1/token",
        "file:///tmp/token",
        "token",
        "",
    ] {
        for text in [
            fails(service_account(&fake).token_url(url)).await,
            fails(administrator(&fake).token_url(url)).await,
            fails(keyless(&fake, base(&fake)).token_url(url)).await,
            fails(keyless(&fake, base(&fake)).iam_url(url)).await,
        ] {
            assert!(
                text.contains("neither `https` nor on this machine"),
                "{url}: {text}"
            );
            assert!(
                !text.contains("oauth2") && !text.contains("password"),
                "{text}"
            );
        }
    }
}

/// A file's own `token_uri` is what a stranger may have written.
#[tokio::test]
async fn files_that_name_unencrypted_urls_are_refused() {
    let fake = four_accounts().start().await.unwrap();
    let evil = |text: String| text.replace(fake.token_uri(), "http://evil.example/token");
    let key = evil(fake.service_account_key().unwrap());
    fails(generated_client::auth::ServiceAccount::from_json(&key).unwrap()).await;
    let user = evil(fake.authorized_user());
    fails(generated_client::auth::AuthorizedUser::from_json(&user).unwrap()).await;
}

#[tokio::test]
async fn token_requests_do_not_follow_redirects() {
    let fake = four_accounts().start().await.unwrap();
    let elsewhere = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let target: &'static str = elsewhere.base_url().to_owned().leak();
    for status in [301, 302, 303, 307, 308] {
        let response = ResponseTemplate::new(status, "").header("location", target);
        let server = Recorder::start([response]).await.unwrap();
        let at = server.base_url();
        fails(service_account(&fake).token_url(at)).await;
        fails(administrator(&fake).token_url(at)).await;
        fails(keyless(&fake, base(&fake)).iam_url(at)).await;
        assert_eq!(server.take().len(), 3, "{status}");
    }
    assert_eq!(elsewhere.take(), []);
}

/// Each credential reaches the one server that it is for.
#[tokio::test]
async fn credentials_reach_their_own_server_only() {
    let fake: FakeServer = four_accounts().start().await.unwrap();
    let api = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = builder(&fake)
        .base_url(api.base_url())
        .credentials(keyless(&fake, base(&fake)))
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    ada.get().await.unwrap();
    let request = api.take().remove(0);
    let sent = request.header("authorization").unwrap();
    assert!(sent.starts_with("Bearer ") && !sent.contains(&fake.base_token()));
}
