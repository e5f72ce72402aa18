//! Bodies and responses that are no objects: what is sent and what is returned is what JSON has.

use generated_client::runtime::{Bytes, DateTime, JsonValue, Response, Secret};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::fixtures::openapi_bodies::{Client, types};
use tests::recorder::{Recorder, ResponseTemplate};

/// What a server returns to all calls, and what it has received.
struct Server {
    recorder: Recorder,
    client: Client,
}

impl Server {
    /// A server that returns this JSON.
    async fn returning(body: &Value) -> Self {
        let response = ResponseTemplate::ok(body.to_string());
        let recorder = Recorder::start([response]).await.unwrap();
        let client = Client::builder().base_url(recorder.base_url());
        Self {
            client: client.build().unwrap(),
            recorder,
        }
    }

    /// The body of the only request.
    fn sent(&self) -> Value {
        let received = self.recorder.take();
        assert_eq!(received.len(), 1, "{received:?}");
        serde_json::from_str(&received[0].body).unwrap()
    }
}

fn value<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap()
}

/// Sends a value as the body of a method, whose response is the same JSON.
macro_rules! echo {
    ($method:ident, $body:expr, $returned:expr, $json:expr) => {{
        let json = Value::clone(&$json);
        let server = Server::returning(&json).await;
        let response: Response<_> = server.client.$method($body).send().await.unwrap();
        assert_eq!(server.sent(), json, stringify!($method));
        assert_eq!(response.into_body(), $returned, stringify!($method));
    }};
}

#[tokio::test]
async fn a_scalar_body_round_trips() {
    echo!(put_integer, -7, -7, json!(-7));
    echo!(put_integer64, i64::MAX, i64::MAX, json!(i64::MAX));
    echo!(put_number, 0.5, 0.5, json!(0.5));
    echo!(put_number, f64::INFINITY, f64::INFINITY, json!("Infinity"));
    echo!(put_boolean, true, true, json!(true));
    echo!(put_text, "a\"b", "a\"b", json!("a\"b"));
    echo!(put_nullable, "n", Some("n".to_owned()), json!("n"));
    echo!(put_count, i64::MIN, i64::MIN, json!(i64::MIN.to_string()));
    let bytes = Bytes::from_static(b"\xfb\xff");
    echo!(put_bytes, &bytes, bytes, json!("+/8="));
    let time: DateTime = "2026-11-22T02:08:57Z".parse().unwrap();
    echo!(put_time, &time, time, json!("2026-11-22T02:08:57Z"));
    let secret = Secret::from("s");
    echo!(put_secret, &secret, secret, json!("s"));
    let red = types::PutEnumRequest::Red;
    echo!(put_enum, red, types::PutEnumResponse::Red, json!("RED"));
    let green = types::PutEnumWithoutTypeRequest::Green;
    let returned = types::PutEnumWithoutTypeResponse::Green;
    echo!(put_enum_without_type, green, returned, json!("GREEN"));
    let mauve = types::Colour::Unrecognized("MAUVE".to_owned());
    echo!(put_colour, mauve.clone(), mauve, json!("MAUVE"));
    echo!(
        put_weight,
        &types::Weight(0.5),
        types::Weight(0.5),
        json!(0.5)
    );
    let any: JsonValue = json!([null, { "a": 1 }]);
    echo!(put_anything, &any, any, any.clone());
}

