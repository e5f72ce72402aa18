//! What was fetched is kept, shared, and fetched anew in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use generated_client::auth::from_fn;
use generated_client::cloudidentity::Client;
use generated_client_fake::{FakeServer, Fault, Hint, Method, scope};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{bearer, builder, service_account};
use crate::reliability::{ADA, SECOND, VirtualClock, customer, four_accounts, invitation};

/// A client that has logged in by a key, and its clock.
fn client(fake: &FakeServer) -> (Client, VirtualClock) {
    let clock = VirtualClock::default();
    let builder = builder(fake).credentials(service_account(fake));
    (builder.clock(clock.clone()).build().unwrap(), clock)
}

#[tokio::test]
async fn hundred_tasks_share_one_token_request() {
    let fake = four_accounts().start().await.unwrap();
    let (client, clock) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    for expected in [1, 2] {
        let calls = (0..100).map(|_| {
            let ada = ada.clone();
            tokio::spawn(async move { ada.get().await.map(drop) })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(fake.requests(Method::Token), expected);
        // The token expires, for the client and for the fake.
        clock.pass(3_601 * SECOND);
        fake.advance(3_601 * SECOND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_expire_at_once_are_used_by_the_calls_that_waited() {
    // How long a token lives, and how long it takes to fetch one.
    for (life, fetch) in [(0, 0), (0, 50), (1, 50), (25, 50)].map(|(life, fetch)| {
        let millis = Duration::from_millis;
        (millis(life), millis(fetch))
    }) {
        let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
        let fetches = Arc::new(AtomicUsize::default());
        let counted = fetches.clone();
        let credentials = from_fn(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            async move {
                tokio::time::sleep(fetch).await;
                Ok(bearer("token").expires_in(life))
            }
        });
        let client = Client::builder().base_url(server.base_url());
        let client = client.credentials(credentials).build().unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        let outcomes = futures_util::future::join_all((0..1_000).map(|_| ada.get()));
        assert!(outcomes.await.iter().all(Result::is_ok));
        let fetches = fetches.load(Ordering::SeqCst);
        assert!(fetches <= 5, "{life:?}, {fetch:?}: {fetches} fetches");
    }
}

#[tokio::test]
async fn waiting_calls_share_one_failed_token_request() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::Internal.on(Method::Token));
    let (client, _) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    let outcomes = futures_util::future::join_all((0..50).map(|_| ada.get())).await;
    let errors = outcomes.into_iter().map(|outcome| outcome.unwrap_err());
    assert!(errors.into_iter().all(|error| error.is_authentication()));
    assert_eq!(
        (fake.requests(Method::Token), fake.requests(Method::Get)),
        (4, 0)
    );
    fake.clear_faults();
    ada.get().await.unwrap();
}

#[tokio::test]
async fn tokens_are_refreshed_shortly_before_they_expire() {
    // Its life in seconds, and after how many of them another one is fetched.
    for (life, refresh) in [(3_600, 3_360), (1_000, 760), (400, 300), (40, 30)] {
        let fake = four_accounts()
            .token_lifetime(life * SECOND)
            .start()
            .await
            .unwrap();
        let (client, clock) = client(&fake);
        let ada = invitation(&fake, &client, ADA);
        ada.get().await.unwrap();
        clock.pass((refresh - 1) * SECOND);
        ada.get().await.unwrap();
        assert_eq!(fake.requests(Method::Token), 1, "{life}");
        clock.pass(SECOND);
        ada.get().await.unwrap();
        assert_eq!(fake.requests(Method::Token), 2, "{life}");
    }
}

#[tokio::test]
async fn a_valid_token_is_used_while_refreshing_fails() {
    let fake = four_accounts()
        .token_lifetime(1_000 * SECOND)
        .start()
        .await
        .unwrap();
    let (client, clock) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    ada.get().await.unwrap();
    fake.inject(Fault::Unavailable(Hint::Nothing).on(Method::Token));
    clock.pass(800 * SECOND);
    for _ in 0..5 {
        ada.get().await.unwrap();
    }
    // One attempt, and none for a while.
    assert_eq!(fake.requests(Method::Token), 2);
    clock.pass(10 * SECOND);
    ada.get().await.unwrap();
    assert_eq!(fake.requests(Method::Token), 3);
    // Now it ends.
    clock.pass(190 * SECOND);
    assert!(ada.get().await.unwrap_err().is_authentication());
    fake.clear_faults();
    ada.get().await.unwrap();
}

#[tokio::test]
async fn calls_with_a_valid_token_do_not_wait_for_a_slow_refresh() {
    let fake = four_accounts()
        .token_lifetime(1_000 * SECOND)
        .start()
        .await
        .unwrap();
    let (client, clock) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    ada.get().await.unwrap();
    fake.inject(Fault::SlowBody(60 * SECOND).on(Method::Token));
    clock.pass(800 * SECOND);
    // One caller tries for some seconds; the others go on at once.
    let calls = futures_util::future::join_all((0..20).map(|_| ada.get()));
    assert!(calls.await.iter().all(Result::is_ok));
    assert_eq!(
        (fake.requests(Method::Token), fake.requests(Method::Get)),
        (2, 21)
    );
}

#[tokio::test]
async fn a_token_that_expires_between_two_pages_is_refreshed() {
    let fake = four_accounts().start().await.unwrap();
    let (client, _) = client(&fake);
    let mut pages = customer(&fake, &client).invitations().page_size(1).pages();
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        found.extend(
            page.body()
                .user_invitations
                .iter()
                .map(|it| it.name.clone()),
        );
        // Only the fake knows.
        fake.advance(3_601 * SECOND);
    }
    assert_eq!((found.len(), fake.requests(Method::Token)), (4, 4));
}

#[tokio::test]
async fn an_unauthenticated_send_is_retried_and_sends_one_email() {
    let fake = four_accounts().start().await.unwrap();
    let (client, _) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    ada.get().await.unwrap();
    fake.advance(3_601 * SECOND);
    let sent = ada.send().await.unwrap();
    assert_eq!((sent.attempts(), fake.emails_sent(ADA)), (2, 1));
    assert_eq!(
        (fake.requests(Method::Send), fake.requests(Method::Token)),
        (2, 2)
    );
}

#[tokio::test]
async fn unknown_credentials_are_refreshed_once_at_most() {
    let fake = four_accounts().start().await.unwrap();
    // A token of somebody's own cannot become another one.
    let stranger = builder(&fake)
        .credentials(bearer("unknown"))
        .build()
        .unwrap();
    let error = invitation(&fake, &stranger, ADA).get().await.unwrap_err();
    assert!(error.is_unauthenticated());
    assert_eq!((error.attempts(), fake.requests(Method::Get)), (1, 1));

    // New ones that are refused too: once more, and no more.
    let fake = four_accounts()
        .token_lifetime(Duration::ZERO)
        .start()
        .await
        .unwrap();
    let (client, _) = client(&fake);
    let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
    assert!(error.is_unauthenticated());
    assert_eq!((error.attempts(), fake.requests(Method::Get)), (2, 2));
}

#[tokio::test]
async fn a_token_request_outlives_the_call_that_started_it() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::SlowBody(10 * SECOND).on(Method::Token).nth(1));
    let (client, _) = client(&fake);
    let ada = invitation(&fake, &client, ADA);
    let (first, second) = (ada.clone(), ada.clone());
    let first = tokio::spawn(async move { first.get().await.map(drop) });
    while fake.requests(Method::Token) == 0 {
        tokio::task::yield_now().await;
    }
    let second = tokio::spawn(async move { second.get().await.map(drop) });
    tokio::task::yield_now().await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(fake.requests(Method::Token), 2);
}

#[tokio::test]
async fn clients_with_other_scopes_have_tokens_of_their_own() {
    let fake = four_accounts().start().await.unwrap();
    let all = [scope::USER_INVITATIONS, scope::USER_INVITATIONS_READONLY];
    fake.delegate(all);
    for only in all {
        let client = builder(&fake)
            .credentials(service_account(&fake))
            .scopes([only]);
        let client = client.build().unwrap();
        invitation(&fake, &client, ADA).get().await.unwrap();
        let sent = invitation(&fake, &client, ADA).send().await;
        assert_eq!(sent.is_ok(), only == scope::USER_INVITATIONS);
    }
}
