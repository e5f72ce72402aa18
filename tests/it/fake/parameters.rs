//! Parameters: what each accepts, what it changes, and what it refuses.

use serde_json::Value;

use super::{LIST, call, one_of_each, request};

/// The addresses that a list shows, without their domain.
fn listed(body: &Value) -> String {
    let items = body["userInvitations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let names = items.iter().map(|item| {
        let name = item["name"].as_str().unwrap();
        let (_, address) = name.rsplit_once('/').unwrap();
        address.split('@').next().unwrap().to_owned()
    });
    names.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn filters_and_orders_are_read_in_every_documented_spelling() {
    let all = "accepted declined invited new";
    let cases = [
        ("filter", "state=='invited'", "invited"),
        ("filter", "state=='INVITED'", "invited"),
        ("filter", "STATE == 'Invited'", "invited"),
        ("filter", "state==invited", "invited"),
        ("filter", "state==\"invited\"", "invited"),
        ("filter", "\"state=='invited'\"", "invited"),
        ("filter", "state!='accepted'", "declined invited new"),
        (
            "filter",
            "state=='accepted'||state=='declined'",
            "accepted declined",
        ),
        (
            "filter",
            "state=='accepted' || state == \"declined\"",
            "accepted declined",
        ),
        (
            "filter",
            "\"state=='accepted'||state=='not_yet_sent'\"",
            "accepted new",
        ),
        ("filter", "state!='accepted'||state!='declined'", all),
        ("filter", "state=='state_unspecified'", ""),
        ("filter", "", all),
        ("orderBy", "", all),
        ("orderBy", "email", all),
        ("orderBy", "email asc", all),
        ("orderBy", "email desc", "new invited declined accepted"),
        ("orderBy", "'email desc'", "new invited declined accepted"),
        ("orderBy", "update_time", "new declined accepted invited"),
        (
            "orderBy",
            "update_time asc",
            "new declined accepted invited",
        ),
        ("orderBy", "updateTime asc", "new declined accepted invited"),
        (
            "orderBy",
            "update_time desc",
            "invited accepted declined new",
        ),
        (
            "orderBy",
            "'updateTime desc'",
            "invited accepted declined new",
        ),
        (
            "orderBy",
            "\"updateTime desc\"",
            "invited accepted declined new",
        ),
        ("order_by", "email desc", "new invited declined accepted"),
        ("pageSize", "2", "accepted declined"),
        ("page_size", "2", "accepted declined"),
        ("pageSize", "0", all),
        ("pageSize", "100000", all),
    ];
    let fake = one_of_each().start().await.unwrap();
    for (name, value, expected) in cases {
        let reply = request(&fake, "GET", LIST).query(&[(name, value)]);
        let reply = reply.send().await.unwrap();
        assert_eq!(reply.status(), 200, "{name}={value}");
        assert_eq!(
            listed(&reply.json().await.unwrap()),
            expected,
            "{name}={value}"
        );
    }
}

#[tokio::test]
async fn the_request_of_the_guide_is_accepted() {
    let fake = one_of_each().start().await.unwrap();
    let path = format!("{LIST}?filter=state!='accepted'&orderBy='updateTime%20desc'");
    let (status, body) = call(&fake, "GET", &path).await;
    assert_eq!(
        (status, listed(&body).as_str()),
        (200, "invited declined new")
    );
}

#[tokio::test]
async fn invalid_parameters_are_refused_by_name() {
    let long = "x".repeat(41);
    let deep = format!("{}name{}", "a(".repeat(2000), ")".repeat(2000));
    let cases = [
        ("filter", "state"),
        ("filter", "state='invited'"),
        ("filter", "state=='sent'"),
        ("filter", "state=='invited'&&state=='declined'"),
        ("filter", "state=='invited'||"),
        ("filter", "(state=='invited')"),
        ("filter", "email=='new@example.com'"),
        ("filter", "state<'invited'"),
        ("filter", "state=='invited"),
        ("orderBy", "name"),
        ("orderBy", "email,update_time"),
        ("orderBy", "email up"),
        ("orderBy", "email asc desc"),
        ("orderBy", "desc"),
        ("pageSize", "-1"),
        ("pageSize", "many"),
        ("pageSize", "3000000000"),
        ("pageToken", "made-up"),
        ("pageToken", "AAAA"),
        ("fields", "userInvitations/colour"),
        ("fields", "colour"),
        ("fields", "userInvitations(name"),
        ("fields", "userInvitations(name))"),
        ("fields", "userInvitations/name/first"),
        ("fields", "name,,state"),
        ("fields", "userInvitations("),
        ("fields", ","),
        ("fields", &deep),
        ("alt", "media"),
        ("alt", "proto"),
        ("alt", "xml"),
        ("callback", "run"),
        ("uploadType", "media"),
        ("upload_protocol", "raw"),
        ("$.xgafv", "3"),
        ("prettyPrint", "perhaps"),
        ("quotaUser", &long),
        ("colour", "blue"),
    ];
    let fake = one_of_each().start().await.unwrap();
    for (name, value) in cases {
        let reply = request(&fake, "GET", LIST).query(&[(name, value)]);
        let reply = reply.send().await.unwrap();
        assert_eq!(reply.status(), 400, "{name}={value}");
        let body: Value = reply.json().await.unwrap();
        let violation = &body["error"]["details"][0]["fieldViolations"][0];
        assert_eq!(
            body["error"]["status"], "INVALID_ARGUMENT",
            "{name}={value}"
        );
        assert_eq!(violation["field"], name, "{name}={value}: {body}");
    }
}

#[tokio::test]
async fn a_lists_parameters_are_not_those_of_other_methods() {
    let fake = one_of_each().start().await.unwrap();
    for parameter in ["filter", "orderBy", "pageSize", "pageToken"] {
        let path = format!("{LIST}/new@example.com?{parameter}=1");
        assert_eq!(call(&fake, "GET", &path).await.0, 400, "{parameter}");
    }
    let twice = format!("{LIST}?pageSize=1&pageSize=2");
    assert_eq!(call(&fake, "GET", &twice).await.0, 400, "a parameter twice");
}
