//! Bodies that are the fields of a form.

use serde_json::json;

use super::{Server, types};

fn search() -> types::Search {
    let search = json!({
        "box": { "a b": { "left": 0.5, "names": ["x", "y"] } },
        "book": { "title": "T & Co", "pages": "7" },
        "exact": true,
        "labels": ["a,b", "c"],
        "pages": [1, 2],
        "sizes": [0.5, 2.0],
        "span": { "from": 1, "to": 9 },
        "where": [{ "title": "t" }],
        "words": "\u{e4} +&=",
    });
    serde_json::from_value(search).unwrap()
}

/// The fields of a form, sorted, nothing decoded.
fn fields(body: &str) -> Vec<&str> {
    let mut fields: Vec<_> = body.split('&').collect();
    fields.sort_unstable();
    fields
}

#[tokio::test]
async fn fields_of_a_form_are_written_as_their_types_are() {
    let server = Server::silent().await;
    server.client.send_form(&search()).send().await.unwrap();
    let received = server.received();
    assert_eq!(
        received.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        fields(&received.body),
        [
            "book=%7B%22pages%22%3A%227%22%2C%22title%22%3A%22T%20%26%20Co%22%7D",
            "box=%7B%22a%20b%22%3A%7B%22left%22%3A0.5%2C%22names%22%3A%5B%22x%22%2C%22y%22%5D%7D%7D",
            "exact=true",
            "labels=a%2Cb",
            "labels=c",
            "pages=1",
            "pages=2",
            "sizes=0.5",
            "sizes=2.0",
            "span=%7B%22from%22%3A1%2C%22to%22%3A9%7D",
            "where=%7B%22title%22%3A%22t%22%7D",
            "words=%C3%A4%20%2B%26%3D",
        ]
    );
}

#[tokio::test]
async fn fields_of_a_form_have_the_style_that_is_stated() {
    let server = Server::silent().await;
    let request = server.client.send_styled_form(&search());
    request.send().await.unwrap();
    assert_eq!(
        fields(&server.received().body),
        [
            "book=%7B%22pages%22%3A%227%22%2C%22title%22%3A%22T%20%26%20Co%22%7D",
            "box%5Ba%20b%5D%5Bleft%5D=0.5",
            "box%5Ba%20b%5D%5Bnames%5D%5B%5D=x",
            "box%5Ba%20b%5D%5Bnames%5D%5B%5D=y",
            "exact=true",
            "from=1",
            "labels=a%2Cb%2Cc",
            "pages=1%7C2",
            "sizes=0.5%202.0",
            "to=9",
            "where=%5B%7B%22title%22%3A%22t%22%7D%5D",
            "words=%C3%A4%20%2B%26%3D",
        ]
    );
}

#[tokio::test]
async fn a_map_is_a_form() {
    let server = Server::silent().await;
    let form = [("a=b".to_owned(), "c&d".to_owned())].into();
    server.client.send_open_form(&form).send().await.unwrap();
    assert_eq!(server.received().body, "a%3Db=c%26d");
}
