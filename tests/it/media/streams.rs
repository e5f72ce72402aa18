//! Bodies that are read while they are sent, and responses that are read while they come.

use std::io;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use generated_client::runtime::{Bytes, RetryPolicy, Upload};
use tests::fixtures::openapi_media::Client;
use tests::recorder::ResponseTemplate;

use super::Server;
use super::server::Port;

fn stream_of(chunks: &[&'static str]) -> Upload {
    let chunks: Vec<io::Result<Bytes>> = chunks.iter().map(|it| Ok(Bytes::from(*it))).collect();
    Upload::stream(stream::iter(chunks))
}

fn client(port: &Port) -> Client {
    let policy = RetryPolicy::default().attempt_timeout(Duration::from_millis(500));
    let client = Client::builder().base_url(port.url());
    client.build().unwrap().with_retry_policy(policy)
}

#[tokio::test]
async fn streams_and_readers_are_sent() {
    let server = Server::returning([ResponseTemplate::ok("")]).await;
    let body = stream_of(&["ab", "", "c"]);
    server.client.send_bytes(body).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, "abc");
    assert_eq!(received.header("transfer-encoding"), Some("chunked"));
    assert_eq!(received.header("content-length"), None);
    let text = "x".repeat(200_000);
    let reader = io::Cursor::new(text.clone());
    let body = Upload::reader(reader).length(200_000);
    server.client.send_bytes(body).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.body, text);
    assert_eq!(received.header("content-length"), Some("200000"));
}

#[tokio::test]
async fn a_stream_is_a_part_of_known_or_unknown_length() {
    let server = Server::silent().await;
    for (file, has_length) in [
        (stream_of(&["a", "b"]).length(2), true),
        (stream_of(&["a", "b"]), false),
    ] {
        server.client.send_parts(file, "t").send().await.unwrap();
        let received = server.received();
        assert!(received.body.contains("octet-stream\r\n\r\nab\r\n--"));
        let length = received.header("content-length");
        assert_eq!(length.is_some(), has_length);
    }
}

#[tokio::test]
async fn a_stream_that_was_begun_is_not_sent_again() {
    for status in [429, 503] {
        let server =
            Server::returning([ResponseTemplate::new(status, ""), ResponseTemplate::ok("")]).await;
        // A PUT could be repeated.
        let body = stream_of(&["ab"]).content_type("image/png");
        let request = server.client.put_cover(body);
        let error = request.clone().send().await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(error.is_retryable(), "{error}");
        assert!(error.to_string().contains("can be sent once"), "{error}");
        assert_eq!(server.received().body, "ab");
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_argument(), "{error}");
        assert!(error.to_string().contains("was sent before"), "{error}");
        assert!(server.recorder.take().is_empty());
    }
}

#[tokio::test]
async fn a_stream_of_another_length_or_with_an_error_is_not_sent_as_a_whole() {
    let failing = || {
        let chunks = [Ok(Bytes::from("a")), Err(io::Error::other("secret"))];
        Upload::stream(stream::iter(chunks))
    };
    for body in [
        stream_of(&["abc"]).length(2),
        stream_of(&["a"]).length(2),
        failing(),
        failing().length(2),
    ] {
        let server = Server::returning([ResponseTemplate::ok("")]).await;
        let outcome = server.client.send_bytes(body).send().await;
        let error = outcome.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(error.is_outcome_unknown(), "{error}");
        assert!(!error.report().to_string().contains("secret"));
        let received = server.recorder.take();
        assert!(received.iter().all(|it| it.body.len() < 2), "{received:?}");
    }
}

