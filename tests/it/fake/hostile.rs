//! Requests that no client means well: each gets a 4xx, and the fake goes on.

use std::time::Duration;

use super::{LIST, call, http, one_of_each, raw, status};

#[tokio::test]
async fn malformed_requests_get_a_4xx_and_change_nothing() {
    let fake = one_of_each()
        .request_timeout(Duration::from_secs(2))
        .start()
        .await
        .unwrap();
    let token = fake.token();
    let good = format!("Host: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n");
    let send = format!("POST {LIST}/new@example.com:send HTTP/1.1\r\n{good}");
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\n{good}\r\n").into_bytes();
    let many = "X: y\r\n".repeat(500);
    let huge = "y".repeat(1 << 20);
    let cases = [
        (
            "a bad escape in the path",
            get(&format!("{LIST}/%zz@example.com")),
        ),
        (
            "an escape that is cut off",
            get(&format!("{LIST}/new@example.com%4")),
        ),
        (
            "a path that is not UTF-8",
            get(&format!("{LIST}/%ff@example.com")),
        ),
        ("an escaped NUL", get(&format!("{LIST}/%00"))),
        (
            "a bad escape in the query",
            get(&format!("{LIST}?filter=%zz")),
        ),
        (
            "a query that is not UTF-8",
            get(&format!("{LIST}?filter=%ff")),
        ),
        ("dots", get("/v1/customers/../../etc/passwd")),
        (
            "a long path",
            get(&format!("{LIST}/{}", "a/".repeat(10_000))),
        ),
        (
            "a long address",
            get(&format!("{LIST}/{}@example.com", "a".repeat(10_000))),
        ),
        (
            "a blank in the path",
            get(&format!("{LIST}?filter=state != 'x'")),
        ),
        (
            "no request",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        ),
        (
            "a newer protocol",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        (
            "a huge header",
            format!("GET {LIST} HTTP/1.1\r\n{good}X: {huge}\r\n\r\n").into_bytes(),
        ),
        (
            "too many headers",
            format!("GET {LIST} HTTP/1.1\r\n{good}{many}\r\n").into_bytes(),
        ),
        ("a huge request line", get(&format!("{LIST}?filter={huge}"))),
        (
            "a header without a name",
            format!("GET {LIST} HTTP/1.1\r\n: x\r\n\r\n").into_bytes(),
        ),
        (
            "a header with a NUL",
            format!("GET {LIST} HTTP/1.1\r\nX: \0\r\n\r\n").into_bytes(),
        ),
        (
            "a token that is no text",
            format!("GET {LIST} HTTP/1.1\r\nAuthorization: Bearer \u{fc}\r\n\r\n").into_bytes(),
        ),
        ("half a request line", format!("GET {LIST}").into_bytes()),
        (
            "half a head",
            format!("GET {LIST} HTTP/1.1\r\nHost: x\r\n").into_bytes(),
        ),
        (
            "half a body",
            format!("{send}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{")
                .into_bytes(),
        ),
        (
            "half a chunk",
            format!("{send}Transfer-Encoding: chunked\r\n\r\nff\r\n{{").into_bytes(),
        ),
        (
            "a bad chunk",
            format!("{send}Transfer-Encoding: chunked\r\n\r\nzz\r\n").into_bytes(),
        ),
        (
            "a bad length",
            format!("{send}Content-Length: many\r\n\r\n").into_bytes(),
        ),
        (
            "two lengths",
            format!("{send}Content-Length: 0\r\nContent-Length: 2\r\n\r\n{{}}").into_bytes(),
        ),
        (
            "a negative length",
            format!("{send}Content-Length: -1\r\n\r\n").into_bytes(),
        ),
        ("nested JSON", {
            let body = "[".repeat(100_000);
            let head = format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            format!("{send}{head}{body}").into_bytes()
        }),
    ];
    for (what, bytes) in cases {
        let reply = raw(&fake, &bytes)
            .await
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!((400..500).contains(&status(&reply)), "{what}: {reply}");
    }
    assert_eq!(fake.all_emails_sent(), 0);
    assert_eq!(call(&fake, "GET", LIST).await.0, 200, "the fake goes on");
}

#[tokio::test]
async fn randomly_mutated_requests_get_a_response() {
    let fake = one_of_each().start().await.unwrap();
    let good = format!(
        "POST {LIST}/new%40example.com:send?fields=done&quotaUser=x HTTP/1.1\r\nHost: x\r\n\
         Authorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
        fake.token()
    );
    let mut random = 1_u64;
    let mut draw = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(random >> 33).unwrap() % below
    };
    for round in 0..1_000 {
        let mut bytes = good.clone().into_bytes();
        for _ in 0..=draw(3) {
            let at = draw(bytes.len());
            match draw(3) {
                0 => bytes[at] = u8::try_from(draw(256)).unwrap(),
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let reply = raw(&fake, &bytes).await;
        let reply = reply.unwrap_or_else(|error| panic!("round {round}: {error}: {text}"));
        assert!(
            (200..500).contains(&status(&reply)),
            "round {round}: {text}: {reply}"
        );
    }
}

#[tokio::test]
async fn ten_megabytes_get_a_413_and_the_connection_can_be_used_again() {
    let fake = one_of_each().start().await.unwrap();
    let client = http();
    let url = format!("{}{LIST}/new@example.com:send", fake.base_url());
    for _ in 0..2 {
        let sent = client.post(&url).bearer_auth(fake.token());
        let sent = sent.header("content-type", "application/json");
        let reply = sent.body(vec![b' '; 10 << 20]).send().await.unwrap();
        assert_eq!(reply.status(), 413);
        assert!(reply.text().await.unwrap().contains("\"error\""));
    }
    let small = client
        .post(&url)
        .bearer_auth(fake.token())
        .json(&serde_json::json!({}));
    assert_eq!(small.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn slow_requests_get_a_408() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let fake = one_of_each()
        .request_timeout(Duration::from_millis(50))
        .start()
        .await
        .unwrap();
    let send = format!("POST {LIST}/new@example.com:send HTTP/1.1\r\nHost: x\r\n");
    for half in [
        format!("{send}X: "),
        format!("{send}Content-Length: 9\r\n\r\n{{"),
    ] {
        let address = fake.base_url().trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.write_all(half.as_bytes()).await.unwrap();
        let mut reply = vec![0; 12];
        stream.read_exact(&mut reply).await.unwrap();
        assert_eq!(reply, b"HTTP/1.1 408", "{half}");
    }
}

#[tokio::test]
async fn idle_connections_are_kept() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let request_timeout = Duration::from_millis(20);
    let fake = one_of_each()
        .request_timeout(request_timeout)
        .start()
        .await
        .unwrap();
    let address = fake.base_url().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let body = "grant_type=none";
    let form = format!(
        "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    for _ in 0..3 {
        tokio::time::sleep(3 * request_timeout).await;
        stream.write_all(form.as_bytes()).await.unwrap();
        let mut reply = vec![0; 4096];
        let length = stream.read(&mut reply).await.unwrap();
        assert!(reply[..length].starts_with(b"HTTP/1.1 400"), "{length}");
    }
}
