//! Who calls: a key, a token that was exchanged, nobody.

use std::time::Duration;

use generated_client::confluent::Client;
use generated_client::runtime::{Error, Secret};
use generated_client_fake::Method;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{builder, client, fake, key, provider};
use crate::reliability::{SECOND, VirtualClock};

async fn every_operation(client: &Client, email: &str) -> Result<(), Error> {
    let made = client.invite(email).send().await?.into_body();
    let invitation = client.invitation(made.id.unwrap())?;
    assert_eq!(invitation.get().await?.body().email.as_deref(), Some(email));
    let list = client.invitations().email(email).pages();
    let page = futures_util::TryStreamExt::try_collect::<Vec<_>>(list).await?;
    assert_eq!(page[0].body().data.len(), 1);
    invitation.delete().await.map(drop)
}

#[tokio::test]
async fn every_operation_sends_its_credentials() {
    let fake = fake().await;
    every_operation(&client(&fake), "a@example.com")
        .await
        .unwrap();
    let by_token = builder(&fake).credentials(provider(&fake)).build().unwrap();
    every_operation(&by_token, "b@example.com").await.unwrap();
    assert_eq!(fake.requests(Method::ConfluentToken), 1);

    let stranger = builder(&fake).token("unknown").build().unwrap();
    let error = every_operation(&stranger, "c@example.com")
        .await
        .unwrap_err();
    assert!(error.is_unauthenticated());
    let headers: generated_client::confluent::ResponseHeaders = error.typed_headers().unwrap();
    assert_eq!(
        headers.www_authenticate.as_deref(),
        Some("Basic error=\"invalid_key\"")
    );
    assert!(error.request_id().is_some());

    let before = fake.requests(Method::ConfluentCreate);
    let nobody = builder(&fake).build().unwrap();
    let error = every_operation(&nobody, "d@example.com").await.unwrap_err();
    assert!(
        error.to_string().contains("no credentials are set"),
        "{error}"
    );
    assert_eq!(fake.requests(Method::ConfluentCreate), before);
}

#[tokio::test]
async fn a_fifteen_minute_token_is_reused_until_it_expires() {
    let fake = fake().await;
    let clock = VirtualClock::default();
    let id = fake.confluent().invite("a@example.com");
    for (asked, refresh) in [(None, 675), (Some(100), 75), (Some(9_000), 675)] {
        let mut credentials = provider(&fake);
        if let Some(life) = asked {
            credentials = credentials.expires_in(Duration::from_secs(life));
        }
        let client = builder(&fake).credentials(credentials).clock(clock.clone());
        let invitation = client.build().unwrap().invitation(&id).unwrap();
        let before = fake.requests(Method::ConfluentToken);
        invitation.get().await.unwrap();
        clock.pass((refresh - 1) * SECOND);
        invitation.get().await.unwrap();
        assert_eq!(
            fake.requests(Method::ConfluentToken) - before,
            1,
            "{asked:?}"
        );
        clock.pass(SECOND);
        invitation.get().await.unwrap();
        assert_eq!(
            fake.requests(Method::ConfluentToken) - before,
            2,
            "{asked:?}"
        );
    }
}

