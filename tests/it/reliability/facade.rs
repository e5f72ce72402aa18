//! What a user writes.

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{
    Client, Filter, Order, OrderBy, Parameters, StandardParameters as _, State, UserInvitationName,
};
use generated_client::runtime::Error;
use generated_client_fake::{Fault, Method, State as Seen};
use serde_json::json;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, BOB, builder, customer, four_accounts, told};

#[tokio::test]
async fn the_program_of_the_guide_runs() {
    let fake = four_accounts().start().await.unwrap();
    let program = async {
        let client = Client::builder()
            .base_url(fake.base_url())
            .token(fake.token())
            .build()?;
        let customer = client.customer(fake.customer_id())?;

        let mut found = Vec::new();
        let mut unmanaged = customer
            .invitations()
            .unmanaged()
            .order_by(OrderBy::UpdateTime.desc())
            .items();
        while let Some(invitation) = unmanaged.try_next().await? {
            found.extend(invitation.name);
        }

        let writer = customer.invitation(ADA)?;
        if writer.is_invitable().await? {
            writer.send().await?;
        }
        let sent = writer.get().await?.into_body();
        assert_eq!(sent.state, Some(State::Invited));
        assert_eq!(sent.mails_sent_count, Some(1));
        customer.invitation(BOB)?.cancel().await?;
        assert!(
            !customer
                .invitation("nobody@example.com")?
                .is_invitable()
                .await?
        );
        Ok::<_, Error>(found)
    };
    let found = program.await.unwrap();
    assert_eq!(found.len(), 4);
    assert_eq!((fake.emails_sent(ADA), fake.all_emails_sent()), (1, 1));
    assert_eq!(fake.state(BOB), Some(Seen::NotYetSent));
    assert_eq!(fake.requests(Method::List), 1);
}

#[test]
fn filters_and_orders_are_sent_as_documented() {
    use State::{Accepted, Declined, Invited, NotYetSent};
    for (filter, expected) in [
        (Filter::state(Invited), "state=='invited'"),
        (Filter::state(NotYetSent), "state=='not_yet_sent'"),
        (Filter::not(Accepted), "state!='accepted'"),
        (Filter::unmanaged(), "state!='accepted'"),
        (
            Filter::state(Invited).or_state(Declined).or_state(Accepted),
            "state=='invited'||state=='declined'||state=='accepted'",
        ),
        (Filter::from("as it is"), "as it is"),
    ] {
        assert_eq!(filter.to_string(), expected);
    }
    for (order, expected) in [
        (OrderBy::Email.asc(), "email asc"),
        (OrderBy::Email.desc(), "email desc"),
        (OrderBy::UpdateTime.asc(), "update_time asc"),
        (OrderBy::UpdateTime.desc(), "update_time desc"),
        (OrderBy::UpdateTime.into(), "update_time asc"),
        (Order::from("as it is"), "as it is"),
    ] {
        assert_eq!(order.to_string(), expected);
    }
}

#[tokio::test]
async fn filters_find_matching_accounts_only() {
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake).build().unwrap();
    for (filter, expected) in [
        (Filter::state(State::Invited), 2),
        (Filter::state(State::NotYetSent), 2),
        (Filter::state(State::Accepted), 0),
        (Filter::not(State::Invited), 2),
        (Filter::state(State::Invited).or_state(State::NotYetSent), 4),
        (Filter::from("state=='invited'"), 2),
    ] {
        let list = customer(&fake, &client)
            .invitations()
            .filter(filter.clone());
        let found: Vec<_> = list.items().try_collect().await.unwrap();
        assert_eq!(found.len(), expected, "{filter}");
    }
}

/// A client of a server whose responses all have this body.
async fn responding(body: serde_json::Value) -> (Recorder, Client) {
    let server = Recorder::start([ResponseTemplate::ok(body.to_string())])
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    (server, client)
}

#[tokio::test]
async fn a_failed_operation_is_an_error() {
    // Whether the work was refused, or may have been done in part.
    for (error, expected) in [
        (
            json!({ "code": 9, "message": "no", "details": [{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "WHY",
            }] }),
            "operation",
        ),
        (json!({ "code": 7 }), "operation"),
        (json!({ "code": 8 }), "operation"),
        (json!({ "code": 2 }), "operation, outcome unknown"),
        (json!({ "code": 13 }), "operation, outcome unknown"),
        (json!({ "code": 14 }), "operation, outcome unknown"),
        (json!({}), "operation, outcome unknown"),
    ] {
        for done in [
            json!({ "done": true, "error": error }),
            json!({ "error": error }),
        ] {
            let (_server, client) = responding(done).await;
            let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
            assert_eq!(told(&ada.send().await), expected, "{error}");
            let failed = ada.cancel().await.unwrap_err();
            assert_eq!(crate::support::holding(&failed), expected, "{error}");
            let status = failed.google().unwrap();
            assert_eq!(status.code.map(i64::from), error["code"].as_i64());
            assert_eq!(
                status.message,
                error["message"].as_str().unwrap_or_default()
            );
            let reason = error["details"][0]["reason"].as_str();
            assert_eq!(status.reason(), reason);
            assert_eq!(failed.http_status().map(|it| it.as_u16()), Some(200));
            assert!(failed.headers().is_some() && failed.raw_body().is_none());
            assert_eq!(failed.attempts(), 1);
            assert_eq!(
                failed.operation(),
                Some("cloudidentity.customers.userinvitations.cancel")
            );
        }
    }
}

