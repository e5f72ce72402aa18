//! What an error tells, and what it keeps to itself.

use std::error::Error as _;

use generated_client::cloudidentity::api::Client;
use generated_client::cloudidentity::api::names::UserInvitationName;
use generated_client::runtime::{Detail, Error, RetryPolicy};
use serde_json::{Value, json};
use tests::recorder::{Recorder, ResponseTemplate};

use crate::support::holding;

const EMAIL: &str = "somebody.private@altostrat.com";
const TOKEN: &str = "ya29.very-secret";

async fn get_from(base_url: &str) -> Error {
    let client = Client::builder()
        .base_url(base_url)
        .token(TOKEN)
        .retry_policy(RetryPolicy::once())
        .build()
        .unwrap();
    let name = UserInvitationName::new("C00000000", EMAIL).unwrap();
    client
        .customers()
        .userinvitations()
        .get(&name)
        .send()
        .await
        .unwrap_err()
}

async fn get(response: ResponseTemplate) -> Error {
    let server = Recorder::start([response]).await.unwrap();
    get_from(server.base_url()).await
}

/// An error of Google's form.
fn envelope(code: u16, status: &str, details: Value) -> ResponseTemplate {
    let message = format!("the account {EMAIL} is the matter");
    let error = json!({ "code": code, "message": message, "status": status, "details": details });
    ResponseTemplate::new(code, json!({ "error": error }).to_string())
}

/// All that an error prints, and all that its sources print.
fn everything(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(next) = source {
        text.push_str(&format!("\n{next}\n{next:?}"));
        source = next.source();
    }
    text
}

