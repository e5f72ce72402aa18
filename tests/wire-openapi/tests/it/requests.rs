//! Each method is called once, and what goes out is what its document says.

use std::collections::BTreeSet;

use crate::clients::{CHOSEN, Called, Harness, OWN, PUBLIC};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tests::recorder::{Received, Recorder, ResponseTemplate};
use wire_openapi::reading::operation::Operation;
use wire_openapi::reading::sample::Way;
use wire_openapi::reading::security::key;
use wire_openapi::reading::{Document, same};

use crate::expected::{Body, Request, request};
use crate::read;
use crate::styles::sorted;

#[tokio::test]
async fn methods_send_what_their_document_says() {
    compare(OWN, 40).await;
}

#[tokio::test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public specs: see tests/corpus/README.md"
)]
async fn methods_of_public_specs_send_what_their_document_says() {
    compare(PUBLIC, 680).await;
}

/// Compares, and checks that no less operations are compared than there are today.
async fn compare(harnesses: &'static [Harness], least: usize) {
    let (mut wrong, mut called) = (Vec::new(), 0);
    for (harness, document) in read(harnesses) {
        let operations = document.operations();
        let mistakes = mistakes(harness, &document, &operations).await;
        println!(
            "{}: {} of {} operations compared, {} differ",
            harness.document,
            harness.methods.len(),
            operations.len(),
            mistakes.len()
        );
        let left_out = harness.left_out.iter();
        let told = left_out.filter(|(_, reason)| !reason.is_empty());
        told.for_each(|(id, reason)| println!("  {id} is left out: {reason}"));
        called += harness.methods.len();
        wrong.extend(mistakes);
        wrong.extend(missing(harness, &operations));
    }
    println!("{called} operations are compared");
    assert!(CHOSEN || called >= least, "{called} operations");
    assert!(
        wrong.is_empty(),
        "{} of {called}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The operations of a document that are neither called nor left out.
fn missing(harness: &Harness, operations: &[Operation]) -> Vec<String> {
    let called: BTreeSet<&str> = harness.methods.iter().map(|it| it.target).collect();
    let left_out: BTreeSet<&str> = harness.left_out.iter().map(|it| it.0).collect();
    let missing = operations.iter().filter(|it| {
        let target = format!("{} {}", it.verb, it.path);
        !called.contains(target.as_str()) && !left_out.contains(it.id.as_str())
    });
    let missing = missing.map(|it| format!("{} {} is missing", it.verb, it.path));
    missing.collect()
}

/// The methods of a client that send something else, or do not read what comes back.
async fn mistakes(harness: &Harness, document: &Document, operations: &[Operation]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, method) in harness.methods.iter().enumerate() {
        let operation = operation(method, operations);
        let (template, sample) = response(document, operation);
        let server = Recorder::start([template.clone()]).await.unwrap();
        let base = format!("{}/base", server.base_url());
        let calls = (harness.start)(&base, &key(&operation.credentials)).unwrap();
        let outcome = tokio::spawn(calls(index)).await;
        let outcome = outcome.unwrap_or_else(|panic| Err(panic.to_string()));
        let expected = request(document, operation, method.in_parts);
        let received = server.take();
        let sent: Vec<Request> = received.iter().map(|it| seen(it, &expected)).collect();
        let id = format!("{} ({})", method.id, method.target);
        if sent.len() != 1 || sent[0] != expected {
            wrong.push(format!(
                "{id}: {expected:?}\n  but {sent:?}\n  and {outcome:?}"
            ));
            continue;
        }
        wrong.extend(accepted(&received[0], operation).map(|it| format!("{id}: {it}")));
        match (outcome, &sample) {
            (Err(error), _) => wrong.push(format!("{id}: {error}\n  of {template:?}")),
            (Ok(text), Some(sample)) if !text.is_empty() => {
                let read: Value = serde_json::from_str(&text).unwrap();
                if !same(&read, sample) {
                    wrong.push(format!("{id}: the response {sample}\n  is read as {read}"));
                }
            }
            _ => {}
        }
    }
    wrong
}

fn operation<'a>(method: &Called, operations: &'a [Operation]) -> &'a Operation {
    let target = |it: &&Operation| format!("{} {}", it.verb, it.path) == method.target;
    operations.iter().find(target).unwrap()
}

/// A response to an operation, and what it is as JSON, where the client reads it as such.
fn response(document: &Document, operation: &Operation) -> (ResponseTemplate, Option<Value>) {
    let with_body = operation
        .successes
        .iter()
        .find(|(_, media)| !media.is_empty());
    let Some((status, media)) = with_body.or(operation.successes.first()) else {
        return (ResponseTemplate::new(204, ""), None);
    };
    let status = status.parse().unwrap_or(200);
    // A response to `HEAD` has no body (RFC 9110, 9.3.2).
    if operation.verb == "HEAD" {
        return (ResponseTemplate::new(status, ""), None);
    }
    let json = media.iter().find(|it| it.is_json());
    let Some(json) = json else {
        let text = if media.is_empty() { "" } else { "text" };
        return (ResponseTemplate::new(status, text), None);
    };
    let value = document
        .body_value(&json.schema, Way::Received)
        .unwrap_or_default();
    let template = ResponseTemplate::new(status, value.to_string());
    (
        template.header("content-type", "application/json"),
        Some(value),
    )
}