#[tokio::test]
async fn a_response_is_read_while_it_comes() {
    let port = Port::open().await;
    let client = client(&port);
    let (response, mut exchange) =
        tokio::join!(async { client.get_cover().send().await.unwrap() }, async {
            let mut exchange = port.accept("\r\n\r\n").await;
            exchange
                .write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na")
                .await;
            exchange
        });
    let mut download = response.into_body();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a");
    // The time of an attempt is for each chunk, and none for what the caller does meanwhile.
    tokio::time::sleep(Duration::from_millis(700)).await;
    let (chunk, ()) = tokio::join!(download.next(), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        exchange.write("bcd").await;
    });
    assert_eq!(chunk.unwrap().unwrap(), "bcd");
    assert!(download.chunk().await.unwrap().is_none());
    assert!(download.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_chunk_that_does_not_come_in_time_is_an_error() {
    let port = Port::open().await;
    let client = client(&port);
    let (response, _exchange) =
        tokio::join!(async { client.get_cover().send().await.unwrap() }, async {
            let mut exchange = port.accept("\r\n\r\n").await;
            exchange
                .write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na")
                .await;
            exchange
        });
    let mut download = response.into_body();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a");
    let error = download.chunk().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.operation(), Some("getCover"));
    assert!(download.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_response_that_breaks_off_is_an_error() {
    let port = Port::open().await;
    let client = client(&port);
    let (outcome, ()) = tokio::join!(
        async {
            let response = client.get_cover().send().await.unwrap();
            response.into_body().bytes(100).await
        },
        async {
            let mut exchange = port.accept("\r\n\r\n").await;
            exchange
                .write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na")
                .await;
        }
    );
    let error = outcome.unwrap_err();
    assert!(error.is_interrupted(), "{error}");
}

#[tokio::test]
async fn what_is_collected_has_the_limit_of_its_caller() {
    let long = "x".repeat(10_000);
    let server = Server::returning([ResponseTemplate::ok(long.clone())]).await;
    // The maximum of the client is for bodies that it collects itself.
    let client = Client::builder().base_url(server.recorder.base_url());
    let client = client.max_body(100).build().unwrap();
    let get = || async { client.get_cover().send().await.unwrap().into_body() };
    assert_eq!(get().await.bytes(10_000).await.unwrap(), long);
    let error = get().await.bytes(9_999).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(
        error.to_string().contains("longer than 9999 bytes"),
        "{error}"
    );
    let error = client.send_text("x").send().await.unwrap_err();
    assert!(
        error.to_string().contains("longer than 100 bytes"),
        "{error}"
    );
    let mut download = get().await;
    let mut length = 0;
    while let Some(chunk) = download.chunk().await.unwrap() {
        length += chunk.len();
    }
    assert_eq!(length, 10_000);
}

#[tokio::test]
async fn a_slow_stream_is_sent_for_as_long_as_it_comes() {
    let port = Port::open().await;
    let client = client(&port);
    let slow = |chunks: usize| {
        let chunks = stream::iter(0..chunks).then(|_| async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            io::Result::Ok(Bytes::from_static(b"x"))
        });
        Upload::stream(chunks).content_type("image/png")
    };
    let (response, ()) = tokio::join!(client.put_cover(slow(5)).send(), async {
        let mut exchange = port.accept("\r\n0\r\n\r\n").await;
        exchange.write("HTTP/1.1 204 No Content\r\n\r\n").await;
    });
    assert_eq!(response.unwrap().attempts(), 1);
    // Nothing comes after the last chunk.
    let (outcome, _exchange) = tokio::join!(client.put_cover(slow(2)).send(), async {
        port.accept("\r\n0\r\n\r\n").await
    });
    assert!(outcome.unwrap_err().is_timeout());
    // The caller has said how long the call may take.
    let policy = RetryPolicy::default().timeout(Duration::from_millis(500));
    let bounded = client.with_retry_policy(policy);
    let (outcome, _exchange) = tokio::join!(bounded.put_cover(slow(50)).send(), async {
        port.accept("\r\nx\r\n").await
    });
    assert!(outcome.unwrap_err().is_timeout());
}

#[tokio::test]
async fn the_body_of_an_error_is_read_in_the_time_of_an_attempt() {
    let port = Port::open().await;
    let client = client(&port);
    let (outcome, _exchange) = tokio::join!(client.get_cover().send(), async {
        let mut exchange = port.accept("\r\n\r\n").await;
        exchange
            .write("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\na")
            .await;
        exchange
    });
    assert!(outcome.unwrap_err().is_not_found());
}