#[tokio::test]
async fn field_masks_that_hide_the_outcome_are_refused() {
    let (server, client) = responding(json!({})).await;
    for (mask, calls) in [("name", 0), ("done,response(error)", 0), ("*", 3)] {
        let parameters = Parameters::new().fields(mask);
        let client = client.with_parameters(parameters.clone()).unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        for outcome in [
            ada.is_invitable().await.map(drop),
            ada.send().await.map(drop),
            ada.cancel().await.map(drop),
        ] {
            let expected = if calls == 0 { "invalid argument" } else { "ok" };
            assert_eq!(told(&outcome), expected, "{mask}");
        }
        assert_eq!(server.take().len(), calls, "{mask}");
    }
}

#[tokio::test]
async fn operations_are_done_only_if_they_say_so() {
    for (body, expected) in [
        (json!({}), None),
        (json!({ "done": false }), Some(false)),
        (json!({ "done": true }), Some(true)),
        (
            json!({ "done": true, "response": { "@type": "x" } }),
            Some(true),
        ),
    ] {
        let (_server, client) = responding(body).await;
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        assert_eq!(ada.send().await.unwrap().body().done, expected);
        assert_eq!(ada.cancel().await.unwrap().body().done, expected);
    }
}

#[tokio::test]
async fn names_invalid_in_urls_are_not_sent() {
    let (server, client) = responding(json!({})).await;
    for id in ["", ".", "..", "C1/userinvitations", "a\\b", "C\n1"] {
        let error = client.customer(id).unwrap_err();
        assert_eq!(
            crate::support::holding(&error),
            "invalid argument",
            "{id:?}"
        );
    }
    let customer = client.customer("C1").unwrap();
    for address in [
        "",
        ".",
        "..",
        "a/b@example.com",
        "a\\b@example.com",
        "a\0@b",
    ] {
        let error = customer.invitation(address).unwrap_err();
        assert_eq!(
            crate::support::holding(&error),
            "invalid argument",
            "{address:?}"
        );
        let text = format!("{error} {error:?}");
        assert!(address.len() < 3 || !text.contains(address), "{text}");
    }
    assert_eq!(server.take(), []);
}

#[tokio::test]
async fn addresses_are_escaped_into_one_segment() {
    let (server, client) = responding(json!({})).await;
    for (address, segment) in [
        ("o'hara+web@example.com", "o%27hara%2Bweb@example.com"),
        ("a:send@example.com", "a%3Asend@example.com"),
        ("a?b#c%2F@example.com", "a%3Fb%23c%252F@example.com"),
        ("ä@example.com", "%C3%A4@example.com"),
    ] {
        let name = UserInvitationName::new("C1", address).unwrap();
        client.invitation(name).get().await.unwrap();
        let path = server.take().remove(0).target;
        assert_eq!(path, format!("/v1/customers/C1/userinvitations/{segment}"));
    }
}

#[tokio::test]
async fn the_generated_client_and_the_response_are_accessible() {
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake).user_agent("inviter/1.2").build().unwrap();
    let parameters = Parameters::new().fields("state");
    let narrow = client.with_parameters(parameters.clone()).unwrap();
    let ada = customer(&fake, &narrow).invitation(ADA).unwrap();
    let response = ada.get().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert!(response.headers().contains_key("content-type"));
    assert_eq!(
        (response.body().name.as_deref(), &response.body().state),
        (None, &Some(State::NotYetSent))
    );
    let whole = client
        .api()
        .customers()
        .userinvitations()
        .get(ada.name())
        .send()
        .await;
    assert!(whole.unwrap().body().name.is_some());
    fake.inject(Fault::UnknownEnumValue.on(Method::Get));
    let unknown = ada.get().await.unwrap().into_body();
    let state = unknown
        .state
        .as_ref()
        .map(|state| state.as_str().to_owned());
    assert_eq!(state.as_deref(), Some("STATE_FROM_THE_FUTURE"));
}