/// What is wrong with what a client accepts: something else than the document has.
fn accepted(received: &Received, operation: &Operation) -> Option<String> {
    let accept = received.header("accept").unwrap_or_default();
    let documented = operation.successes.iter().flat_map(|(_, media)| media);
    // A range that is read as JSON stands for JSON, too.
    let documented = documented.flat_map(|it| {
        let essence = it.essence();
        let is_wide_json = it.is_json() && essence.contains('*');
        let json = is_wide_json.then(|| "application/json".to_owned());
        json.into_iter().chain([essence])
    });
    let documented: BTreeSet<String> = documented.collect();
    let wrong = accept
        .split(',')
        .map(|it| it.split(';').next().unwrap_or_default().trim());
    let wrong: Vec<_> = wrong
        .filter(|it| {
            let is_default = documented.is_empty() && *it == "application/json";
            !documented.contains(*it) && !is_default && *it != "*/*"
        })
        .collect();
    let any_json = documented.contains("application/json") && !accept.contains("application/json");
    (!wrong.is_empty() || any_json).then(|| format!("it accepts {accept}, not {documented:?}"))
}

/// A request, as far as the document speaks of it.
fn seen(received: &Received, expected: &Request) -> Request {
    let path = received.path().strip_prefix("/base/").unwrap_or("?");
    let known: BTreeSet<&String> = expected.headers.iter().map(|(name, _)| name).collect();
    let headers = received.headers.iter();
    let headers = headers.filter(|(name, _)| known.contains(name) || !is_usual(name));
    let cookies = received.header("cookie").unwrap_or_default().split("; ");
    let mut cookies: Vec<_> = cookies
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    cookies.sort();
    let content = received.header("content-type");
    let essence = content.map(|it| it.split(';').next().unwrap_or_default().to_owned());
    Request {
        verb: received.method.clone(),
        path: path.split('/').map(decode).collect(),
        query: like(&expected.query, decoded(received.query())),
        headers: headers.cloned().collect(),
        cookies,
        content: essence,
        body: body(received, content, &expected.body),
    }
}

/// Whether a header is none of those that a document speaks of.
fn is_usual(name: &str) -> bool {
    let usual = [
        "accept",
        "accept-encoding",
        "content-length",
        "content-type",
        "cookie",
        "transfer-encoding",
        "user-agent",
    ];
    usual.contains(&name)
}

fn body(received: &Received, content: Option<&str>, expected: &Body) -> Body {
    match expected {
        _ if received.bytes.is_empty() => Body::Nothing,
        Body::Nothing | Body::Text(_) => Body::Text(received.body.clone()),
        Body::Json(_) => match serde_json::from_str(&received.body) {
            Ok(json) => Body::Json(json),
            Err(_) => Body::Text(received.body.clone()),
        },
        Body::Form(fields) => Body::Form(like(fields, decoded(&received.body))),
        Body::Parts(_) => Body::Parts(parts(&received.body, content.unwrap_or_default())),
    }
}

/// The parts of a body, as RFC 7578 has them.
fn parts(body: &str, content: &str) -> Vec<(String, String, Value)> {
    let boundary = content.split("boundary=").nth(1).unwrap_or("?");
    let delimiter = format!("--{boundary}");
    let body = body
        .strip_suffix(&format!("{delimiter}--\r\n"))
        .unwrap_or("?");
    let mut parts = Vec::new();
    for part in body.split(&delimiter).skip(1) {
        let (head, content) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let name = head
            .split(" name=\"")
            .nth(1)
            .and_then(|it| it.split('"').next());
        let kind = head
            .split("Content-Type: ")
            .nth(1)
            .and_then(|it| it.split("\r\n").next());
        let kind = kind.unwrap_or_default();
        let value = match kind.ends_with("json") {
            true => serde_json::from_str(content).unwrap_or_default(),
            false => Value::String(content.to_owned()),
        };
        parts.push((name.unwrap_or_default().to_owned(), kind.to_owned(), value));
    }
    parts.sort_by_key(|it| format!("{it:?}"));
    parts
}

/// Pairs, of which those are read as JSON that should be.
fn like(expected: &[(String, Value)], pairs: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let is_json = |name: &String| {
        let mut all = expected.iter();
        all.any(|(known, value)| known == name && !value.is_string())
    };
    let pairs = pairs.into_iter().map(|(name, value)| match is_json(&name) {
        true => {
            let json = serde_json::from_str(value.as_str().unwrap_or_default());
            (name, json.unwrap_or(value))
        }
        false => (name, value),
    });
    sorted(pairs.collect())
}

/// The pairs of a query or a form, decoded.
pub fn decoded(query: &str) -> Vec<(String, Value)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decode(name), Value::String(decode(value))))
        .collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}
