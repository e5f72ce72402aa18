//! Which servers are called through a proxy.

use generated_client::auth::{Keyless, ServiceAccount};
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Authorization, Builder, RetryPolicy, Secret};
use generated_client_fake::{FakeServer, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{builder, child, invitation, run_again};
use crate::reliability::{self, ADA};
use crate::support::holding;

const VARIABLES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

const TEST: &str = "connections::proxies::proxies_of_the_environment_are_bypassed_on_loopback";

#[tokio::test]
async fn proxies_of_the_environment_are_bypassed_on_loopback() {
    if child().is_some() {
        return call_with_proxies_in_the_environment().await;
    }
    let proxy = Recorder::start([ResponseTemplate::new(403, "")])
        .await
        .unwrap();
    let mut child = run_again(TEST, "");
    for variable in VARIABLES {
        child.env(variable, proxy.base_url());
    }
    for variable in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(variable);
    }
    let output = tokio::task::spawn_blocking(move || child.output());
    let output = output.await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    // Nothing but what was for other machines.
    let received = proxy.take();
    let mut targets: Vec<_> = received.iter().map(|it| it.target.as_str()).collect();
    targets.dedup();
    assert_eq!(targets, ["api.example.com:443", "token.example.com:443"]);
}

async fn call_with_proxies_in_the_environment() {
    let fake = reliability::four_accounts().start().await.unwrap();
    // The API and the token, by a key; the IAM besides, without one.
    let key = ServiceAccount::from_json(&fake.service_account_key().unwrap()).unwrap();
    let key = || key.clone().subject(fake.administrator());
    for client in [
        fake_builder(&fake).credentials(key()),
        fake_builder(&fake).credentials(keyless(&fake)),
        fake_builder(&fake)
            .credentials(key())
            .base_url(fake.base_url().replace("127.0.0.1", "localhost")),
    ] {
        let client = client.build().unwrap();
        let ada = reliability::invitation(&fake, &client, ADA);
        ada.get().await.unwrap();
        ada.send().await.unwrap();
    }
    assert_eq!(fake.requests(Method::Send), 3);
    // Another machine, and a credential for this one from another machine.
    let elsewhere = builder("https://api.example.com").retry_policy(RetryPolicy::once());
    let error = invitation(&elsewhere.build().unwrap()).send().await;
    assert_eq!(holding(&error.unwrap_err()), "connect");
    let elsewhere = key().token_url("https://token.example.com");
    let client = fake_builder(&fake).credentials(elsewhere).build().unwrap();
    let hurried = RetryPolicy::default().timeout(reliability::SECOND);
    let error = reliability::invitation(&fake, &client, ADA).with_retry_policy(hurried);
    assert!(error.get().await.unwrap_err().is_authentication());

    // One that is set by hand.
    let proxy = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let by_hand = reqwest::Proxy::all(proxy.base_url()).unwrap();
    let client = builder("http://127.0.0.1:1").http(move |http| http.proxy(by_hand.clone()));
    let ada = invitation(&client.build().unwrap());
    ada.get().await.unwrap();
    ada.send().await.unwrap();
    assert_eq!(proxy.take().len(), 2);
    // And none at all.
    let client = builder("http://127.0.0.1:1").http(|http| http.no_proxy());
    let client = client.retry_policy(RetryPolicy::once()).build().unwrap();
    let error = invitation(&client).get().await.unwrap_err();
    assert_eq!(holding(&error), "connect");
}

fn fake_builder(fake: &FakeServer) -> Builder<Client> {
    builder(fake.base_url())
}

fn keyless(fake: &FakeServer) -> Keyless {
    let base = Authorization::bearer(Secret::from(fake.base_token())).unwrap();
    Keyless::new(base, fake.service_account(), fake.administrator())
        .iam_url(fake.base_url())
        .token_url(fake.token_uri())
}
