//! What is repeated, how often, and who hears of it.

use std::collections::BTreeMap;

use generated_client::cloudidentity::api;
use generated_client::cloudidentity::{Client, UserInvitationName};
use generated_client::runtime::{Api as _, Error, Operation, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, SECOND, Spy, VirtualClock, builder, customer, four_accounts, invitation, told};

/// Every operation of the API.
const OPERATIONS: &[&Operation] = api::Client::OPERATIONS;

/// Calls an operation by its id, through the generated client.
async fn call(client: &api::Client, id: &str) -> Result<(), Error> {
    let name = UserInvitationName::new("C0fake123", ADA).unwrap();
    let customer = "customers/C0fake123".parse().unwrap();
    let invitations = client.customers().userinvitations();
    match id.rsplit('.').next().unwrap() {
        "cancel" => drop(invitations.cancel(&name).send().await?),
        "get" => drop(invitations.get(&name).send().await?),
        "isInvitableUser" => drop(invitations.is_invitable_user(&name).send().await?),
        "list" => drop(invitations.list(&customer).send().await?),
        "send" => drop(invitations.send(&name).send().await?),
        other => panic!("{other} is in no table"),
    }
    Ok(())
}

#[tokio::test]
async fn only_idempotent_or_unexecuted_operations_are_retried() {
    let table = BTreeMap::from([
        ("cloudidentity.customers.userinvitations.cancel", false),
        ("cloudidentity.customers.userinvitations.get", true),
        (
            "cloudidentity.customers.userinvitations.isInvitableUser",
            true,
        ),
        ("cloudidentity.customers.userinvitations.list", true),
        ("cloudidentity.customers.userinvitations.send", false),
    ]);
    let known: Vec<_> = OPERATIONS.iter().map(|it| it.id()).collect();
    assert_eq!(known.len(), table.len(), "{known:?}");
    for operation in OPERATIONS {
        let idempotent = table[operation.id()];
        assert_eq!(operation.is_idempotent(), idempotent, "{}", operation.id());
        // Whether the server did it, and whether asking again may do it twice.
        for (status, certain) in [
            (408, false),
            (429, true),
            (500, false),
            (502, false),
            (503, false),
            (504, false),
        ] {
            let responses = [
                ResponseTemplate::new(status, ""),
                ResponseTemplate::ok("{}"),
            ];
            let server = Recorder::start(responses).await.unwrap();
            let client = Client::builder()
                .base_url(server.base_url())
                .clock(VirtualClock::default())
                .build()
                .unwrap();
            let outcome = call(client.api(), operation.id()).await;
            let again = idempotent || certain;
            let what = format!("{} after {status}", operation.id());
            assert_eq!(outcome.is_ok(), again, "{what}");
            assert_eq!(server.take().len(), 1 + usize::from(again), "{what}");
            let unknown = outcome.is_err_and(|error| error.is_outcome_unknown());
            assert_eq!(unknown, !again, "{what}");
        }
    }
}

#[tokio::test]
async fn refusals_are_not_retried() {
    for status in [
        301, 304, 400, 401, 403, 404, 405, 409, 411, 412, 413, 422, 501, 505,
    ] {
        let server = Recorder::start([ResponseTemplate::new(status, "{}")])
            .await
            .unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .token("one that never changes")
            .clock(VirtualClock::default())
            .build()
            .unwrap();
        for operation in OPERATIONS {
            let error = call(client.api(), operation.id()).await.unwrap_err();
            assert_eq!(server.take().len(), 1, "{} {status}", operation.id());
            assert!(!error.is_outcome_unknown(), "{} {status}", operation.id());
            assert_eq!(error.attempts(), 1);
        }
    }
}

#[tokio::test]
async fn an_expired_static_token_is_not_retried() {
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake).token(fake.expired_token()).build().unwrap();
    let outcome = invitation(&fake, &client, ADA).get().await;
    assert_eq!(told(&outcome), "unauthenticated");
    assert_eq!(fake.requests(Method::Get), 1);
}

async fn down() -> FakeServer {
    four_accounts()
        .fault(Fault::Internal)
        .start()
        .await
        .unwrap()
}

#[tokio::test]
async fn calls_have_as_many_attempts_as_allowed() {
    for (attempts, expected) in [(0, 1), (1, 1), (2, 2), (3, 3), (8, 8)] {
        let fake = down().await;
        let policy = RetryPolicy::default().attempts(attempts);
        let client = builder(&fake).retry_policy(policy).build().unwrap();
        let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
        assert_eq!(fake.requests(Method::Get), expected);
        assert_eq!(u64::from(error.attempts()), expected);
    }
}

#[tokio::test]
async fn retry_policies_apply_to_their_own_calls() {
    let fake = down().await;
    let client = builder(&fake)
        .retry_policy(RetryPolicy::default().attempts(2))
        .retry_budget(100)
        .build()
        .unwrap();
    let requests = || fake.requests(Method::Get) + fake.requests(Method::List);
    let of_client = invitation(&fake, &client, ADA);
    let of_call = of_client.with_retry_policy(RetryPolicy::once());
    let of_clone = invitation(
        &fake,
        &client.with_retry_policy(RetryPolicy::default().attempts(3)),
        ADA,
    );
    let mut before = 0;
    for (invitation, expected) in [
        (&of_client, 2),
        (&of_call, 1),
        (&of_clone, 3),
        (&of_client, 2),
    ] {
        invitation.get().await.unwrap_err();
        assert_eq!(requests() - before, expected);
        before = requests();
    }
    let list = customer(&fake, &client).invitations();
    let mut pages = list
        .retry_policy(RetryPolicy::default().attempts(4))
        .pages();
    let error = futures_util::TryStreamExt::try_next(&mut pages).await;
    assert_eq!(told(&error), "server error");
    assert_eq!(requests() - before, 4);
}

