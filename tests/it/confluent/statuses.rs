//! Every documented status of every operation, with its body and without one.

use generated_client::confluent::{AuthType, Failure, InvitationData, Status};
use generated_client::runtime::{Error, RetryPolicy};
use generated_client_fake::Method;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{client, fake};
use crate::reliability::SECOND;
use crate::support::holding;

/// The four operations.
const OPERATIONS: [&str; 4] = ["list", "create", "get", "delete"];

/// Which statuses each documents that are no success, and what they are to a caller.
const STATUSES: [(u16, &[&str], &str); 9] = [
    (400, &OPERATIONS, "invalid argument"),
    (401, &OPERATIONS, "unauthenticated"),
    (402, &["create"], "failed"),
    (403, &OPERATIONS, "permission denied"),
    (404, &["get", "delete"], "not found"),
    (409, &["create"], "failed"),
    (422, &["create"], "failed"),
    (429, &OPERATIONS, "throttled"),
    (500, &OPERATIONS, "server error"),
];

async fn call(operation: &str, response: ResponseTemplate) -> Result<(), Error> {
    let server = Recorder::start([response]).await.unwrap();
    let client = generated_client::confluent::Client::builder()
        .base_url(server.base_url())
        .token("t")
        .retry_policy(RetryPolicy::once())
        .build()?;
    let invitation = client.invitation("i-1")?;
    let outcome = match operation {
        "list" => client
            .api()
            .invitations_iam_v2()
            .list_iam_v2_invitations()
            .send()
            .await
            .map(drop),
        "create" => client.invite("a@example.com").send().await.map(drop),
        "get" => invitation.get().await.map(drop),
        _ => invitation.delete().await.map(drop),
    };
    assert_eq!(server.take().len(), 1);
    outcome
}

