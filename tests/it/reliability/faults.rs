//! Every fault, met by every method: what the caller gets, how many requests went out, and how many
//! mails.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use generated_client::runtime::{Error, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method, RateReason, Redirect};

use super::{ADA, BOB, SECOND, builder, customer, four_accounts, told};

/// The methods, as the fake counts them.
const METHODS: [Method; 5] = [
    Method::IsInvitableUser,
    Method::Get,
    Method::List,
    Method::Send,
    Method::Cancel,
];

/// What is expected of a fault that comes once.
struct Row {
    fault: Fault,
    /// What the caller of a method that only reads gets.
    read: &'static str,
    /// Whether it asks a second time.
    read_again: bool,
    /// What the caller of `send` or `cancel` gets.
    write: &'static str,
    write_again: bool,
    /// How many mails are out after `send`.
    mails: u64,
}

fn row(fault: Fault, read: (&'static str, bool), write: (&'static str, bool), mails: u64) -> Row {
    Row {
        fault,
        read: read.0,
        read_again: read.1,
        write: write.0,
        write_again: write.1,
        mails,
    }
}

/// Nothing was done, and will be if it is asked for again: everybody asks again.
fn again(fault: Fault) -> Row {
    row(fault, ("ok", true), ("ok", true), 1)
}

/// Whoever reads asks again; `send` and `cancel` do not, and nobody knows what came of them.
fn ambiguous(fault: Fault, write: &'static str, mails: u64) -> Row {
    row(fault, ("ok", true), (write, false), mails)
}

/// Nobody asks again.
fn last(fault: Fault, read: &'static str, write: &'static str, mails: u64) -> Row {
    row(fault, (read, false), (write, false), mails)
}

/// Every fault. Those that only a list of several pages can meet with are in `paging`.
fn rows() -> Vec<Row> {
    let hints = [
        Hint::Nothing,
        Hint::Seconds(7),
        Hint::Date(7 * SECOND),
        Hint::RetryInfo(7 * SECOND),
    ];
    let rates = [
        RateReason::RateLimit,
        RateReason::UserRateLimit,
        RateReason::Quota,
    ];
    let server = "server error, outcome unknown";
    let unavailable = "server error, unavailable, outcome unknown";
    let cut = "interrupted, outcome unknown";
    let denied = "permission denied";
    let unread = "decode, outcome unknown";
    let mut rows = Vec::new();
    rows.extend(hints.map(|hint| again(Fault::TooManyRequests(hint))));
    rows.extend(rates.map(|reason| again(Fault::RateLimited(reason))));
    rows.extend(hints.map(|hint| ambiguous(Fault::Unavailable(hint), unavailable, 0)));
    rows.extend([
        ambiguous(Fault::Internal, server, 0),
        ambiguous(Fault::BadGateway, server, 0),
        ambiguous(Fault::ResetBefore, cut, 0),
        ambiguous(Fault::ResetAfter, cut, 1),
        ambiguous(Fault::ResetInResponse, cut, 1),
        ambiguous(Fault::SlowBody(60 * SECOND), "timeout, outcome unknown", 1),
        last(
            Fault::RateLimited(RateReason::DailyLimit),
            "throttled, quota exhausted",
            "throttled, quota exhausted",
            0,
        ),
        last(Fault::ApiDisabled, denied, denied, 0),
        last(
            Fault::Redirect(Redirect::Temporary),
            "redirect",
            "redirect",
            0,
        ),
        last(Fault::Redirect(Redirect::Found), "redirect", "redirect", 0),
        last(Fault::EmptyBody, "decode", unread, 1),
        last(Fault::CutOffJson, "decode", unread, 1),
        last(Fault::EndlessBody, "decode", unread, 1),
        last(Fault::CompressedBomb, "decode", unread, 1),
        last(Fault::SlowBody(Duration::from_millis(1)), "ok", "ok", 1),
        last(Fault::UnknownEnumValue, "ok", "ok", 1),
        last(Fault::UnknownField, "ok", "ok", 1),
        last(
            Fault::FailedOperation,
            "ok",
            "operation, outcome unknown",
            1,
        ),
    ]);
    rows
}

/// Every fault, each once.
pub fn all() -> Vec<Fault> {
    let mut all: Vec<_> = rows().into_iter().map(|row| row.fault).collect();
    all.extend([Fault::RepeatedPageToken, Fault::EndlessList]);
    all
}

/// Calls a method of the facade. Returns the error, or that there was none.
async fn call(fake: &FakeServer, method: Method, policy: RetryPolicy) -> Result<(), Error> {
    let client = builder(fake)
        .retry_policy(policy)
        .max_body(2 << 20)
        .build()?;
    let customer = customer(fake, &client);
    match method {
        Method::IsInvitableUser => assert!(customer.invitation(ADA)?.is_invitable().await?),
        Method::Get => assert!(customer.invitation(ADA)?.get().await?.body().name.is_some()),
        Method::List => {
            let found: Vec<_> = customer.invitations().items().try_collect().await?;
            assert_eq!(found.len(), 4);
        }
        Method::Send => drop(customer.invitation(ADA)?.send().await?),
        _ => drop(customer.invitation(BOB)?.cancel().await?),
    }
    Ok(())
}

