//! Responses that are not one type of JSON.

use serde_json::json;
use tests::recorder::ResponseTemplate;

use super::{Server, types};

#[tokio::test]
async fn a_download_says_its_media_type() {
    let response = ResponseTemplate::ok("GIF").header("content-type", "image/gif");
    let server = Server::returning([response]).await;
    let response = server.client.get_cover().send().await.unwrap();
    assert_eq!(response.body().content_type(), Some("image/gif"));
    assert_eq!(response.body().content_length(), Some(3));
    assert_eq!(response.into_body().text(3).await.unwrap(), "GIF");
    assert_eq!(server.received().header("accept"), Some("*/*"));
    server.client.get_archive().send().await.unwrap();
    assert_eq!(
        server.received().header("accept"),
        Some("application/octet-stream, text/plain")
    );
}

#[tokio::test]
async fn the_error_of_a_download_is_read() {
    let response = ResponseTemplate::new(404, r#"{"why":"gone"}"#);
    let server = Server::returning([response]).await;
    let error = server.client.get_cover().send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.raw_body().unwrap(), r#"{"why":"gone"}"#);
}

#[tokio::test]
async fn the_response_to_a_head_has_no_body() {
    let server = Server::returning([ResponseTemplate::ok("")]).await;
    let response = server.client.check_cover().send().await.unwrap();
    let () = response.into_body();
}

#[tokio::test]
async fn text_that_is_labelled_json_is_a_string_where_anything_was_asked_for() {
    let in_json =
        ResponseTemplate::ok("\"a\\nb\"").header("content-type", "application/json; charset=utf-8");
    let plain = ResponseTemplate::ok("\"a\"").header("content-type", "text/plain");
    let server = Server::returning([in_json, plain]).await;
    let response = server.client.put_anything("x").send().await.unwrap();
    assert_eq!(response.into_body(), "a\nb");
    let response = server.client.put_anything("x").send().await.unwrap();
    assert_eq!(response.into_body(), "\"a\"");
}

#[tokio::test]
async fn text_is_read_in_the_character_set_that_is_stated() {
    for (kind, text) in [
        ("text/plain; charset=ISO-8859-1", Some("\u{c3}\u{a4}")),
        ("text/plain; charset=\"utf-8\"", Some("\u{e4}")),
        ("text/plain", Some("\u{e4}")),
        ("text/plain; charset=utf-16", None),
    ] {
        let response = ResponseTemplate::ok("\u{e4}").header("content-type", kind);
        let server = Server::returning([response]).await;
        let outcome = server.client.send_text("x").send().await;
        match (outcome, text) {
            (Ok(response), Some(text)) => assert_eq!(response.into_body(), text, "{kind}"),
            (Err(error), None) => assert!(error.is_decode(), "{error}"),
            (outcome, _) => panic!("{kind}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn several_types_by_status_are_decoded_as_the_status_says() {
    let responses = [
        ResponseTemplate::new(200, r#"{"title":"t"}"#),
        ResponseTemplate::new(202, r#"{"number":7}"#),
        ResponseTemplate::new(204, ""),
        ResponseTemplate::new(202, "[]"),
    ];
    let server = Server::returning(responses).await;
    let call = || async { server.client.by_status().send().await.unwrap() };
    let response = call().await;
    assert_eq!(response.status(), 200);
    let book = response.decode::<types::Book>().unwrap().into_body();
    assert_eq!(book.unwrap().title.as_deref(), Some("t"));
    let response = call().await;
    assert_eq!(response.status(), 202);
    let ticket = response.decode::<types::Ticket>().unwrap().into_body();
    assert_eq!(ticket.unwrap().number, Some(7));
    let ticket = call().await.decode::<types::Ticket>().unwrap();
    assert_eq!(ticket.into_body(), None);
    let response = call().await;
    assert_eq!(response.body(), &Some(json!([])));
    let error = response.decode::<types::Ticket>().unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[tokio::test]
async fn what_is_stated_for_every_status_is_the_success_where_it_is_alone() {
    let server = Server::returning([ResponseTemplate::ok(r#"{"title":"t"}"#)]).await;
    let response = server.client.only_default().send().await.unwrap();
    assert_eq!(response.body().title.as_deref(), Some("t"));
}
