//! What is told to whoever subscribes: what happened, in the words of OpenTelemetry.

use generated_client_fake::{Fault, Hint, Method};

use super::capture::{Fields, captured};
use super::{ADA, builder, invitation};

#[test]
fn spans_and_events_have_the_names_of_opentelemetry() {
    let (_, capture) = captured(async |servers| {
        let fault = Fault::TooManyRequests(Hint::Seconds(7));
        let fake = servers.fake(ADA, None).await;
        fake.inject(fault.on(Method::Send).nth(1));
        fake.inject(Fault::Internal.on(Method::Send).nth(1));
        fake.inject(Fault::Unavailable(Hint::Nothing).on(Method::Get).nth(1));
        let client = builder(&fake).build().unwrap();
        let person = invitation(&fake, &client, ADA);
        person.get().await.unwrap();
        person.send().await.unwrap_err();
    });
    let template = "/v1/customers/{customer}/userinvitations/{email}";
    let spans = capture.spans("call");
    let [got, sent] = spans.as_slice() else {
        panic!("{spans:?}");
    };
    let id = "cloudidentity.customers.userinvitations";
    let (get, send) = (format!("{id}.get"), format!("{id}.send"));
    let with_verb = format!("{template}:send");
    let text = |span: &Fields, name: &str| span.get(name).cloned();
    for (name, of_get, of_send) in [
        ("otel.kind", Some("client"), Some("client")),
        ("operation", Some(get.as_str()), Some(send.as_str())),
        ("http.request.method", Some("GET"), Some("POST")),
        ("url.template", Some(template), Some(with_verb.as_str())),
        ("http.request.resend_count", Some("1"), Some("1")),
        ("http.response.status_code", Some("200"), Some("500")),
        // The call that came through in the end has no error.
        ("error.type", None, Some("status")),
    ] {
        assert_eq!(text(got, name).as_deref(), of_get, "get: {name}");
        assert_eq!(text(sent, name).as_deref(), of_send, "send: {name}");
    }
    let events = capture.events("generated_client");
    let limiter = |event: &&Fields| event["message"] == "rate limiter";
    let told: Vec<_> = events
        .iter()
        .filter(limiter)
        .map(|it| &it["event"][..6])
        .collect();
    assert_eq!(told, ["Closed", "Queued", "Waited", "Opened"]);
    let events: Vec<_> = events.iter().filter(|it| !limiter(it)).collect();
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            let text = |name: &str| event.get(name).map_or("", String::as_str);
            (
                text("attempt"),
                text("http.response.status_code"),
                text("error.type"),
                event.contains_key("wait_ms"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("1", "503", "status", true),
            ("2", "200", "", false),
            ("1", "429", "throttled", true),
            ("2", "500", "status", false),
        ]
    );
    assert_eq!(events[2]["wait_ms"], "7000");
}

#[test]
fn unreadable_responses_are_traced_as_decode_errors() {
    let (_, capture) = captured(async |servers| {
        let fake = servers.fake(ADA, None).await;
        fake.inject(Fault::CutOffJson.on(Method::Get));
        let client = builder(&fake).build().unwrap();
        invitation(&fake, &client, ADA).get().await.unwrap_err();
    });
    let spans = capture.spans("call");
    assert_eq!(spans[0]["http.response.status_code"], "200");
    assert_eq!(spans[0]["error.type"], "decode");
    let events = capture.events("generated_client");
    assert_eq!(events.last().unwrap()["error.type"], "decode");
}