#[tokio::test]
async fn errors_show_no_address_token_or_url() {
    let responses = [
        envelope(404, "NOT_FOUND", json!([])),
        envelope(
            403,
            EMAIL,
            json!([{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": EMAIL }]),
        ),
        ResponseTemplate::new(502, format!("<html>{EMAIL} {TOKEN}</html>")),
        ResponseTemplate::ok(format!("{{\"name\": 7, \"x\": \"{EMAIL}\"}}")),
        ResponseTemplate::ok(format!("{{\"mailsSentCount\": \"{EMAIL}\"}}")),
        ResponseTemplate::ok(format!("{{\"updateTime\": \"{EMAIL}\"}}")),
        ResponseTemplate::ok(format!("{{\"{EMAIL}")),
        ResponseTemplate::new(307, "").header(
            "location",
            "http://127.0.0.1:9/somebody.private@altostrat.com",
        ),
    ];
    let mut errors = Vec::new();
    for response in responses {
        errors.push(get(response).await);
    }
    // Nobody listens on this port.
    errors.push(get_from("http://127.0.0.1:9").await);
    assert!(errors.last().is_some_and(Error::is_connect));
    for error in errors {
        let text = everything(&error);
        for secret in [
            EMAIL,
            "somebody",
            TOKEN,
            "very-secret",
            "http://",
            "/v1/",
            "C00000000",
        ] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
        assert_eq!(
            error.operation(),
            Some("cloudidentity.customers.userinvitations.get")
        );
        assert!(
            text.contains("cloudidentity.customers.userinvitations.get"),
            "{text}"
        );
    }
}

#[test]
fn builders_and_clients_show_no_credential() {
    use generated_client::cloudidentity::StandardParameters as _;
    let parameters = generated_client::runtime::Parameters::new()
        .access_token(TOKEN)
        .key(TOKEN)
        .oauth_token(TOKEN);
    let builder = Client::builder()
        .token(TOKEN)
        .parameters(parameters.clone());
    let mut text = format!("{builder:?} {parameters:?}");
    let client = builder.build().unwrap();
    text.push_str(&format!("{client:?} {client:#?}"));
    assert!(!text.contains(TOKEN), "{text}");
    assert!(text.contains("oauth_token"), "{text}");
}

#[tokio::test]
async fn predicates_hold_for_the_errors_they_name() {
    let reason = |reason: &str| {
        let info =
            json!([{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason }]);
        envelope(403, "PERMISSION_DENIED", info)
    };
    let legacy = json!({ "error": { "errors": [{ "reason": "userRateLimitExceeded" }] } });
    for (response, expected) in [
        (
            envelope(400, "INVALID_ARGUMENT", json!([])),
            "invalid argument",
        ),
        (
            envelope(400, "FAILED_PRECONDITION", json!([])),
            "failed precondition",
        ),
        (
            envelope(401, "UNAUTHENTICATED", json!([])),
            "unauthenticated",
        ),
        (
            envelope(403, "PERMISSION_DENIED", json!([])),
            "permission denied",
        ),
        (reason("accessNotConfigured"), "permission denied"),
        (reason("dailyLimitExceeded"), "throttled, quota exhausted"),
        (reason("rateLimitExceeded"), "throttled"),
        (reason("quotaExceeded"), "throttled"),
        (ResponseTemplate::new(403, legacy.to_string()), "throttled"),
        (envelope(404, "NOT_FOUND", json!([])), "not found"),
        (envelope(429, "RESOURCE_EXHAUSTED", json!([])), "throttled"),
        (ResponseTemplate::new(429, ""), "throttled"),
        (
            envelope(503, "UNAVAILABLE", json!([])),
            "server error, unavailable",
        ),
        (ResponseTemplate::new(502, "<html>"), "server error"),
        (ResponseTemplate::new(304, ""), "redirect"),
        (ResponseTemplate::ok("[7]"), "decode"),
        (ResponseTemplate::ok("null"), "decode"),
        (ResponseTemplate::ok(""), "decode"),
        (ResponseTemplate::ok("{\"name\":"), "decode"),
    ] {
        let error = get(response.clone()).await;
        assert_eq!(holding(&error), expected, "{response:?}");
    }
}

#[tokio::test]
async fn errors_keep_status_headers_and_body() {
    for body in [
        "<html><h1>Bad gateway</h1></html>",
        "",
        "[]",
        "{\"error\": \"flat\"}",
        "null",
    ] {
        let response = ResponseTemplate::new(502, body).header("x-request-id", "r-1");
        let error = get(response).await;
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(502));
        assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
        assert_eq!(error.raw_body().unwrap(), body);
        assert_eq!(error.google(), None);
    }
}

#[tokio::test]
async fn error_details_of_google_are_read() {
    let detail = |name: &str, mut fields: Value| {
        fields["@type"] = json!(format!("type.googleapis.com/google.rpc.{name}"));
        fields
    };
    let details = json!([
        detail("ErrorInfo", json!({ "reason": "RATE", "domain": "d", "metadata": { "k": "v" } })),
        detail("RetryInfo", json!({ "retryDelay": "1.500s" })),
        detail("QuotaFailure", json!({ "violations": [{ "subject": "s", "description": "q" }] })),
        detail("BadRequest", json!({ "fieldViolations": [{ "field": "f", "description": "b" }] })),
        detail("Help", json!({ "links": [{ "description": "h", "url": "u" }] })),
        detail("LocalizedMessage", json!({ "locale": "de" })),
        detail("RetryInfo", json!({ "retryDelay": "soon" })),
        { "no": "type" },
    ]);
    let error = get(envelope(429, "RESOURCE_EXHAUSTED", details.clone())).await;
    let google = error.google().unwrap();
    assert_eq!(
        (google.code, google.status.as_str()),
        (Some(429), "RESOURCE_EXHAUSTED")
    );
    assert_eq!(google.reason(), Some("RATE"));
    assert!(google.message.contains(EMAIL));
    let [info, retry, quota, bad, help, others @ ..] = google.details.as_slice() else {
        panic!("{:?}", google.details);
    };
    assert!(matches!(info, Detail::ErrorInfo(it) if it.domain == "d" && it.metadata["k"] == "v"));
    let delay = chrono::TimeDelta::milliseconds(1500);
    assert!(matches!(retry, Detail::RetryInfo(it) if it.retry_delay == Some(delay)));
    assert!(matches!(quota, Detail::QuotaFailure(it) if it.violations[0].subject == "s"));
    assert!(matches!(bad, Detail::BadRequest(it) if it.field_violations[0].field == "f"));
    assert!(matches!(help, Detail::Help(it) if it.links[0].url == "u"));
    for (other, came) in others.iter().zip(&details.as_array().unwrap()[5..]) {
        assert!(matches!(other, Detail::Other(it) if &Value::Object(it.clone()) == came));
    }
    assert_eq!(others.len(), 3);
}

#[tokio::test]
async fn a_response_body_over_the_limit_is_a_decode_error() {
    let error = get(ResponseTemplate::ok(" ".repeat((32 << 20) + 1))).await;
    assert!(error.is_decode());
    assert!(error.to_string().contains("longer than"), "{error}");
}
