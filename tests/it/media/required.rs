//! What a request body has to have.

use generated_client::runtime::JsonObject;
use tests::recorder::ResponseTemplate;

use super::{Server, types};

#[tokio::test]
async fn a_constructor_takes_what_is_required() {
    let server = Server::returning([ResponseTemplate::ok("{}")]).await;
    let mut order = types::Order::new(
        types::Book::default(),
        vec![7],
        "c",
        JsonObject::new(),
        "BOUND",
        [("a".to_owned(), "b".to_owned())].into(),
        0.5,
    );
    order.notes = vec!["n".to_owned()];
    server.client.send_order(&order).send().await.unwrap();
    assert_eq!(
        server.received().body,
        r#"{"book":{},"codes":["7"],"comment":"c","extra":{},"kind":"BOUND","labels":{"a":"b"},"notes":["n"],"weight":0.5}"#
    );
    let tickets = [types::Ticket::new(1), types::Ticket::new(2)];
    server.client.send_tickets(&tickets).send().await.unwrap();
    assert_eq!(server.received().body, r#"[{"number":1},{"number":2}]"#);
}

#[tokio::test]
async fn lists_and_maps_that_are_required_are_sent_empty() {
    let server = Server::returning([ResponseTemplate::ok("{}")]).await;
    let order = types::Order::default();
    let response = server.client.send_order(&order).send().await.unwrap();
    assert_eq!(server.received().body, r#"{"codes":[],"labels":{}}"#);
    assert_eq!(response.into_body(), order);
}
