//! What nobody gets to see of a login, and what everybody should.

use std::error::Error as _;

use futures_util::StreamExt as _;
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Builder, Error, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method};
use serde_json::Value;

use super::{administrator, keyless, service_account};
use crate::reliability::capture::captured;
use crate::reliability::{SECOND, VirtualClock, customer};

const PERSON: &str = "hidden.person@example.com";

/// Everything about a fake's logins that must be nowhere.
fn secrets(fake: &FakeServer) -> Vec<String> {
    let file = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let key = file(fake.service_account_key().unwrap());
    let user = file(fake.authorized_user());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pem = text(&key["private_key"]);
    let mut secrets: Vec<_> = pem.lines().skip(1).take(3).map(str::to_owned).collect();
    secrets.extend([
        text(&user["refresh_token"]),
        text(&user["client_secret"]),
        fake.administrator(),
        fake.service_account().to_owned(),
        "ya29.".to_owned(),
        // What every JWT begins with.
        "eyJ".to_owned(),
        "hidden".to_owned(),
    ]);
    secrets
}

/// All that an error prints, and all that its sources print.
fn printed(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut source = error.source();
    while let Some(next) = source {
        text += &format!("{next}\n{next:?}\n");
        source = next.source();
    }
    text
}

/// Calls everything as somebody, and returns all that it shows.
async fn run(fake: &FakeServer, builder: Builder<Client>) -> String {
    let mut text = format!("{builder:?}\n{builder:#?}\n");
    let client = builder
        .base_url(fake.base_url())
        .retry_policy(RetryPolicy::default().timeout(SECOND / 2))
        .clock(VirtualClock::default())
        .build()
        .unwrap();
    text += &format!("{client:?}\n{client:#?}\n");
    let person = customer(fake, &client).invitation(PERSON).unwrap();
    let mut errors = Vec::new();
    errors.extend(person.is_invitable().await.err());
    fake.advance(3_601 * SECOND);
    errors.extend(person.send().await.err());
    let mut items = customer(fake, &client).invitations().items();
    while let Some(item) = items.next().await {
        errors.extend(item.err());
    }
    errors.iter().for_each(|error| text += &printed(error));
    text
}

fn faults() -> Vec<Option<Fault>> {
    vec![
        None,
        Some(Fault::Internal),
        Some(Fault::Unavailable(Hint::Nothing)),
        Some(Fault::ResetBefore),
        Some(Fault::ResetAfter),
        Some(Fault::ResetInResponse),
        Some(Fault::EmptyBody),
        Some(Fault::CutOffJson),
        Some(Fault::EndlessBody),
        Some(Fault::SlowBody(60 * SECOND)),
    ]
}

#[test]
fn secrets_of_token_requests_are_not_shown() {
    for fault in faults() {
        let what = format!("{fault:?}");
        let ((text, secrets), capture) = captured(async |servers| {
            let fake = servers.fake(PERSON, None).await;
            if let Some(fault) = fault {
                fake.inject(fault.clone().on(Method::Token));
                fake.inject(fault.on(Method::SignJwt));
            }
            let account = service_account(&fake);
            let keyless = keyless(&fake, administrator(&fake));
            let user = administrator(&fake);
            let mut text = format!("{account:?} {keyless:?} {user:?}");
            text += &run(&fake, Client::builder().credentials(account)).await;
            text += &run(&fake, Client::builder().credentials(keyless)).await;
            text += &run(&fake, Client::builder().credentials(user)).await;
            (text, secrets(&fake))
        });
        let told = capture.text();
        assert!(capture.spans("call").len() > 5, "{what}");
        for secret in secrets {
            assert!(secret.len() > 2, "{what}");
            for shown in [&text, &told] {
                let line = shown.lines().find(|line| line.contains(&secret));
                assert_eq!(line, None, "{what}: {secret}");
            }
        }
    }
}

#[test]
fn failed_token_requests_are_traced() {
    let (_, capture) = captured(async |servers| {
        let fake = servers.fake(PERSON, None).await;
        fake.inject(
            Fault::Unavailable(Hint::Seconds(2))
                .on(Method::Token)
                .nth(1),
        );
        let client = Client::builder()
            .base_url(fake.base_url())
            .credentials(service_account(&fake))
            .clock(VirtualClock::default());
        let client = client.build().unwrap();
        customer(&fake, &client)
            .invitation(PERSON)
            .unwrap()
            .get()
            .await
            .unwrap();
    });
    let events = capture.events("generated_client");
    let login = events
        .iter()
        .find(|event| event["message"] == "token request")
        .unwrap();
    assert_eq!(login["http.response.status_code"], "503");
    assert_eq!(login["wait_ms"], "2000");
}
