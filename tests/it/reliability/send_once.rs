//! An email that is sent once: whether it is known to be sent, known not to be, or unknown.

use std::time::Duration;

use generated_client::cloudidentity::{
    Client, Parameters, SETTLED_AFTER, SendOutcome, Settlement, StandardParameters as _,
};
use generated_client::runtime::{Clock as _, RetryPolicy};
use generated_client_fake::{Account, FakeServer, Fault, Hint, Method, RateReason, Redirect};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, BOB, SECOND, VirtualClock, builder, four_accounts, invitation};

fn word(outcome: &SendOutcome) -> &'static str {
    match outcome {
        SendOutcome::Sent(Some(_)) => "sent",
        SendOutcome::Sent(None) => "sent, by the counter",
        SendOutcome::NotSent(_) => "not sent",
        SendOutcome::Unknown(_) => "unknown",
        _ => "something new",
    }
}

/// Sends once, where the response of `send` meets with a fault.
async fn send(fake: &FakeServer, fault: Option<Fault>, address: &str) -> &'static str {
    let slow = matches!(&fault, Some(Fault::SlowBody(pause)) if *pause > SECOND);
    if let Some(fault) = fault {
        fake.inject(fault.on(Method::Send).nth(1));
    }
    let mut builder = builder(fake).max_body(1 << 20);
    if slow {
        builder = builder.retry_policy(RetryPolicy::default().attempt_timeout(SECOND));
    }
    let client = builder.build().unwrap();
    word(&invitation(fake, &client, address).send_once().await)
}

