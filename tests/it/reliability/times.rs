//! How long a call waits between its attempts, and when it gives up.

use std::time::Duration;

use generated_client::cloudidentity::Client;
use generated_client::runtime::{RateLimit, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, SECOND, VirtualClock, builder, four_accounts, invitation, told};

/// A client that takes its time, and writes down how long it waited.
fn patient(fake: &FakeServer, policy: RetryPolicy) -> (Client, VirtualClock) {
    let clock = VirtualClock::default();
    let builder = builder(fake).retry_policy(policy).retry_budget(1_000);
    (builder.clock(clock.clone()).build().unwrap(), clock)
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let hints = [
        Hint::Seconds(7),
        Hint::Date(7 * SECOND),
        Hint::RetryInfo(7 * SECOND),
    ];
    for fault in [Fault::TooManyRequests, Fault::Unavailable].map(|fault| hints.map(fault)) {
        for fault in fault {
            let fake = four_accounts()
                .fault(fault.clone().nth(1))
                .start()
                .await
                .unwrap();
            let (client, clock) = patient(&fake, RetryPolicy::default());
            invitation(&fake, &client, ADA).get().await.unwrap();
            // Its own wait is half a second at most.
            assert_eq!(clock.waits(), [7 * SECOND], "{fault:?}");
        }
    }
}

#[tokio::test]
async fn retry_after_is_a_lower_bound_of_the_wait() {
    let fake = four_accounts()
        .fault(Fault::TooManyRequests(Hint::Seconds(1)).first(200))
        .start()
        .await
        .unwrap();
    let policy = RetryPolicy::default()
        .attempts(201)
        .timeout(1_000_000 * SECOND)
        .backoff(100 * SECOND, 100 * SECOND);
    let (client, clock) = patient(&fake, policy);
    invitation(&fake, &client, ADA).get().await.unwrap();
    let waits = clock.waits();
    assert_eq!(waits.len(), 200);
    assert!(waits.iter().all(|wait| *wait >= SECOND), "{waits:?}");
    assert!(waits.iter().any(|wait| *wait > 10 * SECOND), "{waits:?}");
}

#[tokio::test]
async fn backoffs_are_within_their_bounds_and_jittered() {
    let fake = four_accounts()
        .fault(Fault::Internal)
        .start()
        .await
        .unwrap();
    let policy = RetryPolicy::default()
        .attempts(5)
        .timeout(1_000_000 * SECOND)
        .backoff(SECOND, 5 * SECOND);
    let (client, clock) = patient(&fake, policy);
    let invitation = invitation(&fake, &client, ADA);
    for _ in 0..100 {
        invitation.get().await.unwrap_err();
    }
    let waits = clock.waits();
    assert_eq!(waits.len(), 400);
    for (place, most) in [SECOND, 2 * SECOND, 4 * SECOND, 5 * SECOND]
        .into_iter()
        .enumerate()
    {
        let mut those: Vec<_> = waits.iter().skip(place).step_by(4).copied().collect();
        those.sort();
        those.dedup();
        // Drawn evenly from nothing up to the limit: 100 of them fall on either side of its half.
        assert!(those.len() > 90, "{those:?}");
        assert!(those.first().is_some_and(|least| *least < most / 2));
        assert!(
            those
                .last()
                .is_some_and(|last| *last > most / 2 && *last <= most)
        );
    }
}

#[tokio::test]
async fn the_initial_backoff_is_bounded_by_the_maximum() {
    let fake = four_accounts()
        .fault(Fault::Internal)
        .start()
        .await
        .unwrap();
    let policy = RetryPolicy::default().backoff(1_000 * SECOND, SECOND / 1_000);
    let (client, clock) = patient(&fake, policy);
    invitation(&fake, &client, ADA).get().await.unwrap_err();
    let waits = clock.waits();
    assert_eq!(waits.len(), 4);
    assert!(
        waits.iter().all(|wait| *wait <= SECOND / 1_000),
        "{waits:?}"
    );
}

#[tokio::test]
async fn waits_beyond_the_deadline_fail_at_once() {
    for (hint, requests, waited) in [(9, 2, 9), (10, 1, 0), (11, 1, 0), (u32::MAX, 1, 0)] {
        let fault = Fault::Unavailable(Hint::Seconds(hint)).nth(1);
        let fake = four_accounts().fault(fault).start().await.unwrap();
        let (client, clock) = patient(&fake, RetryPolicy::default().timeout(10 * SECOND));
        let outcome = invitation(&fake, &client, ADA).get().await;
        assert_eq!(outcome.is_ok(), requests == 2, "{hint}");
        assert_eq!(fake.requests(Method::Get), requests, "{hint}");
        assert_eq!(clock.passed(), waited * SECOND, "{hint}");
    }
}

#[tokio::test]
async fn invalid_retry_after_headers_are_ignored() {
    for value in [
        "soon",
        "",
        "-1",
        "1.5",
        "99999999999999999999999",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 01 Jan 2026",
    ] {
        let busy = ResponseTemplate::new(503, "").header("retry-after", value);
        let server = Recorder::start([busy, ResponseTemplate::ok("{}")])
            .await
            .unwrap();
        let clock = VirtualClock::default();
        let client = Client::builder()
            .base_url(server.base_url())
            .clock(clock.clone())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.get().await.unwrap();
        let half = Duration::from_millis(500);
        assert!(clock.passed() <= half, "{value}: {:?}", clock.waits());
    }
}

#[tokio::test]
async fn calls_end_before_their_deadline() {
    let fake = four_accounts()
        .fault(Fault::Internal)
        .start()
        .await
        .unwrap();
    let policy = RetryPolicy::default()
        .attempts(1_000)
        .timeout(20 * SECOND)
        .backoff(8 * SECOND, 8 * SECOND);
    let (client, clock) = patient(&fake, policy);
    for _ in 0..50 {
        let before = clock.passed();
        let outcome = invitation(&fake, &client, ADA).get().await;
        assert_eq!(told(&outcome), "server error");
        assert!(clock.passed() - before < 20 * SECOND);
    }
}

#[tokio::test]
async fn no_email_is_sent_after_the_deadline() {
    // The limit makes the second call wait for longer than it may take.
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake)
        .rate_limiter(RateLimit::new().per_second(0.01))
        .retry_policy(RetryPolicy::default().timeout(10 * SECOND))
        .build()
        .unwrap();
    let invitation = invitation(&fake, &client, ADA);
    invitation.send().await.unwrap();
    let error = invitation.send().await.unwrap_err();
    assert!(error.is_throttled() && !error.is_outcome_unknown());
    assert_eq!((error.attempts(), fake.emails_sent(ADA)), (0, 1));
}
