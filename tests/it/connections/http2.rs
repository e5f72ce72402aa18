//! What HTTP/2 says of requests that were not executed.

use generated_client::runtime::RetryPolicy;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{builder, invitation};
use crate::reliability::told;

/// Kinds of frames.
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

/// Codes of errors.
const NO_ERROR: u8 = 0;
const INTERNAL_ERROR: u8 = 2;
const REFUSED_STREAM: u8 = 7;
const CANCEL: u8 = 8;
const ENHANCE_YOUR_CALM: u8 = 11;

/// The client's first stream.
const STREAM: u8 = 1;

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = payload.len() as u8;
    let head = [0, 0, length, kind, flags, 0, 0, 0, stream];
    [&head, payload].concat()
}

fn reset(code: u8) -> Vec<u8> {
    frame(RST_STREAM, 0, STREAM, &[0, 0, 0, code])
}

/// The server goes away. It has processed the streams up to `last` at most.
fn go_away(last: u8, code: u8) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[0, 0, 0, last, 0, 0, 0, code])
}

/// 200, by its number in HPACK's table, and an empty object.
fn success() -> Vec<u8> {
    let head = frame(HEADERS, 4, STREAM, &[0x88]);
    [head, frame(DATA, 1, STREAM, b"{}")].concat()
}

/// Responds to the first request of each connection with these frames, one connection after the other, and
/// closes it.
async fn serve(listener: TcpListener, responses: Vec<Vec<u8>>) {
    for response in responses {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
        read_request(&mut stream).await;
        stream.write_all(&response).await.unwrap();
        stream.shutdown().await.unwrap();
        // What is closed with something unread is reset, and the response may be lost.
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
}

/// Reads frames up to the data of the first stream.
async fn read_request(stream: &mut TcpStream) {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.unwrap();
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.unwrap();
        if head[3] == DATA {
            return;
        }
    }
}

#[tokio::test]
async fn only_unprocessed_http2_streams_are_retried() {
    let unknown = "interrupted, outcome unknown";
    for (first, outcome, attempts) in [
        (reset(REFUSED_STREAM), "ok", 2),
        (go_away(0, NO_ERROR), "ok", 2),
        (go_away(0, ENHANCE_YOUR_CALM), "ok", 2),
        (go_away(STREAM, NO_ERROR), unknown, 1),
        (go_away(STREAM, INTERNAL_ERROR), unknown, 1),
        (reset(CANCEL), unknown, 1),
        (reset(INTERNAL_ERROR), unknown, 1),
        (Vec::new(), unknown, 1),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(serve(listener, vec![first.clone(), success()]));
        let client = builder(&base_url)
            .http(|http| http.http2_prior_knowledge())
            .retry_policy(RetryPolicy::default());
        let sent = invitation(&client.build().unwrap()).send().await;
        assert_eq!(told(&sent), outcome, "{first:?}: {sent:?}");
        let made = match &sent {
            Ok(sent) => sent.attempts(),
            Err(error) => error.attempts(),
        };
        assert_eq!(made, attempts, "{first:?}");
        serving.abort();
    }
}
