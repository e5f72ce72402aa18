//! Request bodies and responses of other media types than JSON, as raw bytes on the wire.

mod forms;
mod google;
mod parts;
mod required;
mod responses;
mod server;
mod streams;
mod upload_server;

use generated_client::runtime::{Error, RetryPolicy, Upload};
use serde_json::json;
use tests::fixtures::openapi_media::{Client, types};
use tests::recorder::{Received, Recorder, ResponseTemplate};

/// A server, and a client of it.
struct Server {
    recorder: Recorder,
    client: Client,
}

impl Server {
    /// A server that gives these responses.
    async fn returning(responses: impl IntoIterator<Item = ResponseTemplate>) -> Self {
        let recorder = Recorder::start(responses).await.unwrap();
        let client = Client::builder().base_url(recorder.base_url());
        Self {
            client: client.build().unwrap(),
            recorder,
        }
    }

    /// A server that has nothing to say.
    async fn silent() -> Self {
        Self::returning([ResponseTemplate::new(204, "")]).await
    }

    /// The only request.
    fn received(&self) -> Received {
        let mut received = self.recorder.take();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }
}

/// Why a call was not sent.
fn refused<T>(outcome: Result<T, Error>) -> String {
    match outcome {
        Ok(_) => panic!("it is sent"),
        Err(error) => {
            assert!(error.is_invalid_argument(), "{error}");
            assert_eq!(error.attempts(), 0, "{error}");
            error.to_string()
        }
    }
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let server = Server::returning([ResponseTemplate::ok("received\n")]).await;
    let response = server.client.send_text("a\"\u{e4}\n").send().await.unwrap();
    assert_eq!(response.into_body(), "received\n");
    let received = server.received();
    assert_eq!(received.bytes, b"a\"\xc3\xa4\n");
    assert_eq!(received.header("content-type"), Some("text/plain"));
    assert_eq!(received.header("accept"), Some("text/plain"));
    let xml = "<book/>".to_owned();
    server.client.send_xml(xml).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, "<book/>");
    assert_eq!(received.header("content-type"), Some("application/xml"));
    assert_eq!(received.header("accept"), Some("application/xml, text/csv"));
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let server = Server::returning([ResponseTemplate::ok("%PDF")]).await;
    let bytes = vec![0, 0xff, b'\r', b'\n'];
    let response = server.client.send_bytes(bytes).send().await.unwrap();
    let body = response.into_body().bytes(4).await.unwrap();
    assert_eq!(body, "%PDF");
    let received = server.received();
    assert_eq!(received.bytes, [0, 0xff, b'\r', b'\n']);
    assert_eq!(
        received.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(received.header("content-length"), Some("4"));
    assert_eq!(
        received.header("accept"),
        Some("application/pdf, image/png")
    );
    server.client.send_records("{}\n{}\n").send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, "{}\n{}\n");
    assert_eq!(
        received.header("content-type"),
        Some("application/x-ndjson")
    );
}

#[tokio::test]
async fn of_a_media_range_the_value_says_its_type() {
    let server = Server::silent().await;
    let refused = refused(server.client.put_cover("x").send().await);
    assert!(refused.contains("Upload::content_type"), "{refused}");
    assert!(server.recorder.take().is_empty());
    let cover = Upload::from(b"x").content_type("image/png");
    server.client.put_cover(cover).send().await.unwrap();
    assert_eq!(server.received().header("content-type"), Some("image/png"));
    let wrong = Upload::from(b"x").content_type("image/png\r\nx: y");
    let refused = self::refused(server.client.put_cover(wrong).send().await);
    assert!(!refused.contains("x: y"), "{refused}");
    server.client.put_anything("x").send().await.unwrap();
    assert_eq!(
        server.received().header("content-type"),
        Some("application/octet-stream")
    );
}

#[tokio::test]
async fn bodies_of_bytes_are_sent_again() {
    let responses = [
        ResponseTemplate::new(429, ""),
        ResponseTemplate::new(204, ""),
    ];
    let server = Server::returning(responses).await;
    let cover = Upload::from(b"x").content_type("image/png");
    let response = server.client.put_cover(cover).send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    let received = server.recorder.take();
    assert_eq!(received[0], received[1]);
    assert_eq!(received[1].body, "x");
}

#[tokio::test]
async fn an_optional_body_is_sent_only_where_it_is_set() {
    let server = Server::silent().await;
    server.client.send_optional().send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, "");
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("content-length"), Some("0"));
    let ticket: types::Ticket = serde_json::from_value(json!({ "number": 7 })).unwrap();
    let request = server.client.send_optional().body(&ticket);
    request.send().await.unwrap();
    assert_eq!(server.received().body, r#"{"number":7}"#);
}

#[tokio::test]
async fn json_without_a_schema_is_sent_and_may_be_absent() {
    let server = Server::returning([ResponseTemplate::ok("[1]"), ResponseTemplate::ok("")]).await;
    let sent = json!({ "a": [null] });
    let response = server.client.send_untyped(&sent).send().await.unwrap();
    assert_eq!(response.into_body(), Some(json!([1])));
    assert_eq!(server.received().body, r#"{"a":[null]}"#);
    let response = server.client.send_untyped(&sent).send().await.unwrap();
    assert_eq!(response.into_body(), None);
}

#[tokio::test]
async fn of_several_media_types_json_is_sent() {
    let server = Server::silent().await;
    let search: types::Search = serde_json::from_value(json!({ "words": "a b" })).unwrap();
    server.client.send_choice(&search).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, r#"{"words":"a b"}"#);
    assert_eq!(received.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_patch_is_sent_as_the_media_type_that_its_schema_is_of() {
    let server = Server::returning([ResponseTemplate::ok("{}")]).await;
    let book = types::Book::default();
    server.client.patch_book(&book).send().await.unwrap();
    let received = server.received();
    assert_eq!(
        received.header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(
        received.header("accept"),
        Some("application/vnd.library.v2+json; version=2")
    );
    let steps = [serde_json::from_value(json!({ "op": "remove", "path": "/a" })).unwrap()];
    server.client.patch_steps(&steps).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, r#"[{"op":"remove","path":"/a"}]"#);
    assert_eq!(
        received.header("content-type"),
        Some("application/json-patch+json")
    );
}

#[tokio::test]
async fn a_policy_of_one_attempt_is_kept() {
    let server = Server::returning([ResponseTemplate::new(429, "")]).await;
    let client = server.client.with_retry_policy(RetryPolicy::once());
    let error = client.send_text("x").send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}