#[tokio::test]
async fn send_outcomes_match_the_emails_sent() {
    for (fault, expected, emails) in [
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
        // The counter has not moved, which proves nothing yet.
        (Some(Fault::Unavailable(Hint::Nothing)), "unknown", 0),
        (Some(Fault::Internal), "unknown", 0),
        (Some(Fault::BadGateway), "unknown", 0),
        (Some(Fault::ResetBefore), "unknown", 0),
        (Some(Fault::ResetAfter), "sent, by the counter", 1),
        (Some(Fault::ResetInResponse), "sent, by the counter", 1),
        (Some(Fault::EmptyBody), "sent, by the counter", 1),
        (Some(Fault::CutOffJson), "sent, by the counter", 1),
        (Some(Fault::EndlessBody), "sent, by the counter", 1),
        (Some(Fault::CompressedBomb), "sent, by the counter", 1),
        // The operation failed, and the email is sent all the same.
        (Some(Fault::FailedOperation), "sent, by the counter", 1),
        (
            Some(Fault::SlowBody(60 * SECOND)),
            "sent, by the counter",
            1,
        ),
    ] {
        for address in [ADA, BOB] {
            let fake = four_accounts().start().await.unwrap();
            let outcome = send(&fake, fault.clone(), address).await;
            assert_eq!(outcome, expected, "{fault:?}");
            assert_eq!(fake.all_emails_sent(), emails, "{fault:?}: emails");
            assert!(fake.requests(Method::Send) <= 2, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn an_unreadable_counter_is_an_unknown_outcome() {
    const YOUNG: &str = "young@example.com";
    for (fault, expected, emails) in [
        (None, "sent", 1),
        (Some(Fault::ApiDisabled), "not sent", 0),
        (Some(Fault::Internal), "unknown", 0),
        (Some(Fault::ResetBefore), "unknown", 0),
        (Some(Fault::ResetAfter), "unknown", 1),
        (Some(Fault::CutOffJson), "unknown", 1),
        (Some(Fault::FailedOperation), "unknown", 1),
    ] {
        let fake = four_accounts().start().await.unwrap();
        fake.add(Account::new(YOUNG).age(Duration::from_secs(60 * 60)));
        let outcome = send(&fake, fault.clone(), YOUNG).await;
        assert_eq!(outcome, expected, "{fault:?}");
        assert_eq!(fake.emails_sent(YOUNG), emails, "{fault:?}: emails");
        assert_eq!(fake.requests(Method::Send), 1, "{fault:?}");
    }
    // It can be read before, and not after.
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::ApiDisabled.on(Method::Get).nth(2));
    assert_eq!(send(&fake, Some(Fault::ResetAfter), ADA).await, "unknown");
    assert_eq!(fake.emails_sent(ADA), 1);
}

/// A counter, before and after a `send` whose response has this status; then once more, late.
async fn counted(status: u16, before: &str, after: &str) -> [&'static str; 2] {
    let server = Recorder::start([
        ResponseTemplate::ok(before),
        ResponseTemplate::new(status, ""),
        ResponseTemplate::ok(after),
        ResponseTemplate::ok(after),
    ])
    .await
    .unwrap();
    let clock = VirtualClock::default();
    let client = Client::builder()
        .base_url(server.base_url())
        .clock(clock.clone())
        .build()
        .unwrap();
    let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
    let outcome = ada.send_once().await;
    let late = match &outcome {
        SendOutcome::Unknown(unsettled) => {
            clock.sleep(SETTLED_AFTER).await;
            settlement(ada.settle(unsettled).await.unwrap())
        }
        _ => "settled",
    };
    let received = server.take();
    let methods: Vec<_> = received.iter().map(|it| it.method.as_str()).collect();
    assert_eq!(methods[..3], ["GET", "POST", "GET"]);
    [word(&outcome), late]
}

fn settlement(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Sent => "sent",
        Settlement::NotSent => "not sent",
        Settlement::NotYetKnown(_) => "not yet known",
        Settlement::Unknown => "unknown",
        _ => "something new",
    }
}

#[tokio::test]
async fn an_unchanged_counter_is_conclusive_after_ten_minutes() {
    let none = r#"{"state": "NOT_YET_SENT"}"#;
    let one = r#"{"state": "INVITED", "mailsSentCount": "1"}"#;
    let two = r#"{"state": "INVITED", "mailsSentCount": "2"}"#;
    let accepted = r#"{"state": "ACCEPTED", "mailsSentCount": "1"}"#;
    for status in [408, 500, 502, 503, 504] {
        for (before, after, expected) in [
            (none, none, ["unknown", "not sent"]),
            (one, one, ["unknown", "not sent"]),
            (none, one, ["sent, by the counter", "settled"]),
            (one, two, ["sent, by the counter", "settled"]),
            // The person has accepted an earlier email, or this one.
            (one, accepted, ["unknown", "unknown"]),
            (two, one, ["unknown", "unknown"]),
        ] {
            let outcome = counted(status, before, after).await;
            assert_eq!(outcome, expected, "{status}: {before}, {after}");
        }
    }
}

#[tokio::test]
async fn a_server_that_finishes_after_a_reset_sends_one_email() {
    for fault in [
        Fault::ResetBefore,
        Fault::Internal,
        Fault::BadGateway,
        Fault::Unavailable(Hint::Nothing),
        Fault::CutOffJson,
    ] {
        // Another client plays the server that carries out the request later.
        let fake = four_accounts().start().await.unwrap();
        fake.inject(fault.clone().on(Method::Send).nth(1));
        fake.inject(Fault::ApiDisabled.on(Method::Get).nth(2));
        let clock = VirtualClock::default();
        let client = builder(&fake).clock(clock.clone()).build().unwrap();
        let ada = invitation(&fake, &client, ADA);
        let outcome = ada.send_once().await;
        let SendOutcome::Unknown(unsettled) = &outcome else {
            panic!("{fault:?}: {outcome:?}");
        };
        if fault != Fault::CutOffJson {
            ada.send().await.unwrap();
        }
        assert_eq!(fake.emails_sent(ADA), 1, "{fault:?}");
        assert_eq!(ada.settle(unsettled).await.unwrap(), Settlement::Sent);
    }
}

#[tokio::test]
async fn one_email_is_sent_once_the_server_is_reachable_again() {
    // It cannot be reached for a minute, and then throttles for another one.
    let fake = four_accounts().start().await.unwrap();
    fake.inject(
        Fault::TooManyRequests(Hint::Seconds(60))
            .on(Method::Send)
            .first(3),
    );
    let client = builder(&fake)
        .retry_policy(RetryPolicy::once())
        .build()
        .unwrap();
    let ada = invitation(&fake, &client, ADA);
    let outcome = ada.send_once_within(30 * SECOND).await;
    assert!(matches!(&outcome, SendOutcome::NotSent(error) if error.is_throttled()));
    let outcome = ada.send_once_within(600 * SECOND).await;
    assert_eq!((word(&outcome), fake.emails_sent(ADA)), ("sent", 1));
    // An attempt that may have been executed is the last one.
    fake.inject(Fault::ResetAfter.on(Method::Send).nth(1));
    fake.inject(Fault::ApiDisabled.on(Method::Get));
    let outcome = ada.send_once_within(600 * SECOND).await;
    assert_eq!((word(&outcome), fake.emails_sent(ADA)), ("unknown", 2));
}

#[tokio::test]
async fn field_masks_of_the_caller_keep_the_counter() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::ResetAfter.on(Method::Send).nth(1));
    let parameters = Parameters::new().fields("name,error");
    let client = builder(&fake)
        .parameters(parameters.clone())
        .build()
        .unwrap();
    let outcome = invitation(&fake, &client, ADA).send_once().await;
    assert_eq!(word(&outcome), "sent, by the counter");
    assert_eq!(fake.emails_sent(ADA), 1);
}

#[tokio::test]
async fn an_unreachable_server_has_not_sent_the_email() {
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
