//! The limit on the client's own side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::response::IntoResponse as _;
use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{Client, Filter, State, UserInvitationName};
use generated_client::fake::{FakeServer, Fault, Hint, Method};
use generated_client::runtime::{
    Attempt, Detail, Observer, Operation, Policy, RateLimit, RateLimitEvent, RateLimiter,
};
use tests::recorder::{Answer, Recorder};
use tokio::sync::Barrier;

use super::{ADA, SECOND, Spy, VirtualClock, builder, customer, invitation, noon, world};

/// The waits that are any.
fn waits(clock: &VirtualClock) -> Vec<Duration> {
    let mut waits = clock.waits();
    waits.retain(|wait| !wait.is_zero());
    waits
}

#[tokio::test]
async fn calls_are_not_faster_than_the_limit() {
    let fake = world().start().await.unwrap();
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
async fn a_limit_that_is_none_stops_nothing() {
    for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let fake = world().start().await.unwrap();
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
async fn a_throttled_call_probes_alone_and_ever_more_rarely() {
    let fake = world().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Nothing).first(8));
    let (clock, spy) = (VirtualClock::default(), Spy::default());
    let client = builder(&fake)
        .clock(clock.clone())
        .observer(spy.clone())
        .build()
        .unwrap();
    // One attempt is allowed, and throttled ones are none.
    let client = client.with_policy(Policy::default().attempts(1));
    let answer = invitation(&fake, &client, ADA).get().await.unwrap();
    assert_eq!(answer.attempts(), 9);
    let waits = waits(&clock);
    assert_eq!(waits.len(), 8);
    for (wait, expected) in waits.iter().zip([1, 2, 4, 8, 15, 15, 15, 15]) {
        let share = wait.as_secs_f64() / f64::from(expected);
        assert!((0.9..=1.1).contains(&share), "{waits:?}");
    }
    let events = spy.events();
    let closed = |event: &&RateLimitEvent| matches!(event, RateLimitEvent::Closed { .. });
    assert_eq!(events.iter().filter(closed).count(), 8);
    assert_eq!(events.last(), Some(&RateLimitEvent::Opened));
    assert!(events.contains(&RateLimitEvent::Waited { wait: waits[0] }));
    assert!(events.contains(&RateLimitEvent::Queued { ahead: 0 }));
}

/// Lets the fake's time go on with the client's.
#[derive(Debug)]
struct Passing(Arc<FakeServer>);

impl Observer for Passing {
    fn attempt(&self, _: &Attempt) {}

    fn rate_limit(&self, _: &'static Operation, event: &RateLimitEvent) {
        if let RateLimitEvent::Closed { wait } = event {
            self.0.advance(*wait);
        }
    }
}

#[tokio::test]
async fn everybody_gets_one_email_within_the_quota_of_the_fake() {
    let fake = FakeServer::builder()
        .starts_at(noon())
        .invitations(150)
        .quota_per_minute(60);
    let fake = Arc::new(fake.start().await.unwrap());
    let client = builder(&fake)
        .observer(Passing(fake.clone()))
        .build()
        .unwrap();
    let new = customer(&fake, &client)
        .invitations()
        .filter(Filter::state(State::NotYetSent));
    let new: Vec<_> = new.items().try_collect().await.unwrap();
    for invitation in &new {
        let name: UserInvitationName = invitation.name.as_deref().unwrap().parse().unwrap();
        let person = customer(&fake, &client).invitation(name.email()).unwrap();
        assert!(person.is_invitable().await.unwrap());
        person.send().await.unwrap();
    }
    let before = usize::try_from(fake.all_mails()).unwrap();
    assert_eq!(before, new.len());
    // A call that does not wait is told what is going on, in Google's words.
    let hurried = client.with_policy(Policy::once());
    let one = invitation(&fake, &hurried, "nobody@example.com");
    let error = loop {
        match one.get().await {
            Err(error) if error.is_not_found() => {}
            outcome => break outcome.unwrap_err(),
        }
    };
    assert!(error.is_throttled() && error.is_retryable());
    let Detail::ErrorInfo(info) = &error.google().unwrap().details[0] else {
        panic!("{error:?}");
    };
    assert_eq!(info.metadata["quota_limit_value"], "60");
}

#[tokio::test]
async fn throttling_spends_no_retry_budget() {
    let fake = world().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Seconds(1)).percent(50));
    let client = builder(&fake).retry_budget(0).build().unwrap();
    let invitation = invitation(&fake, &client, ADA);
    for _ in 0..100 {
        invitation.get().await.unwrap();
    }
}

