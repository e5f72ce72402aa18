//! The five methods, by the state of the account.

use std::time::Duration;

use generated_client_fake::State;
use serde_json::{Value, json};

use super::{LIST, call, has, one_of_each};

#[tokio::test]
async fn each_method_responds_by_the_state_of_the_account() {
    let failed = json!({"error": {"code": 400, "status": "FAILED_PRECONDITION"}});
    let not_found = json!({"error": {"code": 404, "status": "NOT_FOUND"}});
    let invitable = json!({"isInvitableUser": true});
    let state = |state: &str| json!({"state": state});
    let operation = |state: &str, mails: &str| json!({"done": true, "response": {"state": state, "mailsSentCount": mails}});
    let cases = [
        ("GET", "new@example.com", 200, state("NOT_YET_SENT")),
        ("GET", "invited@example.com", 200, state("INVITED")),
        ("GET", "accepted@example.com", 200, state("ACCEPTED")),
        ("GET", "declined@example.com", 200, state("DECLINED")),
        ("GET", "young@example.com", 404, not_found.clone()),
        ("GET", "nobody@example.com", 404, not_found.clone()),
        ("GET", "stranger@elsewhere.example", 404, not_found.clone()),
        (
            "GET",
            "NEW@Example.com",
            200,
            json!({"name": "customers/C0fake123/userinvitations/new@example.com"}),
        ),
        ("GET", "new%40example.com", 200, state("NOT_YET_SENT")),
        (
            "GET",
            "new@example.com:isInvitableUser",
            200,
            invitable.clone(),
        ),
        (
            "GET",
            "new%40example.com:isInvitableUser",
            200,
            invitable.clone(),
        ),
        (
            "GET",
            "invited@example.com:isInvitableUser",
            200,
            invitable.clone(),
        ),
        (
            "GET",
            "declined@example.com:isInvitableUser",
            200,
            invitable.clone(),
        ),
        ("GET", "young@example.com:isInvitableUser", 200, invitable),
        (
            "POST",
            "new@example.com:send",
            200,
            operation("INVITED", "1"),
        ),
        (
            "POST",
            "new%40example.com:send",
            200,
            operation("INVITED", "1"),
        ),
        (
            "POST",
            "invited@example.com:send",
            200,
            operation("INVITED", "2"),
        ),
        (
            "POST",
            "declined@example.com:send",
            200,
            operation("INVITED", "2"),
        ),
        (
            "POST",
            "young@example.com:send",
            200,
            operation("INVITED", "1"),
        ),
        ("POST", "accepted@example.com:send", 400, failed.clone()),
        ("POST", "nobody@example.com:send", 400, failed.clone()),
        (
            "POST",
            "stranger@elsewhere.example:send",
            400,
            failed.clone(),
        ),
        (
            "POST",
            "invited@example.com:cancel",
            200,
            operation("NOT_YET_SENT", "1"),
        ),
        ("POST", "new@example.com:cancel", 400, failed.clone()),
        ("POST", "accepted@example.com:cancel", 400, failed.clone()),
        ("POST", "declined@example.com:cancel", 400, failed),
        ("POST", "nobody@example.com:cancel", 404, not_found),
    ];
    for (method, id, status, expected) in cases {
        let fake = one_of_each().start().await.unwrap();
        let (got, body) = call(&fake, method, &format!("{LIST}/{id}")).await;
        assert_eq!(got, status, "{method} {id}: {body}");
        assert!(has(&body, &expected), "{method} {id}: {body}");
    }
}

#[tokio::test]
async fn a_user_who_is_not_invitable_is_a_response_without_the_field() {
    let fake = one_of_each().start().await.unwrap();
    for address in [
        "accepted@example.com",
        "nobody@example.com",
        "stranger@elsewhere.example",
    ] {
        let path = format!("{LIST}/{address}:isInvitableUser");
        assert_eq!(
            call(&fake, "GET", &path).await,
            (200, json!({})),
            "{address}"
        );
    }
}

