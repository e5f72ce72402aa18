//! The parameters that every Google API has: parts of a reply, and its form.

use serde_json::{Value, json};

use super::{LIST, call, one_of_each, request};

#[tokio::test]
async fn standard_parameters_change_no_response() {
    let fake = one_of_each().start().await.unwrap();
    let plain = call(&fake, "GET", LIST).await;
    let forty = "x".repeat(40);
    for query in [
        "alt=json",
        "prettyPrint=true",
        "prettyPrint=false",
        "$.xgafv=1",
        "%24.xgafv=2",
        "key=anything",
        "fields=*",
        "fields=",
        "filter=",
        "pageToken=",
        &format!("quotaUser={forty}"),
    ] {
        assert_eq!(
            call(&fake, "GET", &format!("{LIST}?{query}")).await,
            plain,
            "{query}"
        );
    }
}

#[tokio::test]
async fn field_masks_leave_out_every_other_field() {
    let cases = [
        (LIST, "nextPageToken", json!({})),
        (
            LIST,
            "userInvitations/state",
            json!({"userInvitations": [{"state": "ACCEPTED"}]}),
        ),
        (
            LIST,
            "userInvitations.state",
            json!({"userInvitations": [{"state": "ACCEPTED"}]}),
        ),
        (
            LIST,
            "userInvitations(state)",
            json!({"userInvitations": [{"state": "ACCEPTED"}]}),
        ),
        (
            LIST,
            "*/state",
            json!({"userInvitations": [{"state": "ACCEPTED"}]}),
        ),
        (
            LIST,
            "*(state)",
            json!({"userInvitations": [{"state": "ACCEPTED"}]}),
        ),
        (
            LIST,
            "nextPageToken, userInvitations( state , mailsSentCount )",
            json!({"userInvitations": [{"state": "ACCEPTED", "mailsSentCount": "1"}]}),
        ),
        (
            "accepted@example.com",
            "state",
            json!({"state": "ACCEPTED"}),
        ),
        (
            "accepted@example.com",
            "state,updateTime",
            json!({"state": "ACCEPTED", "updateTime": "2026-01-01T10:00:00Z"}),
        ),
        (
            "new@example.com:isInvitableUser",
            "*",
            json!({"isInvitableUser": true}),
        ),
        ("new@example.com:send", "done", json!({"done": true})),
        (
            "new@example.com:send",
            "done,response(state)",
            json!({"done": true, "response": {"state": "INVITED"}}),
        ),
        (
            "new@example.com:send",
            "response/state",
            json!({"response": {"state": "INVITED"}}),
        ),
    ];
    for (id, fields, expected) in cases {
        let fake = one_of_each().start().await.unwrap();
        let (path, query) = match id {
            LIST => (LIST.to_owned(), vec![("filter", "state=='accepted'")]),
            id => (format!("{LIST}/{id}"), vec![]),
        };
        let method = if id.ends_with(":send") { "POST" } else { "GET" };
        let sent = request(&fake, method, &path)
            .query(&query)
            .query(&[("fields", fields)]);
        let body: Value = sent.send().await.unwrap().json().await.unwrap();
        assert_eq!(body, expected, "{id} {fields}");
    }
}

#[tokio::test]
async fn a_field_mask_without_the_page_token_ends_a_list() {
    let fake = one_of_each().start().await.unwrap();
    let path = format!("{LIST}?pageSize=1&fields=userInvitations/name");
    let (_, body) = call(&fake, "GET", &path).await;
    let fields: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["userInvitations"]);
}

#[tokio::test]
async fn responses_are_indented_unless_pretty_print_is_false() {
    let fake = one_of_each().start().await.unwrap();
    for (query, lines) in [
        ("", true),
        ("?prettyPrint=true", true),
        ("?prettyPrint=false", false),
    ] {
        for id in ["new@example.com", "nobody@example.com"] {
            let sent = request(&fake, "GET", &format!("{LIST}/{id}{query}"));
            let text = sent.send().await.unwrap().text().await.unwrap();
            assert_eq!(text.contains("\n  \""), lines, "{id}{query}: {text}");
        }
    }
}

#[tokio::test]
async fn the_older_error_format_is_available() {
    let fake = one_of_each().start().await.unwrap();
    for (query, older) in [("", false), ("?$.xgafv=2", false), ("?$.xgafv=1", true)] {
        let (_, body) = call(&fake, "GET", &format!("{LIST}/nobody@example.com{query}")).await;
        let reason = &body["error"]["errors"][0]["reason"];
        assert_eq!(reason == "notFound", older, "{query}: {body}");
    }
}