#[tokio::test]
async fn a_list_body_round_trips() {
    let texts = ["a".to_owned(), "b".to_owned()];
    echo!(put_texts, &texts, texts, json!(["a", "b"]));
    echo!(put_texts, &[], Vec::<String>::new(), json!([]));
    let json = json!([{ "name": "n" }, {}]);
    let (sent, returned): (Vec<_>, Vec<_>) = (value(&json), value(&json));
    echo!(put_objects, &sent, returned, json);
    let json = json!([{ "title": "t", "weight": "NaN" }]);
    let server = Server::returning(&json).await;
    let books: Vec<types::Book> = value(&json);
    let returned = server
        .client
        .put_books(&books)
        .send()
        .await
        .unwrap()
        .into_body();
    assert!(returned[0].weight.unwrap().is_nan());
    assert_eq!(server.sent(), json);
    let bytes = [Bytes::new(), Bytes::from_static(b"hello")];
    echo!(put_list_of_bytes, &bytes, bytes, json!(["", "aGVsbG8="]));
    let matrix = [vec![0.5, f64::NEG_INFINITY], vec![]];
    echo!(put_matrix, &matrix, matrix, json!([[0.5, "-Infinity"], []]));
    let enums = [types::PutEnumsRequestItem::Red];
    let returned = [types::PutEnumsResponseItem::Red];
    echo!(put_enums, &enums, returned, json!(["RED"]));
    let anythings = [json!(null), json!({})];
    echo!(put_anythings, &anythings, anythings, json!([null, {}]));
    let list = types::List(vec![7, -7]);
    echo!(put_list, &list, list, json!(["7", "-7"]));
}

#[tokio::test]
async fn a_map_body_round_trips() {
    let json = json!({ "a": 0.5, "b": 0.25 });
    echo!(put_map, &value(&json), value(&json), json);
    let json = json!({ "": { "title": "t" } });
    echo!(put_map_of_books, &value(&json), value(&json), json);
    let lists = [("k".to_owned(), vec![Bytes::from_static(b"hello")])].into();
    echo!(
        put_map_of_lists,
        &lists,
        lists,
        json!({ "k": ["aGVsbG8="] })
    );
    let json = json!({ "b": { "title": "t" } });
    let table: types::Table = value(&json);
    echo!(put_table, &table, table, json);
    let json = json!({ "a": { "b": [1] } });
    echo!(put_free_form, &value(&json), value(&json), json);
}

#[tokio::test]
async fn an_object_body_round_trips() {
    let json = json!({ "name": "n" });
    let server = Server::returning(&json).await;
    let sent = value(&json);
    let response = server.client.put_object().body(&sent).send().await.unwrap();
    assert_eq!(response.into_body(), value(&json));
    assert_eq!(server.sent(), json);
    let json = json!({ "extra": "e", "more": 0.5 });
    let server = Server::returning(&json).await;
    let sent: types::PutOpenObjectRequest = value(&json);
    assert_eq!(sent.extra2.as_deref(), Some("e"));
    assert_eq!(sent.extra, [("more".to_owned(), 0.5)].into());
    server
        .client
        .put_open_object()
        .body(&sent)
        .send()
        .await
        .unwrap();
    assert_eq!(server.sent(), json);
    let json = json!({ "title": "t" });
    let book: types::Book = value(&json);
    echo!(put_book, &book, book, json);
}

#[tokio::test]
async fn null_is_kept_where_it_is_a_value() {
    let holes = [Some(0.5), None];
    echo!(put_holes, &holes, holes, json!([0.5, null]));
    let books = [None, Some(types::Book::default())];
    echo!(put_absent_books, &books, books, json!([null, {}]));
    let map = [("a".to_owned(), None), ("b".to_owned(), Some(7))].into();
    echo!(put_map_with_holes, &map, map, json!({ "a": null, "b": 7 }));
    let server = Server::returning(&json!(null)).await;
    let response = server.client.put_nullable("n").send().await.unwrap();
    assert_eq!(response.into_body(), None);
    let nothing = types::Nothing::default();
    let response = server.client.put_nothing(&nothing).send().await.unwrap();
    assert_eq!(response.into_body(), None);
}

#[tokio::test]
async fn a_list_response_may_be_absent() {
    let server = Server::returning(&json!(["aGVsbG8="])).await;
    let response = server.client.perhaps().send().await.unwrap();
    let bytes = Bytes::from_static(b"hello");
    assert_eq!(response.into_body(), Some(vec![bytes]));
    let recorder = Recorder::start([ResponseTemplate::new(204, "")])
        .await
        .unwrap();
    let client = Client::builder().base_url(recorder.base_url());
    let response = client.build().unwrap().perhaps().send().await.unwrap();
    assert_eq!(response.into_body(), None);
}