#[tokio::test]
async fn documented_statuses_keep_their_body() {
    let body = r#"{"errors": [{"id": "e", "status": "4", "code": "c", "title": "t", "detail": "d", "source": {"pointer": "/email"}}, {}]}"#;
    for (status, operations, expected) in STATUSES {
        for operation in operations {
            for (body, typed) in [(body, true), ("", false), ("<html>", false)] {
                let error = call(operation, ResponseTemplate::new(status, body))
                    .await
                    .unwrap_err();
                let writes = matches!(*operation, "create" | "delete");
                let expected = match status == 500 && writes {
                    true => format!("{expected}, outcome unknown"),
                    false => expected.to_owned(),
                };
                assert_eq!(holding(&error), expected, "{operation} {status}");
                assert_eq!(error.http_status().unwrap().as_u16(), status);
                assert_eq!(error.raw_body().unwrap(), body);
                let failure = error.body::<Failure>();
                assert_eq!(failure.is_some(), typed, "{operation} {status}");
                if let Some(failure) = failure {
                    let source = failure.errors[0].source.as_ref().unwrap();
                    assert_eq!(source.pointer.as_deref(), Some("/email"));
                    assert_eq!(failure.errors[1], Default::default());
                }
            }
        }
    }
    for (operation, status, body) in [
        ("list", 200, "{}"),
        ("create", 201, "{}"),
        ("get", 200, "{}"),
        ("delete", 204, ""),
    ] {
        call(operation, ResponseTemplate::new(status, body))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn invitations_are_created_with_the_requested_auth_type() {
    let fake = fake().await;
    let client = client(&fake);
    let made = client
        .invite("a@example.com")
        .auth_type(AuthType::AuthTypeSso)
        .send()
        .await
        .unwrap();
    assert_eq!(made.status().as_u16(), 201);
    let headers: generated_client::confluent::ResponseHeaders = made.typed_headers();
    let made = made.into_body();
    let id = made.id.unwrap();
    assert!(headers.location.unwrap().ends_with(&id));
    assert_eq!(
        (made.auth_type, made.status),
        (Some(AuthType::AuthTypeSso), Some(Status::InviteStatusSent))
    );
    // The fake writes times with a blank, as the published examples do.
    assert_eq!(
        made.expires_at.unwrap() - made.metadata.unwrap().created_at.unwrap(),
        chrono::TimeDelta::days(7)
    );
    assert_eq!(made.accepted_at, None);

    // Once more: there is one, and it says which.
    let error = client.invite("a@example.com").send().await.unwrap_err();
    assert!(error.is_conflict());
    assert_eq!(client.existing(&error).unwrap().id(), id);
    assert_eq!(fake.confluent().emails_sent("a@example.com"), 1);
    fake.inject(generated_client_fake::Fault::ForeignLocation.on(Method::ConfluentCreate));
    let error = client.invite("a@example.com").send().await.unwrap_err();
    assert!(error.is_conflict() && client.existing(&error).is_none());
    fake.clear_faults();

    // What is no address is not sent.
    let error = client.invite("nobody").send().await.unwrap_err();
    assert!(error.is_invalid_argument() && error.http_status().is_none());
    // What is wrong is said with its place.
    let body = |email: &str, auth_type| {
        let mut body = InvitationData::default();
        body.email = Some(email.to_owned());
        body.auth_type = auth_type;
        body
    };
    let new = AuthType::Unrecognized("AUTH_TYPE_NEW".into());
    for (body, pointer) in [
        (body("nobody", None), "/email"),
        (body("b@example.com", Some(new)), "/auth_type"),
    ] {
        let sent = client
            .api()
            .invitations_iam_v2()
            .create_iam_v2_invitation(&body)
            .send()
            .await;
        let error = sent.unwrap_err();
        assert_eq!(error.http_status().unwrap().as_u16(), 422);
        let failure: Failure = error.body().unwrap();
        assert_eq!(
            failure.errors[0]
                .source
                .as_ref()
                .unwrap()
                .pointer
                .as_deref(),
            Some(pointer)
        );
    }
    fake.confluent().set_quota(1);
    let error = client.invite("c@example.com").send().await.unwrap_err();
    assert_eq!(error.http_status().unwrap().as_u16(), 402);
}

#[tokio::test]
async fn a_delete_that_is_retried_succeeds_on_not_found() {
    let fake = fake().await;
    let client = client(&fake);
    let id = fake.confluent().invite("a@example.com");
    let invitation = client.invitation(&id).unwrap();
    invitation.delete().await.unwrap();
    // It takes a moment.
    let going = invitation.get().await.unwrap();
    assert_eq!(going.body().status, Some(Status::InviteStatusDeactivated));
    fake.advance(SECOND);
    assert!(invitation.get().await.unwrap_err().is_not_found());
    // A first attempt that finds nothing says so; one that comes after a lost response does not.
    assert!(invitation.delete().await.unwrap_err().is_not_found());
    let busy = [
        ResponseTemplate::new(503, ""),
        ResponseTemplate::new(404, ""),
    ];
    let server = Recorder::start(busy).await.unwrap();
    let client = generated_client::confluent::Client::builder()
        .base_url(server.base_url())
        .token("t")
        .clock(crate::reliability::VirtualClock::default());
    client
        .build()
        .unwrap()
        .invitation("i-1")
        .unwrap()
        .delete()
        .await
        .unwrap();
    assert_eq!(server.take().len(), 2);
}

#[tokio::test]
async fn only_a_delete_of_unknown_outcome_succeeds_with_not_found() {
    let unknown = || ResponseTemplate::new(503, "");
    for (responses, expected) in [
        (vec![unknown(), ResponseTemplate::new(404, "")], Ok(404)),
        (vec![ResponseTemplate::new(404, "")], Err("not found")),
        (
            vec![unknown(), ResponseTemplate::new(403, "")],
            Err("permission denied, outcome unknown"),
        ),
    ] {
        let server = Recorder::start(responses).await.unwrap();
        let client = generated_client::confluent::Client::builder()
            .base_url(server.base_url())
            .token("t")
            .retry_policy(RetryPolicy::default().backoff(SECOND / 1_000, SECOND / 1_000))
            .build()
            .unwrap();
        let outcome = client.invitation("i-1").unwrap().delete().await;
        let outcome = outcome
            .map(|response| response.status().as_u16())
            .map_err(|error| holding(&error));
        assert_eq!(outcome, expected.map_err(str::to_owned));
    }
}