#[tokio::test]
async fn token_exchange_requests_follow_rfc_8693() {
    let token =
        ResponseTemplate::ok(r#"{"access_token": "t", "token_type": "Bearer", "expires_in": 900}"#);
    let server = Recorder::start([token, ResponseTemplate::ok("{}")])
        .await
        .unwrap();
    let subject = || std::future::ready(Ok(Secret::from("sub.ject")));
    let credentials = generated_client::confluent::sts("pool-1", subject)
        .token_url(server.base_url())
        .expires_in(Duration::from_secs(60));
    let client = Client::builder()
        .base_url(server.base_url())
        .credentials(credentials);
    client
        .build()
        .unwrap()
        .invitation("i-1")
        .unwrap()
        .get()
        .await
        .unwrap();
    let [exchange, call] = server.take().try_into().unwrap();
    assert_eq!(exchange.header("authorization"), None);
    let form: Vec<_> = exchange
        .body
        .split('&')
        .map(|pair| {
            pair.replace("%3A", ":")
                .replace("%2D", "-")
                .replace("%5F", "_")
                .replace("%2E", ".")
        })
        .collect();
    assert_eq!(
        form,
        [
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token=sub.ject",
            "subject_token_type=urn:ietf:params:oauth:token-type:jwt",
            "requested_token_type=urn:ietf:params:oauth:token-type:access_token",
            "identity_pool_id=pool-1",
            "expires_in=60",
        ]
    );
    assert_eq!(call.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn a_failing_token_source_is_an_authentication_error() {
    let fake = fake().await;
    let failing = generated_client::confluent::sts("pool-1", || {
        std::future::ready(Err(Error::authentication("the provider is down")))
    });
    let client = builder(&fake).credentials(failing).build().unwrap();
    let error = client.invitation("i-1").unwrap().get().await.unwrap_err();
    assert!(
        error.is_authentication() && error.to_string().contains("the provider is down"),
        "{error}"
    );
    let wrong =
        generated_client::confluent::sts("pool-1", || std::future::ready(Ok("other".into())));
    let wrong = wrong.token_url(fake.confluent().sts_url());
    let client = builder(&fake).credentials(wrong).build().unwrap();
    let error = client.invitation("i-1").unwrap().get().await.unwrap_err();
    assert!(
        error.is_authentication() && error.to_string().contains("401"),
        "{error}"
    );
    assert_eq!(fake.requests(Method::ConfluentGet), 0);
}

#[tokio::test]
async fn ids_address_one_invitation_or_are_refused() {
    let fake = fake().await;
    let client = client(&fake);
    for id in ["", ".", "..", "a/b", "a\\b", "a\nb"] {
        let error = client.invitation(id).unwrap_err();
        assert!(error.is_invalid_argument(), "{id:?}");
    }
    let strange = client.invitation("i?x=1#y%2F").unwrap();
    assert!(strange.get().await.unwrap_err().is_not_found());
    assert_eq!(fake.requests(Method::ConfluentGet), 1);
}

#[tokio::test]
async fn credentials_do_not_follow_redirects() {
    let elsewhere = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let target: &'static str = elsewhere.base_url().to_owned().leak();
    let fake = fake().await;
    for status in [301, 302, 303, 307, 308] {
        let server =
            Recorder::start([ResponseTemplate::new(status, "").header("location", target)])
                .await
                .unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .credentials(key(&fake));
        let client = client.build().unwrap();
        let invitation = client.invitation("i-1").unwrap();
        for outcome in [
            invitation.get().await.map(drop),
            invitation.delete().await.map(drop),
            client.invite("a@example.com").send().await.map(drop),
        ] {
            assert!(outcome.unwrap_err().is_redirect());
        }
    }
    // A `next` and a `Location` of another server: nobody goes there.
    let next: &'static str = format!(
        r#"{{"data": [], "metadata": {{"next": "{target}/iam/v2/invitations?page_token=x"}}}}"#
    )
    .leak();
    let server = Recorder::start([ResponseTemplate::ok(next)]).await.unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .credentials(key(&fake))
        .build()
        .unwrap();
    let mut pages = client.invitations().pages();
    use futures_util::TryStreamExt as _;
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.next_page_token(), None);
    assert!(pages.try_next().await.unwrap_err().is_foreign_page());
    let location: &'static str = format!("{target}/iam/v2/invitations/i-1").leak();
    let server = Recorder::start([ResponseTemplate::new(409, "").header("location", location)])
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .credentials(key(&fake))
        .build()
        .unwrap();
    let error = client.invite("a@example.com").send().await.unwrap_err();
    assert!(error.is_conflict() && client.existing(&error).is_none());
    assert_eq!(elsewhere.take(), []);
}

#[test]
fn debug_output_shows_no_secret_or_address() {
    const PERSON: &str = "hidden.person@example.com";
    let ((text, secrets), capture) = crate::reliability::capture::captured(async |servers| {
        let fake = servers.fake(PERSON, None).await;
        fake.confluent().set_quota(1);
        let (id, secret) = fake.confluent().key();
        let mut text = String::new();
        for builder in [
            builder(&fake).credentials(key(&fake)),
            builder(&fake).credentials(provider(&fake)),
            builder(&fake).credentials(
                provider(&fake)
                    .parameter("x", "y")
                    .token_url("http://hidden.example"),
            ),
        ] {
            text += &format!("{builder:?}");
            let client = builder.build().unwrap();
            let invite = client.invite(PERSON);
            let list = client.invitations().email(PERSON);
            text += &format!("{client:?} {client:#?} {invite:?} {list:?}");
            for _ in 0..2 {
                if let Err(error) = invite.send().await {
                    text += &format!("{error} {error:?} {error:#?}");
                }
            }
            let mut pages = list.pages();
            if let Err(error) = futures_util::TryStreamExt::try_next(&mut pages).await {
                text += &format!("{error} {error:?} {error:#?}");
            }
            text += &format!("{pages:?}");
        }
        let pair = format!("{id}:{secret}");
        let basic = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, pair);
        let secrets = vec![
            secret,
            basic,
            fake.confluent().subject_token(),
            "fake-sts-".into(),
            "hidden".into(),
        ];
        (text, secrets)
    });
    assert!(capture.spans("call").len() > 5);
    for secret in secrets {
        for shown in [&text, &capture.text()] {
            let line = shown.lines().find(|line| line.contains(&secret));
            assert_eq!(line, None, "{secret}");
        }
    }
}
