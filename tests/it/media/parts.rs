//! Bodies in parts.

use generated_client::runtime::{Multipart, Upload};
use serde_json::json;

use super::{Server, refused, types};
use tests::recorder::{Received, ResponseTemplate};

/// The body of a request, with `BOUNDARY` where its boundary stands.
fn parts(received: &Received) -> String {
    let kind = received.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32, "{boundary}");
    let length = received.header("content-length").unwrap();
    assert_eq!(length, received.bytes.len().to_string());
    received.body.replace(boundary, "BOUNDARY")
}

/// A part as it stands in a body.
fn part(head: &str, content: &str) -> String {
    format!("--BOUNDARY\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

fn book(title: &str) -> types::Book {
    serde_json::from_value(json!({ "title": title })).unwrap()
}

#[tokio::test]
async fn required_parts_are_arguments() {
    let server = Server::silent().await;
    let file = Upload::from("hello")
        .file_name("a.txt")
        .content_type("text/plain");
    server.client.send_parts(file, "T").send().await.unwrap();
    let file = "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain";
    let expected = part(file, "hello") + &part("name=\"title\"", "T") + "--BOUNDARY--\r\n";
    assert_eq!(parts(&server.received()), expected);
}

#[tokio::test]
async fn every_part_is_written_as_its_type_is() {
    let server = Server::silent().await;
    let request = server
        .client
        .send_parts("f", "t")
        .weight(0.5)
        .count(i64::MAX)
        .kind("BOUND")
        .labels(["a", "b"])
        .counts([1, -1])
        .book(book("x"))
        .books([book("y"), book("z")])
        .all([book("v"), book("w")])
        .pictures(["p", "q"])
        .cover(Upload::from("c").content_type("image/jpeg"))
        .note("# n")
        .odd_name("o")
        .words(["a", "b"]);
    request.send().await.unwrap();
    let json = |name: &str, content: &str| {
        part(
            &format!("name=\"{name}\"\r\nContent-Type: application/json"),
            content,
        )
    };
    let file = |name: &str, kind: &str, content: &str| {
        let head = format!("name=\"{name}\"; filename=\"{name}\"\r\nContent-Type: {kind}");
        part(&head, content)
    };
    let expected = [
        file("file", "application/octet-stream", "f"),
        part("name=\"title\"", "t"),
        part("name=\"weight\"", "0.5"),
        part("name=\"count\"", "9223372036854775807"),
        part("name=\"kind\"", "BOUND"),
        part("name=\"labels\"", "a"),
        part("name=\"labels\"", "b"),
        part("name=\"counts\"", "1"),
        part("name=\"counts\"", "-1"),
        json("book", r#"{"title":"x"}"#),
        json("books", r#"{"title":"y"}"#),
        json("books", r#"{"title":"z"}"#),
        json("all", r#"[{"title":"v"},{"title":"w"}]"#),
        file("pictures", "image/png", "p"),
        file("pictures", "image/png", "q"),
        file("cover", "image/jpeg", "c"),
        part("name=\"note\"\r\nContent-Type: text/markdown", "# n"),
        part("name=\"odd%22name\"", "o"),
        part("name=\"words\"", "a|b"),
        "--BOUNDARY--\r\n".to_owned(),
    ];
    assert_eq!(parts(&server.received()), expected.concat());
}

#[tokio::test]
async fn a_second_method_sends_files_where_the_first_sends_json() {
    let server = Server::silent().await;
    server.client.send_message(&book("T")).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.header("content-type"), Some("application/json"));
    // Another operation has the name that the rule gives.
    let request = server.client.send_message_multipart2();
    request.title("T").files(["f"]).send().await.unwrap();
    let received = server.received();
    assert_eq!(received.target, "/message");
    let file = "name=\"files\"; filename=\"files\"\r\nContent-Type: application/octet-stream";
    let expected = part("name=\"title\"", "T") + &part(file, "f") + "--BOUNDARY--\r\n";
    assert_eq!(parts(&received), expected);
}

#[tokio::test]
async fn a_part_that_is_set_again_takes_the_place_of_the_first() {
    let server = Server::silent().await;
    let request = server.client.send_parts("f", "t").labels(["a", "b"]);
    request.labels(["c"]).send().await.unwrap();
    let sent = parts(&server.received());
    assert_eq!(
        sent.matches("name=\"labels\"\r\n\r\nc\r\n").count(),
        1,
        "{sent}"
    );
    assert_eq!(sent.matches("name=\"labels\"").count(), 1, "{sent}");
}

#[tokio::test]
async fn names_do_not_end_their_header() {
    let server = Server::silent().await;
    let file = Upload::from("x").file_name("a\"\r\nX-Evil: 1\r\n\r\n\u{0}\u{e4}.txt");
    let body = Multipart::new()
        .file("f\"; name=\"g", file)
        .text("n\r\n\r\nevil", "t")
        .json("j", &json!([1]));
    server.client.send_open_parts(body).send().await.unwrap();
    let expected = [
        part(
            "name=\"f%22; name=%22g\"; filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A%00\u{e4}.txt\"\r\n\
             Content-Type: application/octet-stream",
            "x",
        ),
        part("name=\"n%0D%0A%0D%0Aevil\"", "t"),
        part("name=\"j\"\r\nContent-Type: application/json", "[1]"),
        "--BOUNDARY--\r\n".to_owned(),
    ];
    assert_eq!(parts(&server.received()), expected.concat());
    for kind in ["a/b\r\nX: y", "text", "a/\u{e4}"] {
        let file = Upload::from("x").content_type(kind);
        let body = Multipart::new().file("f", file);
        let refused = refused(server.client.send_open_parts(body).send().await);
        assert!(refused.contains("not valid"), "{refused}");
    }
    assert!(server.recorder.take().is_empty());
}

#[tokio::test]
async fn of_many_required_parts_each_has_to_be_set() {
    let server = Server::silent().await;
    let request = server.client.send_many_parts();
    let request = request.a("1").b("2").c("3").d("4").e("5").f("6");
    let refused = refused(request.clone().send().await);
    assert!(
        refused.contains("the required part `g` is not set"),
        "{refused}"
    );
    request.g(["7"]).send().await.unwrap();
    assert_eq!(
        parts(&server.received()).matches("--BOUNDARY\r\n").count(),
        7
    );
}

#[tokio::test]
async fn parts_of_bytes_are_sent_again_and_no_two_calls_share_a_boundary() {
    let responses = [
        ResponseTemplate::new(429, ""),
        ResponseTemplate::new(204, ""),
    ];
    let server = Server::returning(responses).await;
    let response = server.client.send_parts("f", "t").send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    let received = server.recorder.take();
    assert_eq!(parts(&received[0]), parts(&received[1]));
    server.client.send_parts("f", "t").send().await.unwrap();
    let other = server.received();
    assert_ne!(
        other.header("content-type"),
        received[0].header("content-type")
    );
}
