//! Each method is called once, and what goes out is what its document says.

use crate::clients::{Harness, OWN, PUBLIC};
use serde_json::Value;
use tests::recorder::{Received, Recorder, ResponseTemplate};
use wire::document::{methods, text};

use crate::expected::{Request, base_url, decoded, request};
use crate::read;

#[test]
fn clients_have_every_method_and_the_base_url() {
    compare_methods(OWN);
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs: see tests/corpus/README.md"
)]
fn clients_of_public_specs_have_every_method_and_the_base_url() {
    compare_methods(PUBLIC);
}

#[tokio::test]
async fn methods_call_the_url_of_their_document() {
    compare_requests(OWN).await;
}

#[tokio::test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs: see tests/corpus/README.md"
)]
async fn methods_of_public_specs_call_the_url_of_their_document() {
    compare_requests(PUBLIC).await;
}

pub fn compare_methods(harnesses: &'static [Harness]) {
    for (harness, document) in read(harnesses) {
        let documented: Vec<String> = methods(&document).into_keys().collect();
        let mut generated = harness.methods.to_vec();
        generated.sort_unstable();
        assert_eq!(generated, documented, "{}", harness.document);
        assert_eq!(harness.base_url, base_url(&document));
    }
}

pub async fn compare_requests(harnesses: &'static [Harness]) {
    let mut wrong = Vec::new();
    let mut called = 0;
    for (harness, document) in read(harnesses) {
        wrong.extend(mistakes(harness, &document).await);
        called += harness.methods.len();
    }
    assert!(called > 0, "no method was called");
    assert!(
        wrong.is_empty(),
        "{} of {called}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The methods of a client that call something else.
async fn mistakes(harness: &Harness, document: &Value) -> Vec<String> {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let base = format!("{}/{}", server.base_url(), text(&document["servicePath"]));
    let (documented, calls) = (methods(document), (harness.start)(&base).unwrap());
    let mut wrong = Vec::new();
    for (index, id) in harness.methods.iter().enumerate() {
        let outcome = calls(index).await;
        let received: Vec<Request> = server.take().iter().map(seen).collect();
        let expected = [request(document, documented[*id])];
        if received != expected || outcome.is_err() {
            wrong.push(format!(
                "{id}: {expected:?}\n  but {received:?}\n  and {outcome:?}"
            ));
        }
    }
    wrong
}

fn seen(received: &Received) -> Request {
    Request {
        verb: received.method.clone(),
        path: received.path().to_owned(),
        query: decoded(received.query()),
        version: received.header("x-goog-api-version").map(str::to_owned),
        body: received.body.clone(),
        length: received.header("content-length").map(str::to_owned),
        content: received.header("content-type").map(str::to_owned),
    }
}
