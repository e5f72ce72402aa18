//! Errors that are not about one method's own rules: who calls, how, and where.

use std::time::Duration;

use generated_client_fake::{Grant, scope};
use serde_json::{Value, json};

use super::{LIST, has, http, one_of_each, raw, request, status};

#[tokio::test]
async fn calls_need_a_token_with_a_sufficient_scope() {
    let fake = one_of_each().start().await.unwrap();
    let read = Grant::new().scopes([scope::USER_INVITATIONS_READONLY]);
    let cloud = Grant::new().scopes([scope::CLOUD_PLATFORM]);
    let revoked = fake.token();
    fake.revoke(&revoked);
    let bearer = |token: String| Some(format!("Bearer {token}"));
    let cases = [
        (
            "no token",
            "GET",
            "new@example.com",
            None,
            401,
            "CREDENTIALS_MISSING",
        ),
        (
            "a wrong token",
            "GET",
            "new@example.com",
            bearer("x".to_owned()),
            401,
            "ACCESS_TOKEN_INVALID",
        ),
        (
            "an expired token",
            "GET",
            "new@example.com",
            bearer(fake.expired_token()),
            401,
            "ACCESS_TOKEN_EXPIRED",
        ),
        (
            "a revoked token",
            "GET",
            "new@example.com",
            bearer(revoked),
            401,
            "ACCESS_TOKEN_INVALID",
        ),
        (
            "no bearer",
            "GET",
            "new@example.com",
            Some("Basic eDp5".to_owned()),
            401,
            "ACCESS_TOKEN_TYPE_UNSUPPORTED",
        ),
        (
            "the scope of another API",
            "GET",
            "new@example.com",
            bearer(fake.issue(&cloud)),
            403,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (
            "sending, but to read only",
            "POST",
            "new@example.com:send",
            bearer(fake.issue(&read)),
            403,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (
            "cancelling, but to read only",
            "POST",
            "invited@example.com:cancel",
            bearer(fake.issue(&read)),
            403,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (
            "no subject",
            "GET",
            "new@example.com",
            bearer(fake.issue(&Grant::new().without_subject())),
            403,
            "NOT_AN_ADMINISTRATOR",
        ),
        (
            "no administrator",
            "GET",
            "new@example.com",
            bearer(fake.issue(&Grant::new().subject("ada@example.com"))),
            403,
            "NOT_AN_ADMINISTRATOR",
        ),
    ];
    for (what, method, id, authorization, expected, reason) in cases {
        let url = format!("{}{LIST}/{id}", fake.base_url());
        let mut sent = http()
            .request(method.parse().unwrap(), url)
            .json(&json!({}));
        if let Some(authorization) = authorization {
            sent = sent.header("authorization", authorization);
        }
        let reply = sent.send().await.unwrap();
        assert_eq!(reply.status(), expected, "{what}");
        let challenged = reply.headers().contains_key("www-authenticate");
        assert_eq!(
            challenged,
            expected == 401 || reason.contains("SCOPE"),
            "{what}"
        );
        let body: Value = reply.json().await.unwrap();
        assert_eq!(
            body["error"]["details"][0]["reason"], reason,
            "{what}: {body}"
        );
    }
    assert_eq!(fake.all_emails_sent(), 0);
}

#[tokio::test]
async fn reading_needs_the_read_only_scope_alone() {
    let fake = one_of_each().start().await.unwrap();
    let token = fake.issue(&Grant::new().scopes([scope::USER_INVITATIONS_READONLY]));
    for id in ["", "/new@example.com", "/new@example.com:isInvitableUser"] {
        let url = format!("{}{LIST}{id}", fake.base_url());
        let reply = http().get(url).bearer_auth(&token).send().await.unwrap();
        assert_eq!(reply.status(), 200, "{id}");
    }
}

#[tokio::test]
async fn a_token_may_be_in_the_query_until_it_expires() {
    let fake = one_of_each().start().await.unwrap();
    let token = fake.issue(&Grant::new().lifetime(Duration::from_secs(60)));
    for (name, advance, expected) in [
        ("access_token", 0, 200),
        ("oauth_token", 59, 200),
        ("access_token", 1, 401),
    ] {
        fake.advance(Duration::from_secs(advance));
        let url = format!("{}{LIST}?{name}={token}", fake.base_url());
        assert_eq!(
            http().get(url).send().await.unwrap().status(),
            expected,
            "{name}"
        );
    }
}

#[tokio::test]
async fn unknown_paths_and_http_methods_are_refused() {
    let fake = one_of_each().start().await.unwrap();
    let id = |id: &str| format!("{LIST}/{id}");
    let cases = [
        ("GET", "/".to_owned(), 404),
        ("GET", "/v1".to_owned(), 404),
        (
            "GET",
            "/v2/customers/C0fake123/userinvitations".to_owned(),
            404,
        ),
        ("GET", "/v1/customers/C0fake123/users".to_owned(), 404),
        ("GET", format!("{LIST}/a@b.example/more"), 404),
        ("GET", id("new@example.com:read"), 404),
        ("POST", id("new@example.com:Send"), 404),
        // The colon is part of the address here, and such an address is not there.
        ("GET", id("new@example.com%3Asend"), 404),
        ("GET", id(""), 400),
        ("GET", id("new"), 400),
        ("GET", id("@example.com"), 400),
        ("GET", id("a@b@example.com"), 400),
        ("GET", id("a%2Fb@example.com"), 400),
        ("GET", id("new@example.com%00"), 400),
        ("POST", id(":send"), 400),
        (
            "GET",
            "/v1/customers/my_customer/userinvitations".to_owned(),
            400,
        ),
        (
            "GET",
            "/v1/customers/%2E%2E/userinvitations".to_owned(),
            404,
        ),
        (
            "GET",
            "/v1/customers/C0other/userinvitations".to_owned(),
            403,
        ),
        ("POST", LIST.to_owned(), 405),
        ("DELETE", id("new@example.com"), 405),
        ("PATCH", id("new@example.com"), 405),
        ("GET", id("new@example.com:send"), 405),
        ("GET", id("new@example.com:cancel"), 405),
        ("POST", id("new@example.com:isInvitableUser"), 405),
        ("GET", "/token".to_owned(), 405),
    ];
    for (method, path, expected) in cases {
        let reply = request(&fake, method, &path).send().await.unwrap();
        assert_eq!(reply.status(), expected, "{method} {path}");
        assert_eq!(
            reply.headers().contains_key("allow"),
            expected == 405,
            "{method} {path}"
        );
        let body: Value = reply.json().await.unwrap();
        assert!(
            has(&body, &json!({"error": {"code": expected}})),
            "{method} {path}: {body}"
        );
    }
}

#[tokio::test]
async fn a_post_needs_a_length_but_not_a_body() {
    let fake = one_of_each().start().await.unwrap();
    let head = format!(
        "POST {LIST}/new@example.com:send HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Connection: close\r\n",
        fake.token()
    );
    let cases = [
        ("no length at all", "\r\n", 411),
        ("a length of nothing", "Content-Length: 0\r\n\r\n", 200),
        (
            "an empty object",
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            200,
        ),
        (
            "a charset",
            "Content-Type: application/json; charset=UTF-8\r\nContent-Length: 2\r\n\r\n{}",
            200,
        ),
        (
            "chunks",
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            200,
        ),
        (
            "no chunk",
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            200,
        ),
        ("no declared type", "Content-Length: 2\r\n\r\n{}", 400),
        (
            "no JSON",
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{]",
            400,
        ),
        (
            "a list",
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
            400,
        ),
        (
            "an unknown field",
            "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            400,
        ),
    ];
    for (what, rest, expected) in cases {
        let mails = fake.all_emails_sent();
        let reply = raw(&fake, format!("{head}{rest}").as_bytes())
            .await
            .unwrap();
        assert_eq!(status(&reply), expected, "{what}: {reply}");
        assert_eq!(
            fake.all_emails_sent() - mails,
            u64::from(expected == 200),
            "{what}"
        );
    }
}

#[tokio::test]
async fn a_query_too_long_for_a_url_may_be_sent_as_a_form() {
    let fake = one_of_each().start().await.unwrap();
    let url = format!("{}{LIST}", fake.base_url());
    let sent = http().post(url).bearer_auth(fake.token());
    let sent = sent.header("x-http-method-override", "GET");
    let sent = sent.form(&[("filter", "state=='invited'")]);
    let body: Value = sent.send().await.unwrap().json().await.unwrap();
    assert_eq!(body["userInvitations"].as_array().unwrap().len(), 1);
}
