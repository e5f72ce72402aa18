//! Every fault on each of the four operations: what the caller gets, how many requests went out, how many
//! mails.

use futures_util::TryStreamExt as _;
use generated_client::runtime::{Error, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method, Redirect};

use super::{builder, fake, key};
use crate::reliability::SECOND;
use crate::support::holding;

const METHODS: [Method; 4] = [
    Method::ConfluentList,
    Method::ConfluentGet,
    Method::ConfluentDelete,
    Method::ConfluentCreate,
];

/// A fault, once: what is got of it where the operation may be repeated, and otherwise; and whether the
/// second is asked for again, and has mailed.
type Row = (Fault, &'static str, &'static str, bool, u64);

fn rows() -> Vec<Row> {
    let unknown = "server error, outcome unknown";
    let unavailable = "server error, unavailable, outcome unknown";
    let cut = "interrupted, outcome unknown";
    let unread = "decode, outcome unknown";
    vec![
        (Fault::TooManyRequests(Hint::Nothing), "ok", "ok", true, 1),
        (
            Fault::TooManyRequests(Hint::Seconds(3)),
            "ok",
            "ok",
            true,
            1,
        ),
        (
            Fault::Unavailable(Hint::Nothing),
            "ok",
            unavailable,
            false,
            0,
        ),
        (
            Fault::Unavailable(Hint::Seconds(3)),
            "ok",
            unavailable,
            false,
            0,
        ),
        (Fault::Internal, "ok", unknown, false, 0),
        (Fault::BadGateway, "ok", unknown, false, 0),
        (Fault::ResetBefore, "ok", cut, false, 0),
        (Fault::ResetAfter, "ok", cut, false, 1),
        (Fault::ResetInResponse, "ok", cut, false, 1),
        (
            Fault::ApiDisabled,
            "permission denied",
            "permission denied",
            false,
            0,
        ),
        (
            Fault::Redirect(Redirect::Temporary),
            "redirect",
            "redirect",
            false,
            0,
        ),
        (
            Fault::Redirect(Redirect::Found),
            "redirect",
            "redirect",
            false,
            0,
        ),
        (Fault::EmptyBody, "decode", unread, false, 1),
        (Fault::CutOffJson, "decode", unread, false, 1),
        (Fault::EndlessBody, "decode", unread, false, 1),
        (Fault::CompressedBomb, "decode", unread, false, 1),
        (Fault::SlowBody(SECOND / 1_000), "ok", "ok", false, 1),
        (Fault::UnknownEnumValue, "ok", "ok", false, 1),
        (Fault::UnknownField, "ok", "ok", false, 1),
    ]
}

async fn call(fake: &FakeServer, method: Method, id: &str) -> Result<(), Error> {
    let client = builder(fake)
        .credentials(key(fake))
        .retry_policy(RetryPolicy::default().attempts(3))
        .max_body(2 << 20)
        .build()?;
    let invitation = client.invitation(id)?;
    match method {
        Method::ConfluentList => {
            let items: Vec<_> = client.invitations().items().try_collect().await?;
            assert_eq!(items.len(), 1);
        }
        Method::ConfluentGet => assert_eq!(invitation.get().await?.body().id.as_deref(), Some(id)),
        Method::ConfluentDelete => drop(invitation.delete().await?),
        _ => drop(client.invite("new@example.com").send().await?),
    }
    Ok(())
}

async fn check((fault, repeated, once, again, mails): Row, method: Method) {
    let fake = fake().await;
    let id = fake.confluent().invite("a@example.com");
    fake.inject(fault.clone().on(method).nth(1));
    let outcome = call(&fake, method, &id).await;
    let found = outcome.as_ref().err().map_or("ok".to_owned(), holding);
    let what = format!("{fault:?} on {method:?}: {outcome:?}");
    let creates = method == Method::ConfluentCreate;
    // The response to a deletion has no body that could be broken off or be something else; and one that is
    // too long is still too long.
    let empty =
        method == Method::ConfluentDelete && matches!(fault, Fault::EmptyBody | Fault::CutOffJson);
    let expected = match (creates, method) {
        (true, _) => once.to_owned(),
        _ if empty => "ok".to_owned(),
        (_, Method::ConfluentDelete) if repeated == "decode" => "ok".to_owned(),
        _ => repeated.to_owned(),
    };
    assert_eq!(found, expected, "{what}");
    let repeats = if creates {
        again
    } else {
        repeated == "ok"
            && !matches!(
                fault,
                Fault::SlowBody(_) | Fault::UnknownEnumValue | Fault::UnknownField
            )
    };
    if method != Method::ConfluentDelete {
        assert_eq!(fake.requests(method), 1 + u64::from(repeats), "{what}");
    }
    let mails = if creates { mails } else { 0 };
    assert_eq!(
        (
            fake.confluent().emails_sent("new@example.com"),
            fake.redirected_requests()
        ),
        (mails, 0),
        "{what}"
    );
}

#[tokio::test]
async fn every_fault_is_reported_and_sends_one_email_at_most() {
    for row in rows() {
        let checks = METHODS.map(|method| check(row.clone(), method));
        futures_util::future::join_all(checks).await;
    }
}

#[tokio::test]
async fn next_page_urls_of_other_hosts_are_not_requested() {
    let fake = fake().await;
    for number in 0..150 {
        fake.confluent().invite(&format!("u{number}@example.com"));
    }
    fake.inject(Fault::ForeignNext.on(Method::ConfluentList).nth(1));
    let client = builder(&fake).credentials(key(&fake)).build().unwrap();
    let error = client
        .invitations()
        .items()
        .try_collect::<Vec<_>>()
        .await
        .unwrap_err();
    assert!(error.is_foreign_page());
    assert_eq!(
        (
            fake.requests(Method::ConfluentList),
            fake.redirected_requests()
        ),
        (1, 0)
    );
}
