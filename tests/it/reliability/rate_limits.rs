//! The limit on the client's own side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::response::IntoResponse as _;
use generated_client::cloudidentity::Client;
use generated_client::runtime::{RateLimit, RateLimiter, RetryPolicy};
use generated_client_fake::{Fault, Hint, Method};
use tokio::sync::Barrier;

use super::{ADA, SECOND, VirtualClock, builder, four_accounts, invitation};

/// The waits that are any.
pub fn waits(clock: &VirtualClock) -> Vec<Duration> {
    let mut waits = clock.waits();
    waits.retain(|wait| !wait.is_zero());
    waits
}

#[tokio::test]
async fn calls_keep_to_the_rate_limit() {
    let fake = four_accounts().start().await.unwrap();
    let clock = VirtualClock::default();
    let client = builder(&fake)
        .rate_limiter(RateLimit::new().per_second(4.0))
        .clock(clock.clone())
        .build()
        .unwrap();
    let invitation = invitation(&fake, &client, ADA);
    for _ in 0..9 {
        invitation.clone().get().await.unwrap();
    }
    assert_eq!(waits(&clock), [SECOND / 4; 8]);
}

#[tokio::test]
async fn invalid_rate_limits_do_not_limit() {
    for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let fake = four_accounts().start().await.unwrap();
        let clock = VirtualClock::default();
        let client = builder(&fake)
            .rate_limiter(RateLimit::new().per_second(limit).max_in_flight(0))
            .clock(clock.clone())
            .build()
            .unwrap();
        for _ in 0..3 {
            invitation(&fake, &client, ADA).get().await.unwrap();
        }
        assert!(waits(&clock).is_empty(), "{limit}");
    }
}

#[tokio::test]
async fn rate_limits_below_one_an_hour_are_one_an_hour() {
    for limit in [1e-300, f64::MIN_POSITIVE, 1e-9] {
        let fake = four_accounts().start().await.unwrap();
        let clock = VirtualClock::default();
        let client = builder(&fake)
            .rate_limiter(RateLimit::new().per_second(limit))
            .retry_policy(RetryPolicy::bulk())
            .clock(clock.clone())
            .build()
            .unwrap();
        for _ in 0..2 {
            invitation(&fake, &client, ADA).get().await.unwrap();
        }
        assert_eq!(waits(&clock), [3_600 * SECOND], "{limit}");
    }
}

#[tokio::test]
async fn clients_that_share_a_rate_limiter_share_its_limit() {
    let fake = four_accounts().start().await.unwrap();
    let clock = VirtualClock::default();
    let limiter = RateLimiter::new(RateLimit::new().per_second(1.0));
    for _ in 0..3 {
        let client = builder(&fake)
            .rate_limiter(limiter.clone())
            .clock(clock.clone())
            .build()
            .unwrap();
        invitation(&fake, &client, ADA).get().await.unwrap();
    }
    assert_eq!(waits(&clock), [SECOND; 2]);
}

