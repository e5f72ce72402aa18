//! Throttling: what the server says of too many requests, and what the rate limiter does about it.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{Client, Filter, Invitation, State, UserInvitationName};
use generated_client::runtime::{
    Attempt, Detail, Observer, Operation, RateLimitEvent, RetryPolicy,
};
use generated_client_fake::{FakeServer, Fault, Hint, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::rate_limits::waits;
use super::{ADA, SECOND, Spy, VirtualClock, builder, customer, four_accounts, invitation, noon};

/// An invitation at a server with these responses, its clock, and the server.
async fn at<const N: usize>(
    responses: [ResponseTemplate; N],
    policy: RetryPolicy,
) -> (Invitation, VirtualClock, Recorder) {
    let server = Recorder::start(responses).await.unwrap();
    let clock = VirtualClock::default();
    let client = Client::builder()
        .base_url(server.base_url())
        .clock(clock.clone())
        .retry_policy(policy)
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    (ada, clock, server)
}

#[tokio::test]
async fn a_throttled_call_probes_alone_with_growing_backoff() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Nothing).first(8));
    let (clock, spy) = (VirtualClock::default(), Spy::default());
    let client = builder(&fake)
        .clock(clock.clone())
        .observer(spy.clone())
        .build()
        .unwrap();
    // One attempt is allowed, and throttled ones are none.
    let client = client.with_retry_policy(RetryPolicy::default().attempts(1));
    let response = invitation(&fake, &client, ADA).get().await.unwrap();
    assert_eq!(response.attempts(), 9);
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
    let before = usize::try_from(fake.all_emails_sent()).unwrap();
    assert_eq!(before, new.len());
    // A call that does not wait is told what is going on, in Google's words.
    let hurried = client.with_retry_policy(RetryPolicy::once());
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
async fn throttled_attempts_do_not_count_for_retry_throttling() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Seconds(1)).percent(50));
    let client = builder(&fake).retry_budget(0).build().unwrap();
    let invitation = invitation(&fake, &client, ADA);
    for _ in 0..100 {
        invitation.get().await.unwrap();
    }
}

#[tokio::test]
async fn a_server_closes_the_rate_limiter_for_an_hour_at_most() {
    for (name, value) in [
        ("retry-after", "999999999"),
        ("retry-after", "18446744073709551615"),
        ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("x-ratelimit-reset", "999999999"),
        ("x-ratelimit-reset", "18446744073709551615"),
        ("ratelimit-reset", "99999999999999"),
        ("ratelimit", "\"default\";r=0;t=999999999"),
    ] {
        let busy = ResponseTemplate::new(429, "").header(name, value);
        let (ada, clock, _server) =
            at([busy, ResponseTemplate::ok("{}")], RetryPolicy::bulk()).await;
        ada.get().await.unwrap();
        assert!(
            clock.passed() <= 3_600 * SECOND,
            "{name}: {:?}",
            clock.passed()
        );
        // Who waits for ten minutes at most is told at once.
        let busy = ResponseTemplate::new(429, "").header(name, value);
        let (ada, _, server) = at([busy], RetryPolicy::default()).await;
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
async fn rate_limit_resets_are_waited_for() {
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
        let busy = ResponseTemplate::new(429, "").header(name, value);
        let (ada, clock, _server) =
            at([busy, ResponseTemplate::ok("{}")], RetryPolicy::default()).await;
        ada.send().await.unwrap();
        assert_eq!(waits(&clock), [20 * SECOND], "{name}");
    }
}

#[tokio::test]
async fn quotas_of_a_day_or_of_zero_are_not_waited_for() {
    for metadata in [
        r#"{"quota_limit_value": "0", "quota_unit": "1/min/{project}"}"#,
        r#"{"quota_limit_value": "1000", "quota_unit": "1/d/{project}"}"#,
    ] {
        let body = format!(
            r#"{{"error": {{"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [{{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED", "metadata": {metadata}}}]}}}}"#
        );
        let (ada, clock, _server) =
            at([ResponseTemplate::new(429, body)], RetryPolicy::default()).await;
        let error = ada.get().await.unwrap_err();
        assert!(error.is_throttled() && error.is_quota_exhausted() && !error.is_retryable());
        assert!(
            error.help().is_some_and(|help| help.contains("Quotas")),
            "{error}"
        );
        assert_eq!((error.attempts(), waits(&clock).len()), (1, 0));
    }
}

#[tokio::test]
async fn calls_that_would_miss_their_deadline_fail_at_once() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Seconds(60)).nth(1));
    let clock = VirtualClock::default();
    let client = builder(&fake).clock(clock.clone()).build().unwrap();
    let hurried = client.with_retry_policy(RetryPolicy::default().timeout(5 * SECOND));
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
    assert_eq!(fake.emails_sent(ADA), 1);
}

#[tokio::test]
async fn a_policy_of_one_attempt_does_not_wait_for_throttling() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::TooManyRequests(Hint::Nothing).nth(1));
    let client = builder(&fake)
        .retry_policy(RetryPolicy::once())
        .build()
        .unwrap();
    let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
    assert!(error.is_throttled());
    assert!(
        error
            .to_string()
            .contains("does not wait that long for quota"),
        "{error}"
    );
    assert_eq!(fake.requests(Method::Get), 1);
}

#[tokio::test]
async fn calls_that_do_not_wait_have_no_wait_event() {
    let fake = four_accounts().start().await.unwrap();
    let spy = Spy::default();
    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .observer(Arc::new(spy.clone()))
        .build()
        .unwrap();
    invitation(&fake, &client, ADA).get().await.unwrap();
    assert_eq!(spy.events(), []);
    // Nor those that fail at once.
    fake.inject(Fault::TooManyRequests(Hint::Seconds(60)).nth(1));
    let hurried = client.with_retry_policy(RetryPolicy::once());
    for _ in 0..2 {
        invitation(&fake, &hurried, ADA).get().await.unwrap_err();
    }
    let queued = |event: &RateLimitEvent| matches!(event, RateLimitEvent::Queued { .. });
    assert!(!spy.events().iter().any(queued), "{:?}", spy.events());
}
