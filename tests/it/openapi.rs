//! OpenAPI documents: what is generated from them does what they say.

use generated_client::runtime::{Authorization, Error, RetryPolicy};
use serde_json::json;
use tests::fixtures::{openapi_parameters, openapi_schemas, openapi_statuses};
use tests::recorder::{Recorder, ResponseTemplate};

use crate::support::{generate_from, read};

async fn statuses(response: ResponseTemplate) -> (Recorder, openapi_statuses::Client) {
    let server = Recorder::start([response]).await.unwrap();
    let client = openapi_statuses::Client::builder()
        .base_url(server.base_url())
        .retry_policy(RetryPolicy::once());
    let client = client.build().unwrap();
    (server, client)
}

async fn failure(status: u16, body: &'static str) -> Error {
    let (_server, client) = statuses(ResponseTemplate::new(status, body)).await;
    client.list_books().send().await.unwrap_err()
}

#[tokio::test]
async fn errors_have_the_body_of_their_status() {
    use openapi_statuses::types::{Problem, Wrong};

    let wrong = failure(400, r#"{"why": "so"}"#).await;
    assert_eq!(wrong.body::<Wrong>().unwrap().why.as_deref(), Some("so"));
    let other = failure(418, r#"{"title": "tea", "status": 418}"#).await;
    assert_eq!(other.body::<Problem>().unwrap().status, Some(418));
    // Nothing, or something else: it is there as it came.
    for (status, body) in [(429, ""), (503, "broken"), (400, "<html>"), (418, "[1]")] {
        let error = failure(status, body).await;
        assert!(
            error.body::<Wrong>().is_none() || body.starts_with('['),
            "{status}"
        );
        assert_eq!(error.raw_body().unwrap(), body);
        assert_eq!(error.http_status().unwrap().as_u16(), status);
    }
}

#[tokio::test]
async fn success_statuses_have_their_documented_body() {
    for status in [200, 206] {
        let response = ResponseTemplate::new(status, r#"{"books": [{"title": "A"}]}"#);
        let (_server, client) = statuses(response).await;
        let books = client.list_books().send().await.unwrap();
        assert_eq!(
            (books.status().as_u16(), books.body().books.len()),
            (status, 1)
        );
    }
    let body = openapi_statuses::types::Book::default();
    let (_server, client) = statuses(ResponseTemplate::new(201, r#"{"title": "A"}"#)).await;
    let added = client.add_book(&body).send().await.unwrap();
    assert_eq!(added.body().as_ref().unwrap().title.as_deref(), Some("A"));
    let (_server, client) = statuses(ResponseTemplate::new(202, "")).await;
    assert_eq!(
        client.add_book(&body).send().await.unwrap().into_body(),
        None
    );
    let (_server, client) = statuses(ResponseTemplate::new(204, "")).await;
    client.remove_book(7).send().await.unwrap();
    let (_server, client) = statuses(ResponseTemplate::ok(r#""well""#)).await;
    assert_eq!(client.state().send().await.unwrap().into_body(), "well");
}

#[tokio::test]
async fn response_headers_are_typed() {
    use openapi_statuses::types::ResponseHeaders;

    let response = ResponseTemplate::ok("{}")
        .header("x-total", "7")
        .header("x-exact", "true");
    let (_server, client) = statuses(response).await;
    let headers: ResponseHeaders = client.list_books().send().await.unwrap().typed_headers();
    assert_eq!((headers.x_total, headers.x_exact), (Some(7), Some(true)));
    assert_eq!((headers.location, headers.retry_after), (None, None));
    let response = ResponseTemplate::new(429, "")
        .header("retry-after", "9")
        .header("x-total", "many");
    let (_server, client) = statuses(response).await;
    let error = client.list_books().send().await.unwrap_err();
    let headers: ResponseHeaders = error.typed_headers().unwrap();
    assert_eq!((headers.retry_after, headers.x_total), (Some(9), None));
}

#[test]
fn values_of_openapi_types_round_trip() {
    use openapi_schemas::types::{Book, BookColour, BookState};

    let whole = json!({
        "title": "A", "state": "in", "colour": "MAUVE", "shelf": 9, "id": "6c1a", "link": "x:y",
        "owner": "a@b", "pages": 9_223_372_036_854_775_807_i64, "weight": 1.5, "cover": "AP8=",
        "printed": "2026-11-24", "lent_at": "2022-07-06T17:21:33Z", "author": { "name": "N" },
        "publisher": { "name": "P" }, "series": { "name": "S", "volume": 3 },
        "labels": { "k": "v" }, "extra": { "x": [1] }, "anything": [1, "2"], "type": "t",
    });
    let book: Book = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(book.state.as_ref(), Some(&BookState::In));
    assert_eq!(book.colour, Some(BookColour::Unrecognized("MAUVE".into())));
    // What is only refined is the type itself.
    let named: [&Option<openapi_schemas::types::Named>; 2] = [&book.author, &book.publisher];
    assert!(named.iter().all(|named| named.is_some()));
    assert_eq!(serde_json::to_value(&book).unwrap(), whole);
    let book: Book = serde_json::from_value(json!({ "state": null, "lent_at": null })).unwrap();
    assert_eq!((book.state.as_ref(), book.lent_at), (None, None));
    for time in [
        "2022-07-06 17:21:33+00:00",
        "2022-07-06T17:21:33+00:00",
        "2022-07-06 17:21:33Z",
    ] {
        let book: Book = serde_json::from_value(json!({ "lent_at": time })).unwrap();
        assert_eq!(book.lent_at.unwrap().timestamp(), 1_657_128_093, "{time}");
    }
}

#[tokio::test]
async fn parameters_are_sent_in_their_location() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client =
        openapi_parameters::Client::builder().base_url(format!("{}/v1", server.base_url()));
    let nobody = client.build().unwrap();
    nobody.open().send().await.unwrap();
    for error in [
        nobody
            .get_shelves_shelf_books_id(1, "b", "de", "t")
            .send()
            .await
            .unwrap_err(),
        nobody.remove_book(1, "b").send().await.unwrap_err(),
    ] {
        assert!(
            error.is_invalid_argument() && error.to_string().contains("no credentials are set")
        );
    }
    assert_eq!(server.take().len(), 1);

    let client = openapi_parameters::Client::builder()
        .base_url(format!("{}/v1", server.base_url()))
        .credentials(Authorization::api_key("k").unwrap())
        .build()
        .unwrap();
    client
        .get_shelves_shelf_books_id(-3, "b/../x?".replace('/', ":").as_str(), "de", "t\u{e4}")
        .if_none_match("\"e\"")
        .tag(["a b", "c&d"])
        .send()
        .await
        .unwrap();
    let request = server.take().remove(0);
    let target = "/v1/shelves/-3/books/b%3A..%3Ax%3F?lang=de&tag=a%20b&tag=c%26d";
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", target)
    );
    assert_eq!(request.header("if-none-match"), Some("\"e\""));
    assert!(request.header("x-trace").is_some());
    for id in ["", ".", "..", "a/b", "a\\b"] {
        client
            .get_shelves_shelf_books_id(1, id, "de", "t")
            .send()
            .await
            .unwrap_err();
    }
    client
        .get_shelves_shelf_books_id(1, "b", "de", "t\r\nx: y")
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.take(), []);
}

#[test]
fn long_documents_are_read() {
    let fixture = read("tests/fixtures/accepted/openapi_statuses.yaml");
    // What starts with `x-` says nothing about a client.
    let long = format!("{fixture}x-parts:\n{}", "- x\n".repeat(300_000));
    let folder = "tests/fixtures/accepted";
    let [expected, found] =
        [fixture, long].map(|text| generate_from(folder, "openapi_statuses", &text).files);
    assert_eq!(expected, found);
}
