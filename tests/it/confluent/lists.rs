//! Lists: filters, pages by URL, limits that the server tells.

use futures_util::TryStreamExt as _;
use generated_client::confluent::{ResponseHeaders, Status};
use generated_client::runtime::RateLimit;
use generated_client_fake::{Fault, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{builder, client, fake, key};
use crate::reliability::{SECOND, VirtualClock};

#[tokio::test]
async fn every_invitation_is_listed_once() {
    let fake = fake().await;
    for number in 0..250 {
        fake.confluent()
            .invite(&format!("user{number}@example.com"));
    }
    fake.inject(Fault::Internal.on(Method::ConfluentList).percent(10));
    let client = builder(&fake)
        .credentials(key(&fake))
        .retry_budget(1_000)
        .build()
        .unwrap();
    for size in [7, 100, 1_000] {
        let items = client.invitations().page_size(size).items();
        let found: Vec<_> = items
            .map_ok(|it| it.email.unwrap())
            .try_collect()
            .await
            .unwrap();
        let mut emails = found.clone();
        emails.sort();
        emails.dedup();
        assert_eq!((found.len(), emails.len()), (250, 250), "{size}");
    }
    // From a token on, as it stood in the URL of the next page.
    let mut pages = client.invitations().pages();
    pages.try_next().await.unwrap();
    let token = pages.next_page_token().unwrap().to_owned();
    assert!(!token.contains('/'), "{token}");
    let rest: Vec<_> = client
        .invitations()
        .page_token(token)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(rest.len(), 150);
}

#[tokio::test]
async fn filters_list_matching_invitations_only() {
    let fake = fake().await;
    let ids: Vec<_> = ["a", "b", "c", "d"]
        .map(|name| fake.confluent().invite(&format!("{name}@example.com")))
        .into();
    fake.confluent().accept(&ids[0]);
    let client = client(&fake);
    client.invitation(&ids[1]).unwrap().delete().await.unwrap();
    let all = || client.invitations();
    for (list, expected) in [
        (all(), vec!["a", "b", "c", "d"]),
        (all().email("c@example.com"), vec!["c"]),
        (all().status(&Status::InviteStatusAccepted), vec!["a"]),
        (all().status(&Status::InviteStatusDeactivated), vec!["b"]),
        (all().status(&Status::InviteStatusSent), vec!["c", "d"]),
        (all().user(ids[3].replacen("i-", "u-", 1)), vec!["d"]),
        (all().creator("u-fake"), vec!["a", "b", "c", "d"]),
        (all().creator("u-other"), vec![]),
        (
            all().status(&Status::Unrecognized("INVITE_STATUS_NEW".into())),
            vec![],
        ),
    ] {
        let mut found: Vec<_> = list
            .items()
            .map_ok(|it| it.email.unwrap()[..1].to_owned())
            .try_collect()
            .await
            .unwrap();
        found.sort();
        assert_eq!(found, expected);
    }
    // A week later nobody can accept any more, and the deleted one is gone.
    fake.advance(7 * 24 * 3_600 * SECOND);
    let expired = all().status(&Status::InviteStatusExpired).items();
    assert_eq!(expired.try_collect::<Vec<_>>().await.unwrap().len(), 2);
    assert!(
        client
            .invitation(&ids[1])
            .unwrap()
            .get()
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn invalid_next_page_urls_are_not_requested() {
    for next in [
        "https://evil.example/iam/v2/invitations?page_token=x",
        "http://127.0.0.1:1/iam/v2/invitations?page_token=x",
        "//evil.example/iam/v2/invitations?page_token=x",
        "/iam/v2/invitations",
        "/iam/v2/invitations?page_token=",
        "http://[",
    ] {
        let body: &'static str =
            format!(r#"{{"data": [{{"id": "i-1"}}], "metadata": {{"next": "{next}"}}}}"#).leak();
        let server = Recorder::start([ResponseTemplate::ok(body)]).await.unwrap();
        let client = generated_client::confluent::Client::builder()
            .base_url(server.base_url())
            .token("t");
        let mut items = client.build().unwrap().invitations().items();
        assert!(items.try_next().await.unwrap().is_some());
        let error = items.try_next().await.unwrap_err();
        assert!(
            error.is_foreign_page() && !error.to_string().contains("evil"),
            "{next}: {error}"
        );
        assert_eq!(server.take().len(), 1, "{next}");
    }
    // A URL without a host is the server's own, and the page before comes again as an error.
    let body = r#"{"data": [], "metadata": {"next": "/iam/v2/invitations?page_token=x%2By"}}"#;
    let server = Recorder::start([ResponseTemplate::ok(body)]).await.unwrap();
    let client = generated_client::confluent::Client::builder()
        .base_url(server.base_url())
        .token("t");
    let pages = client.build().unwrap().invitations().pages();
    let error = pages.try_collect::<Vec<_>>().await.unwrap_err();
    assert!(error.is_repeated_page());
    let requests = server.take();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[1].target.ends_with("page_token=x%2By"),
        "{}",
        requests[1].target
    );
}

#[tokio::test]
async fn rate_limit_headers_are_typed_and_respected() {
    let fake = fake().await;
    let id = fake.confluent().invite("a@example.com");
    fake.confluent().set_limit(3, 30 * SECOND);
    let clock = VirtualClock::default();
    let careful = builder(&fake)
        .credentials(key(&fake))
        .rate_limiter(RateLimit::new().respect_headers())
        .clock(clock.clone());
    let careful = careful.build().unwrap().invitation(&id).unwrap();
    for left in [2, 1, 0] {
        let response = careful.get().await.unwrap();
        let headers: ResponseHeaders = response.typed_headers();
        assert_eq!(
            (headers.x_rate_limit_limit, headers.x_rate_limit_remaining),
            (Some(3), Some(left))
        );
        assert_eq!(headers.x_rate_limit_reset, Some(30));
        assert!(headers.x_request_id.is_some());
    }
    assert!(clock.waits().iter().all(|wait| wait.is_zero()));
    // The next one waits for the next window, and so is not refused.
    fake.advance(30 * SECOND);
    careful.get().await.unwrap();
    assert_eq!(clock.passed(), 30 * SECOND);
    assert_eq!(fake.requests(Method::ConfluentGet), 4);

    // Who does not look runs into it, is told, and waits.
    let clock = VirtualClock::default();
    let careless = builder(&fake).credentials(key(&fake)).clock(clock.clone());
    let careless = careless.build().unwrap().invitation(&id).unwrap();
    careless.get().await.unwrap();
    careless.get().await.unwrap();
    let error = careless
        .with_retry_policy(generated_client::runtime::RetryPolicy::once())
        .get()
        .await
        .unwrap_err();
    assert!(error.is_throttled() && error.raw_body().unwrap().is_empty());
    let headers: ResponseHeaders = error.typed_headers().unwrap();
    assert_eq!(
        (headers.retry_after, headers.x_rate_limit_remaining),
        (Some(30), Some(0))
    );
}
