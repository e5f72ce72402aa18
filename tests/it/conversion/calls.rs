//! What is generated from Swagger 2.0 and OpenAPI 3.1 sends and reads what the documents say.

use serde_json::{Value, json};
use tests::fixtures::{openapi_3_1, swagger};
use tests::recorder::{Recorder, ResponseTemplate};

#[tokio::test]
async fn swagger_says_what_is_sent() {
    let responses = [
        ResponseTemplate::ok(r#"{"books": [{"title": "A"}]}"#),
        ResponseTemplate::new(201, r#"{"title": "A", "subtitle": null}"#),
        ResponseTemplate::ok("PNG"),
        ResponseTemplate::new(204, ""),
    ];
    let server = Recorder::start(responses).await.unwrap();
    let client = swagger::Client::builder()
        .base_url(format!("{}/v1", server.base_url()))
        .credentials(swagger::credentials::key("k").unwrap());
    let client = client.build().unwrap();
    let list = client.list_books().tag(["a", "b"]).id([1, 2]);
    let books = list.state(["in", "out"]).send().await.unwrap();
    assert_eq!(books.body().books[0].title.as_deref(), Some("A"));
    let book = swagger::types::Book::new("A");
    let added = client.add_book(&book).send().await.unwrap();
    assert_eq!(added.status().as_u16(), 201);
    let cover = client.get_cover(7).send().await.unwrap().into_body();
    assert_eq!(cover.bytes(3).await.unwrap(), "PNG");
    client.put_cover(7, "PNG").artist("B").send().await.unwrap();
    let loan = swagger::types::LendRequest::new(7, "C & D");
    client.lend(&loan).send().await.unwrap();

    let received = server.take();
    let lines: Vec<String> = received
        .iter()
        .map(|it| format!("{} {}", it.method, it.target))
        .collect();
    assert_eq!(
        lines,
        [
            "GET /v1/books?tag=a%2Cb&id=1&id=2&state=in%7Cout",
            "POST /v1/books",
            "GET /v1/books/7/cover",
            "PUT /v1/books/7/cover",
            "POST /v1/loans",
        ]
    );
    assert!(received.iter().all(|it| it.header("x-key") == Some("k")));
    assert_eq!(received[1].body, r#"{"title":"A"}"#);
    assert_eq!(received[2].header("accept"), Some("image/png"));
    let parts = received[3].header("content-type").unwrap();
    assert!(
        parts.starts_with("multipart/form-data; boundary="),
        "{parts}"
    );
    assert!(
        received[3].body.contains("name=\"cover\""),
        "{}",
        received[3].body
    );
    assert!(
        received[3].body.contains("name=\"artist\"\r\n\r\nB\r\n"),
        "{}",
        received[3].body
    );
    assert_eq!(received[4].body, "book=7&reader=C%20%26%20D");
}

#[tokio::test]
async fn values_of_3_1_round_trip() {
    let book: Value = json!({
        "kind": "book", "title": "A", "size": [1, 2], "shelf": { "number": 3 }, "cover": "AP8=",
        "pages": { "1": "a" }, "next": { "title": "B" }, "lender": { "name": "C" }, "first": { "number": 4 },
    });
    let server = Recorder::start([ResponseTemplate::ok(book.to_string())])
        .await
        .unwrap();
    let client = openapi_3_1::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let read = client
        .get_book(&"an id".into())
        .send()
        .await
        .unwrap()
        .into_body();
    assert_eq!(read.kind, Some(openapi_3_1::types::BookKind::Book));
    assert_eq!(serde_json::to_value(&read).unwrap(), book);
    client.get_book(&7.into()).send().await.unwrap();
    let targets: Vec<String> = server.take().into_iter().map(|it| it.target).collect();
    assert_eq!(targets, ["/books/an%20id", "/books/7"]);
    let nulls = json!({ "title": null, "shelf": null, "first": null });
    let read: openapi_3_1::types::Book = serde_json::from_value(nulls).unwrap();
    assert_eq!(read, openapi_3_1::types::Book::default());
}