/// How patient a call is. Only what takes for ever is cut short, so that nothing hangs on the speed
/// of the machine that tests.
fn policy(fault: &Fault) -> RetryPolicy {
    match fault {
        Fault::SlowBody(pause) if *pause > SECOND => {
            RetryPolicy::default().attempt_timeout(2 * SECOND)
        }
        _ => RetryPolicy::default(),
    }
}

async fn check(row: &Row, method: Method) {
    let rule = row.fault.clone().on(method).nth(1);
    let fake = four_accounts().fault(rule).start().await.unwrap();
    let outcome = call(&fake, method, policy(&row.fault)).await;
    let writes = matches!(method, Method::Send | Method::Cancel);
    let (expected, again) = match writes {
        true => (row.write, row.write_again),
        false => (row.read, row.read_again),
    };
    let what = format!("{:?} on {method:?}", row.fault);
    assert_eq!(told(&outcome), expected, "{what}: {outcome:?}");
    let requests = 1 + u64::from(again);
    assert_eq!(fake.requests(method), requests, "{what}: requests");
    let others = METHODS.iter().filter(|other| **other != method);
    let others: u64 = others.map(|other| fake.requests(*other)).sum();
    assert_eq!(others, 0, "{what}: other requests");
    let mails = if method == Method::Send { row.mails } else { 0 };
    assert_eq!(fake.emails_sent(ADA), mails, "{what}: mails");
    assert_eq!(
        (fake.all_emails_sent(), fake.redirected_requests()),
        (mails, 0),
        "{what}"
    );
    if let Err(error) = outcome {
        assert_eq!(u64::from(error.attempts()), requests, "{what}");
        assert!(error.operation().is_some(), "{what}");
    }
}

#[tokio::test]
async fn every_fault_is_reported_and_sends_one_email_at_most() {
    for row in rows() {
        let checks = METHODS.map(|method| check(&row, method));
        futures_util::future::join_all(checks).await;
    }
}

#[tokio::test]
async fn failed_connects_are_retried() {
    // The port is taken, and nobody listens there.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let fake = four_accounts().start().await.unwrap();
    for method in METHODS {
        let client = builder(&fake).base_url(&url).build().unwrap();
        let customer = customer(&fake, &client);
        let ada = customer.invitation(ADA).unwrap();
        let outcome = match method {
            Method::IsInvitableUser => ada.is_invitable().await.map(drop),
            Method::Get => ada.get().await.map(drop),
            Method::List => customer.invitations().items().try_next().await.map(drop),
            Method::Send => ada.send().await.map(drop),
            _ => ada.cancel().await.map(drop),
        };
        assert_eq!(told(&outcome), "connect", "{method:?}");
        assert_eq!(outcome.unwrap_err().attempts(), 5, "{method:?}");
    }
}

#[tokio::test]
async fn a_lasting_fault_ends_the_retries() {
    for (fault, method, expected, requests) in [
        (Fault::Internal, Method::Get, "server error", 5),
        (
            Fault::ResetBefore,
            Method::IsInvitableUser,
            "interrupted",
            5,
        ),
        (Fault::ResetInResponse, Method::List, "interrupted", 5),
        (
            // Throttling is waited for, ten minutes at most: after 1, 2, 4, 8, and 15 seconds each.
            Fault::TooManyRequests(Hint::Nothing),
            Method::Send,
            "throttled",
            43,
        ),
        (
            Fault::RateLimited(RateReason::Quota),
            Method::Cancel,
            "throttled",
            43,
        ),
    ] {
        let fake = four_accounts().fault(fault.clone()).start().await.unwrap();
        let outcome = call(&fake, method, RetryPolicy::default()).await;
        assert_eq!(told(&outcome), expected, "{fault:?}");
        assert_eq!(fake.all_emails_sent(), 0);
        // Each wait is random by a tenth.
        let tenth = if requests > 10 { requests / 10 } else { 0 };
        let range = requests - tenth..=requests + tenth;
        assert!(range.contains(&fake.requests(method)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_throttled_attempt_keeps_an_earlier_unknown_outcome() {
    // The first attempt did nothing; the second one perhaps.
    let fake = four_accounts()
        .fault(
            Fault::TooManyRequests(Hint::Nothing)
                .on(Method::Send)
                .nth(1),
        )
        .fault(Fault::ResetAfter.on(Method::Send).nth(1))
        .start()
        .await
        .unwrap();
    let outcome = call(&fake, Method::Send, RetryPolicy::default()).await;
    assert_eq!(told(&outcome), "interrupted, outcome unknown");
    assert_eq!(
        (fake.requests(Method::Send), fake.all_emails_sent()),
        (2, 1)
    );
}