#[tokio::test]
async fn hints_that_are_absurd_close_the_limiter_for_an_hour_at_most() {
    for (name, value) in [
        ("retry-after", "999999999"),
        ("retry-after", "18446744073709551615"),
        ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("x-ratelimit-reset", "999999999"),
        ("x-ratelimit-reset", "18446744073709551615"),
        ("ratelimit-reset", "99999999999999"),
        ("ratelimit", "\"default\";r=0;t=999999999"),
    ] {
        let busy = Answer::new(429, "").header(name, value);
        let server = Recorder::start([busy, Answer::ok("{}")]).await.unwrap();
        let clock = VirtualClock::default();
        let client = Client::builder()
            .base_url(server.base_url())
            .clock(clock.clone())
            .policy(Policy::bulk())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.get().await.unwrap();
        assert!(
            clock.passed() <= 3_600 * SECOND,
            "{name}: {:?}",
            clock.passed()
        );
        // Who waits for ten minutes at most is told at once.
        let busy = Answer::new(429, "").header(name, value);
        let server = Recorder::start([busy]).await.unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .clock(VirtualClock::default())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        let error = ada.get().await.unwrap_err();
        assert!(error.is_throttled() && error.is_retryable(), "{name}");
        assert!(
            error.retry_after() >= Some(3_600 * SECOND),
            "{name}: {error:?}"
        );
        assert_eq!(server.take().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn resets_of_a_rate_limit_are_waited_for() {
    let at_noon = (super::NOON + 20).to_string();
    for (name, value) in [
        ("retry-after", "20"),
        ("x-ratelimit-reset", "20"),
        ("ratelimit-reset", "20"),
        ("ratelimit", "\"default\";r=0;t=20"),
        // The same time of the calendar.
        ("x-ratelimit-reset", at_noon.as_str()),
    ] {
        let value: &'static str = value.to_owned().leak();
        let busy = Answer::new(429, "").header(name, value);
        let server = Recorder::start([busy, Answer::ok("{}")]).await.unwrap();
        let clock = VirtualClock::default();
        let client = Client::builder()
            .base_url(server.base_url())
            .clock(clock.clone())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.send().await.unwrap();
        assert_eq!(waits(&clock), [20 * SECOND], "{name}");
    }
}

#[tokio::test]
async fn quotas_of_a_day_or_of_nothing_are_not_waited_for() {
    for metadata in [
        r#"{"quota_limit_value": "0", "quota_unit": "1/min/{project}"}"#,
        r#"{"quota_limit_value": "1000", "quota_unit": "1/d/{project}"}"#,
    ] {
        let body = format!(
            r#"{{"error": {{"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [{{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED", "metadata": {metadata}}}]}}}}"#
        );
        let server = Recorder::start([Answer::new(429, body.leak())])
            .await
            .unwrap();
        let clock = VirtualClock::default();
        let client = Client::builder()
            .base_url(server.base_url())
            .clock(clock.clone())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        let error = ada.get().await.unwrap_err();
        assert!(error.is_throttled() && !error.is_retryable());
        assert_eq!((error.attempts(), waits(&clock).len()), (1, 0));
    }
}

#[tokio::test]
async fn calls_that_cannot_make_it_fail_at_once() {
    let fake = world().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Seconds(60)).nth(1));
    let clock = VirtualClock::default();
    let client = builder(&fake).clock(clock.clone()).build().unwrap();
    let hurried = client.with_policy(Policy::default().timeout(5 * SECOND));
    // The first is throttled itself, the second is not sent.
    for attempts in [1, 0] {
        let error = invitation(&fake, &hurried, ADA).send().await.unwrap_err();
        assert!(error.is_throttled() && error.is_retryable() && !error.is_outcome_unknown());
        assert_eq!(error.attempts(), attempts);
        let after = error.retry_after().unwrap();
        assert!((59 * SECOND..=60 * SECOND).contains(&after), "{after:?}");
    }
    assert!(waits(&clock).is_empty());
    // Who waits gets through.
    invitation(&fake, &client, ADA).send().await.unwrap();
    assert_eq!(fake.mails(ADA), 1);
}

#[tokio::test]
async fn one_call_of_a_policy_of_one_attempt_is_throttled_at_once() {
    let fake = world().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Nothing).nth(1));
    let client = builder(&fake).policy(Policy::once()).build().unwrap();
    let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(fake.requests(Method::Get), 1);
}

#[tokio::test]
async fn limits_below_one_an_hour_count_as_one_an_hour() {
    for limit in [1e-300, f64::MIN_POSITIVE, 1e-9] {
        let fake = world().start().await.unwrap();
        let clock = VirtualClock::default();
        let client = builder(&fake)
            .rate_limiter(RateLimit::new().per_second(limit))
            .policy(Policy::bulk())
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
async fn clients_that_share_a_limiter_share_its_limit() {
    let fake = world().start().await.unwrap();
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

/// A server that answers when three are there, and remembers how many there were at most.
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
    let hurried = client.with_policy(Policy::default().timeout(SECOND / 50));
    let invitation = |client: &Client| client.customer("C1").unwrap().invitation(ADA).unwrap();
    let (first, second) = (invitation(&client), invitation(&hurried));
    let error = tokio::select! {
        biased;
        _ = first.get() => panic!("it was answered"),
        outcome = second.send() => outcome.unwrap_err(),
    };
    assert!(error.is_timeout() && !error.is_outcome_unknown());
    assert_eq!(error.attempts(), 0);
}