#[tokio::test]
async fn an_invitation_is_written_as_the_reference_says() {
    let fake = one_of_each().start().await.unwrap();
    let (_, body) = call(&fake, "GET", &format!("{LIST}/invited@example.com")).await;
    let expected = json!({
        "name": "customers/C0fake123/userinvitations/invited@example.com",
        "mailsSentCount": "1",
        "state": "INVITED",
        "updateTime": "2026-01-01T11:00:00Z",
    });
    assert_eq!(body, expected);
    let (_, body) = call(&fake, "GET", &format!("{LIST}/new@example.com")).await;
    assert_eq!(
        body.get("mailsSentCount"),
        None,
        "a count of none is left out"
    );
}

#[tokio::test]
async fn every_send_is_one_email_and_is_counted() {
    let fake = one_of_each().start().await.unwrap();
    for _ in 0..3 {
        call(&fake, "POST", &format!("{LIST}/NEW@example.com:send")).await;
    }
    call(&fake, "POST", &format!("{LIST}/accepted@example.com:send")).await;
    assert_eq!(fake.emails_sent("new@example.com"), 3);
    assert_eq!(fake.emails_sent("accepted@example.com"), 0);
    assert_eq!(
        fake.emails_sent("invited@example.com"),
        0,
        "what was sent before the start"
    );
    assert_eq!(fake.all_emails_sent(), 3);
    let (_, body) = call(&fake, "GET", &format!("{LIST}/new@example.com")).await;
    assert_eq!(body["mailsSentCount"], "3");
}

#[tokio::test]
async fn invited_users_accept_or_decline_once() {
    let fake = one_of_each().start().await.unwrap();
    assert!(!fake.accept("new@example.com"), "nothing was sent");
    assert!(!fake.decline("accepted@example.com"), "settled before");
    assert!(!fake.accept("nobody@example.com"), "no such account");
    call(&fake, "POST", &format!("{LIST}/new@example.com:send")).await;
    assert!(fake.accept("new@example.com"));
    assert!(!fake.decline("new@example.com"), "settled before");
    assert!(fake.decline("invited@example.com"));
    assert_eq!(fake.state("new@example.com"), Some(State::Accepted));
    assert_eq!(fake.state("invited@example.com"), Some(State::Declined));
    let cancel = format!("{LIST}/new@example.com:cancel");
    assert_eq!(call(&fake, "POST", &cancel).await.0, 400);
}

#[tokio::test]
async fn a_new_account_or_domain_is_shown_after_48_hours_and_no_sooner() {
    let fake = one_of_each().start().await.unwrap();
    let young = format!("{LIST}/young@example.com");
    let stranger = format!("{LIST}/stranger@elsewhere.example");
    fake.verify_domain("elsewhere.example");
    // The account is an hour old, the domain is verified now.
    let steps = [
        (
            Duration::from_secs(47 * 60 * 60) - Duration::from_nanos(1),
            404,
            404,
        ),
        (Duration::from_nanos(1), 200, 404),
        (
            Duration::from_secs(60 * 60) - Duration::from_nanos(1),
            200,
            404,
        ),
        (Duration::from_nanos(1), 200, 200),
    ];
    for (number, (by, young_is, stranger_is)) in steps.into_iter().enumerate() {
        fake.advance(by);
        assert_eq!(
            call(&fake, "GET", &young).await.0,
            young_is,
            "step {number}"
        );
        assert_eq!(
            call(&fake, "GET", &stranger).await.0,
            stranger_is,
            "step {number}"
        );
        let (_, listed) = call(&fake, "GET", LIST).await;
        let listed = listed["userInvitations"].as_array().map_or(0, Vec::len);
        let expected = 4 + usize::from(young_is == 200) + usize::from(stranger_is == 200);
        assert_eq!(listed, expected, "step {number}");
        let invitable = call(&fake, "GET", &format!("{stranger}:isInvitableUser"))
            .await
            .1;
        assert_eq!(invitable, json!({"isInvitableUser": true}), "step {number}");
    }
}

#[tokio::test]
async fn an_update_takes_the_time_of_the_fakes_clock() {
    let fake = one_of_each().start().await.unwrap();
    fake.advance(Duration::from_millis(1_500));
    let send = format!("{LIST}/new@example.com:send");
    let (_, body) = call(&fake, "POST", &send).await;
    let time: &Value = &body["response"]["updateTime"];
    assert_eq!(time, "2026-01-01T12:00:01.500Z");
}