/// A server that responds when there are three requests, and remembers how many there were at most.
async fn three_at_once(most: Arc<AtomicUsize>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (now, barrier) = (Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(3)));
    let app = Router::new().fallback(move || {
        let (now, most, barrier) = (now.clone(), most.clone(), barrier.clone());
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            barrier.wait().await;
            // Whoever should not be there gets the time to come.
            tokio::time::sleep(Duration::from_millis(5)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            "{}".into_response()
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test]
async fn no_more_calls_are_in_flight_than_allowed() {
    let most = Arc::new(AtomicUsize::new(0));
    let client = Client::builder()
        .base_url(three_at_once(most.clone()).await)
        .rate_limiter(RateLimit::new().max_in_flight(3))
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    // Fewer than three would wait for ever.
    let calls = (0..30).map(|_| ada.get());
    let all = futures_util::future::try_join_all(calls);
    let all = tokio::time::timeout(20 * SECOND, all).await.unwrap();
    assert_eq!(all.unwrap().len(), 30);
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_permit_is_waited_for_until_the_deadline() {
    // The first call holds the only place for as long as the test runs.
    let most = Arc::new(AtomicUsize::new(0));
    let client = Client::builder()
        .base_url(three_at_once(most).await)
        .rate_limiter(RateLimit::new().max_in_flight(1))
        .build()
        .unwrap();
    let hurried = client.with_retry_policy(RetryPolicy::default().timeout(SECOND / 50));
    let invitation = |client: &Client| client.customer("C1").unwrap().invitation(ADA).unwrap();
    let (first, second) = (invitation(&client), invitation(&hurried));
    let error = tokio::select! {
        biased;
        _ = first.get() => panic!("it got a response"),
        outcome = second.send() => outcome.unwrap_err(),
    };
    assert!(error.is_throttled() && !error.is_outcome_unknown());
    assert_eq!((error.attempts(), error.retry_after()), (0, None));
}

#[tokio::test]
async fn calls_that_the_rate_limit_allows_too_late_fail_at_once_and_say_when() {
    let fake = four_accounts().start().await.unwrap();
    let clock = VirtualClock::default();
    let client = builder(&fake)
        .rate_limiter(RateLimit::new().per_second(0.2))
        .clock(clock.clone())
        .build()
        .unwrap();
    for policy in [
        RetryPolicy::once(),
        RetryPolicy::default().max_quota_wait(Duration::ZERO),
        RetryPolicy::default().timeout(SECOND),
    ] {
        let hurried = client.with_retry_policy(policy);
        let ada = invitation(&fake, &hurried, ADA);
        let (first, second) = (ada.get().await, ada.get().await);
        let error = first.and(second).unwrap_err();
        assert!(error.is_throttled() && error.is_retryable(), "{error}");
        assert_eq!(
            (error.attempts(), error.retry_after()),
            (0, Some(5 * SECOND))
        );
        assert!(error.to_string().contains("own rate limit"), "{error}");
    }
    assert!(waits(&clock).is_empty());
}

#[tokio::test]
async fn a_limiter_says_when_a_call_would_be_sent_at_once() {
    let fake = four_accounts().start().await.unwrap();
    let limiter = RateLimiter::new(RateLimit::new().per_second(20.0));
    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .rate_limiter(limiter.clone())
        .build()
        .unwrap();
    let prompt = client.with_retry_policy(RetryPolicy::default().max_quota_wait(Duration::ZERO));
    let began = std::time::Instant::now();
    for _ in 0..4 {
        limiter.ready().await;
        // It would fail if it had to wait.
        invitation(&fake, &prompt, ADA).get().await.unwrap();
    }
    assert!(began.elapsed() >= 3 * SECOND / 20);
    let error = invitation(&fake, &prompt, ADA).get().await.unwrap_err();
    assert!(error.is_retryable() && error.attempts() == 0);
    assert_eq!((limiter.in_flight(), limiter.queued()), (0, 0));
}

#[tokio::test]
async fn a_limiter_that_the_server_closed_is_not_ready_before_it_opens() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(
        Fault::TooManyRequests(Hint::Nothing)
            .on(Method::Get)
            .first(1),
    );
    let limiter = RateLimiter::default();
    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .rate_limiter(limiter.clone())
        .retry_policy(RetryPolicy::default().max_quota_wait(Duration::ZERO))
        .build()
        .unwrap();
    let ada = invitation(&fake, &client, ADA);
    let error = ada.get().await.unwrap_err();
    assert!(error.is_throttled() && error.is_retryable() && !error.is_outcome_unknown());
    assert!(
        tokio::time::timeout(SECOND / 10, limiter.ready())
            .await
            .is_err()
    );
    limiter.ready().await;
    ada.get().await.unwrap();
    assert_eq!(limiter.queued(), 0);
}
