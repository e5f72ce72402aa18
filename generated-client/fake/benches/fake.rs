//! How many requests a second the fake responds to: `cargo bench -p generated-client-fake`.
//!
//! The requests are written as bytes over kept connections, so that no client is measured.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot run stops and says why"
)]

use std::time::Instant;

use generated_client_fake::FakeServer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const CONNECTIONS: usize = 64;
const REQUESTS: usize = 20_000;

#[tokio::main]
async fn main() {
    let fake = FakeServer::builder()
        .invitations(450)
        .account("ada@example.com")
        .start()
        .await
        .expect("loopback has a free port");
    let list = fake.customer() + "/userinvitations";
    let cases = [
        ("get", "GET", format!("{list}/ada@example.com")),
        (
            "isInvitableUser",
            "GET",
            format!("{list}/ada@example.com:isInvitableUser"),
        ),
        ("list, 10 of 450", "GET", format!("{list}?pageSize=10")),
        ("list, 200 of 450", "GET", format!("{list}?pageSize=200")),
        ("send", "POST", format!("{list}/ada@example.com:send")),
    ];
    for (what, method, path) in cases {
        let request = format!(
            "{method} /v1/{path} HTTP/1.1\r\nHost: fake\r\nAuthorization: Bearer {}\r\n\
             Content-Length: 0\r\n\r\n",
            fake.token()
        );
        let address = fake.base_url().trim_start_matches("http://").to_owned();
        let start = Instant::now();
        let mut connections = JoinSet::new();
        for _ in 0..CONNECTIONS {
            connections.spawn(repeat(address.clone(), request.clone()));
        }
        connections.join_all().await;
        let seconds = start.elapsed().as_secs_f64();
        let done = REQUESTS / CONNECTIONS * CONNECTIONS;
        println!("{what:<18} {:>8.0} requests/s", done as f64 / seconds);
    }
}

/// Makes one connection's share of the requests.
async fn repeat(address: String, request: String) {
    let mut stream = TcpStream::connect(address).await.expect("the fake listens");
    let mut reply = Vec::new();
    for _ in 0..REQUESTS / CONNECTIONS {
        stream
            .write_all(request.as_bytes())
            .await
            .expect("the fake reads");
        read_reply(&mut stream, &mut reply).await;
        assert!(
            reply.starts_with(b"HTTP/1.1 200"),
            "not a response of success"
        );
    }
}

/// Reads until the length that the head says is there.
async fn read_reply(stream: &mut TcpStream, reply: &mut Vec<u8>) {
    reply.clear();
    let mut whole = None;
    while whole.is_none_or(|whole| reply.len() < whole) {
        let read = stream.read_buf(reply).await.expect("the fake responds");
        assert_ne!(read, 0, "the connection ended");
        if whole.is_none() {
            whole = length(reply);
        }
    }
}

/// How long a reply is, once its head is there.
fn length(reply: &[u8]) -> Option<usize> {
    let end = reply.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&reply[..end]).ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    Some(end + 4 + length.parse::<usize>().ok()?)
}