#[tokio::test]
async fn retry_throttling_bounds_the_retries_of_an_outage() {
    let fake = down().await;
    let client = builder(&fake).retry_budget(3).build().unwrap();
    let clone = client.with_retry_policy(RetryPolicy::default()).clone();
    for (client, requests) in [(&client, 4), (&clone, 5), (&client, 6)] {
        invitation(&fake, client, ADA).get().await.unwrap_err();
        assert_eq!(fake.requests(Method::Get), requests);
    }
    // Ten calls that succeed pay for one retry.
    fake.clear_faults();
    for _ in 0..10 {
        invitation(&fake, &clone, ADA).get().await.unwrap();
    }
    fake.inject(Fault::Internal);
    for requests in [18, 19] {
        invitation(&fake, &client, ADA).get().await.unwrap_err();
        assert_eq!(fake.requests(Method::Get), requests);
    }
}

#[tokio::test]
async fn calls_succeed_while_every_fifth_attempt_fails() {
    let fake = four_accounts()
        .seed(3)
        .fault(Fault::Unavailable(Hint::Nothing).percent(20));
    let fake = fake.start().await.unwrap();
    let client = builder(&fake).build().unwrap();
    let ada = invitation(&fake, &client, ADA);
    let mut failed = 0;
    for _ in 0..400 {
        failed += usize::from(ada.get().await.is_err());
    }
    // Five attempts fail one after the other in one of 3,125 calls.
    assert!(failed <= 2, "{failed}");
}

#[tokio::test]
async fn errors_say_why_they_were_not_retried() {
    let fake = down().await;
    let retries = |retries| builder(&fake).retry_budget(retries).build().unwrap();
    let once = RetryPolicy::default().attempts(1);
    let hurried = RetryPolicy::default()
        .timeout(SECOND)
        .backoff(9 * SECOND, 9 * SECOND);
    for (client, why) in [
        (
            retries(0),
            "; not retried: too many retries of this client failed lately (see `Builder::retry_budget`)",
        ),
        (
            retries(9),
            "; not retried: the retry policy allows no more attempts",
        ),
        (
            retries(9).with_retry_policy(once),
            "; not retried: the retry policy allows no more attempts",
        ),
        (
            retries(99).with_retry_policy(hurried),
            "; not retried: the next attempt would come after the deadline",
        ),
    ] {
        let mut all = Vec::new();
        // A wait that is drawn from nothing to nine seconds is longer than one some time.
        for _ in 0..9 {
            let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
            assert!(error.is_retryable() && !error.is_outcome_unknown());
            all.push(error.to_string());
        }
        assert!(all.iter().any(|text| text.ends_with(why)), "{all:?}");
    }
    // What is not to be retried says nothing of it.
    let sent = invitation(&fake, &retries(9), ADA).send().await;
    let error = sent.unwrap_err();
    assert!(!error.is_retryable() && !error.to_string().contains("not retried"));
}

#[tokio::test]
async fn calls_with_retry_throttling_of_their_own_are_independent() {
    let fake = down().await;
    let client = builder(&fake).retry_budget(3).build().unwrap();
    let own = client.with_retry_policy(RetryPolicy::default().retry_budget(2));
    for (client, requests) in [(&own, 3), (&own, 4), (&client, 8), (&client, 9)] {
        invitation(&fake, client, ADA).get().await.unwrap_err();
        assert_eq!(fake.requests(Method::Get), requests);
    }
}

#[tokio::test]
async fn observers_receive_every_event() {
    let fake = four_accounts()
        .fault(Fault::TooManyRequests(Hint::Seconds(7)).nth(1))
        .fault(Fault::ResetBefore.nth(2))
        .fault(Fault::Internal.nth(3))
        .start()
        .await
        .unwrap();
    let (spy, clock) = (Spy::default(), VirtualClock::default());
    let client = builder(&fake)
        .observer(spy.clone())
        .clock(clock.clone())
        .build()
        .unwrap();
    invitation(&fake, &client, ADA).get().await.unwrap();
    let attempts = spy.attempts();
    let seen: Vec<_> = attempts
        .iter()
        .map(|it| (it.number, it.status.map(|it| it.as_u16()), it.throttled))
        .collect();
    assert_eq!(
        seen,
        [
            (1, Some(429), true),
            (2, None, false),
            (3, Some(500), false),
            (4, Some(200), false)
        ]
    );
    let waits: Vec<_> = attempts.iter().filter_map(|it| it.wait).collect();
    assert_eq!((waits.len(), &waits), (3, &clock.waits()));
    assert!(attempts[3].wait.is_none());
    for attempt in attempts {
        let id = api::requests::CustomersUserinvitationsGet::OPERATION.id();
        assert_eq!(attempt.operation.id(), id);
    }
}
