//! A mail that is sent once: whether it is known to be out, known not to be, or not known.

use std::time::Duration;

use generated_client::cloudidentity::{Client, SendOutcome, StandardParameters};
use generated_client::fake::{Account, FakeServer, Fault, Hint, Method, RateReason, Redirect};
use generated_client::runtime::Policy;
use tests::recorder::{Answer, Recorder};

use super::{ADA, BOB, SECOND, VirtualClock, builder, invitation, world};

fn word(outcome: &SendOutcome) -> &'static str {
    match outcome {
        SendOutcome::Sent(Some(_)) => "sent",
        SendOutcome::Sent(None) => "sent, by the counter",
        SendOutcome::NotSent(_) => "not sent",
        SendOutcome::Unknown(_) => "unknown",
        _ => "something new",
    }
}

/// Sends once, where the answer of `send` meets with a fault.
async fn send(fake: &FakeServer, fault: Option<Fault>, address: &str) -> &'static str {
    let slow = matches!(&fault, Some(Fault::SlowBody(pause)) if *pause > SECOND);
    if let Some(fault) = fault {
        fake.inject(fault.on(Method::Send).nth(1));
    }
    let mut builder = builder(fake).max_body(1 << 20);
    if slow {
        builder = builder.policy(Policy::default().attempt_timeout(SECOND));
    }
    let client = builder.build().unwrap();
    word(&invitation(fake, &client, address).send_once().await)
}

#[tokio::test]
async fn a_mail_is_not_told_of_truly() {
    for (fault, expected, mails) in [
        (None, "sent", 1),
        (Some(Fault::UnknownField), "sent", 1),
        (Some(Fault::TooManyRequests(Hint::Seconds(7))), "sent", 1),
        (Some(Fault::RateLimited(RateReason::Quota)), "sent", 1),
        (
            Some(Fault::RateLimited(RateReason::DailyLimit)),
            "not sent",
            0,
        ),
        (Some(Fault::ApiDisabled), "not sent", 0),
        (Some(Fault::Redirect(Redirect::Temporary)), "not sent", 0),
        (Some(Fault::Unavailable(Hint::Nothing)), "not sent", 0),
        (Some(Fault::Internal), "not sent", 0),
        (Some(Fault::BadGateway), "not sent", 0),
        (Some(Fault::ResetBefore), "not sent", 0),
        (Some(Fault::ResetAfter), "sent, by the counter", 1),
        (Some(Fault::ResetInAnswer), "sent, by the counter", 1),
        (Some(Fault::EmptyBody), "sent, by the counter", 1),
        (Some(Fault::CutOffJson), "sent, by the counter", 1),
        (Some(Fault::EndlessBody), "sent, by the counter", 1),
        (Some(Fault::CompressedBomb), "sent, by the counter", 1),
        // The operation failed, and the mail is out all the same.
        (Some(Fault::FailedOperation), "sent, by the counter", 1),
        (
            Some(Fault::SlowBody(60 * SECOND)),
            "sent, by the counter",
            1,
        ),
    ] {
        for address in [ADA, BOB] {
            let fake = world().start().await.unwrap();
            let outcome = send(&fake, fault.clone(), address).await;
            assert_eq!(outcome, expected, "{fault:?}");
            assert_eq!(fake.all_mails(), mails, "{fault:?}: mails");
            assert!(fake.requests(Method::Send) <= 2, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_counts_as_nothing_sent() {
    const YOUNG: &str = "young@example.com";
    for (fault, expected, mails) in [
        (None, "sent", 1),
        (Some(Fault::ApiDisabled), "not sent", 0),
        (Some(Fault::Internal), "unknown", 0),
        (Some(Fault::ResetBefore), "unknown", 0),
        (Some(Fault::ResetAfter), "unknown", 1),
        (Some(Fault::CutOffJson), "unknown", 1),
        (Some(Fault::FailedOperation), "unknown", 1),
    ] {
        let fake = world().start().await.unwrap();
        fake.add(Account::new(YOUNG).age(Duration::from_secs(60 * 60)));
        let outcome = send(&fake, fault.clone(), YOUNG).await;
        assert_eq!(outcome, expected, "{fault:?}");
        assert_eq!(fake.mails(YOUNG), mails, "{fault:?}: mails");
        assert_eq!(fake.requests(Method::Send), 1, "{fault:?}");
    }
    // It can be read before, and not after.
    let fake = world().start().await.unwrap();
    fake.inject(Fault::ApiDisabled.on(Method::Get).nth(2));
    assert_eq!(send(&fake, Some(Fault::ResetAfter), ADA).await, "unknown");
    assert_eq!(fake.mails(ADA), 1);
}

/// A counter, before and after a `send` that is answered with this status.
async fn counted(status: u16, before: &str, after: &str) -> &'static str {
    let server = Recorder::start([
        Answer::ok(before),
        Answer::new(status, ""),
        Answer::ok(after),
    ])
    .await
    .unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .clock(VirtualClock::default())
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    let outcome = word(&ada.send_once().await);
    let received = server.take();
    let methods: Vec<_> = received.iter().map(|it| it.method.as_str()).collect();
    assert_eq!(methods, ["GET", "POST", "GET"]);
    outcome
}

#[tokio::test]
async fn a_server_that_may_still_be_at_it_is_taken_at_its_word() {
    let (none, one) = ("{}", r#"{"mailsSentCount": "1"}"#);
    for (status, expected) in [
        (500, "not sent"),
        (503, "not sent"),
        (408, "unknown"),
        (504, "unknown"),
    ] {
        assert_eq!(counted(status, none, none).await, expected, "{status}");
        assert_eq!(counted(status, one, one).await, expected, "{status}");
        let moved = counted(status, none, one).await;
        assert_eq!(moved, "sent, by the counter", "{status}");
    }
    // After a timeout, the counter as it was says nothing either.
    let fake = world().start().await.unwrap();
    fake.inject(Fault::SlowBody(60 * SECOND).on(Method::Send).nth(1));
    fake.inject(Fault::ApiDisabled.on(Method::Get).nth(2));
    let policy = Policy::default().attempt_timeout(SECOND);
    let client = builder(&fake).policy(policy).build().unwrap();
    let outcome = invitation(&fake, &client, ADA).send_once().await;
    assert_eq!(word(&outcome), "unknown");
}

#[tokio::test]
async fn a_mask_of_the_caller_hides_the_counter() {
    let fake = world().start().await.unwrap();
    fake.inject(Fault::ResetAfter.on(Method::Send).nth(1));
    let mut parameters = StandardParameters::default();
    parameters.fields = Some("name,error".into());
    let client = builder(&fake).parameters(&parameters).build().unwrap();
    let outcome = invitation(&fake, &client, ADA).send_once().await;
    assert_eq!(word(&outcome), "sent, by the counter");
    assert_eq!(fake.mails(ADA), 1);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_leaves_a_doubt() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let client = Client::builder()
        .base_url(format!("http://{}", socket.local_addr().unwrap()))
        .clock(VirtualClock::default())
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    let outcome = ada.send_once().await;
    assert!(matches!(&outcome, SendOutcome::NotSent(error) if error.is_connect()));
}
