//! Bodies that have to be there are sent, also where nothing in them is set; unions of one member are unions.

use generated_client::runtime::{Error, Response};
use serde_json::json;
use tests::fixtures::openapi_empty_bodies::types::{Letter, Record, Seal, SearchRequest};
use tests::fixtures::openapi_empty_bodies::{Client, requests};
use tests::recorder::{Received, Recorder, ResponseTemplate};

/// What a server receives of the requests that are sent.
async fn received<F: Future<Output = Result<Response<()>, Error>>>(
    send: impl FnOnce(Client) -> F,
) -> Received {
    let server = Recorder::start([ResponseTemplate::new(204, "")])
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    send(client).await.unwrap();
    server.take().remove(0)
}

fn kind(received: &Received) -> Option<&str> {
    received.header("content-type")
}

#[tokio::test]
async fn a_required_message_is_sent_empty() {
    let json = Some("application/json");
    let sent = received(|it| it.search().send()).await;
    assert_eq!((kind(&sent), sent.body.as_str()), (json, "{}"));
    let sent = received(|it| it.search_again().send()).await;
    assert_eq!((kind(&sent), sent.body.as_str()), (json, "{}"));
    let sent = received(|it| it.forget().send()).await;
    let patch = Some("application/merge-patch+json");
    assert_eq!((kind(&sent), sent.body.as_str()), (patch, "{}"));
    // The document does not say that this one has to be there.
    let sent = received(|it| it.refine().send()).await;
    assert_eq!((kind(&sent), sent.body.as_str()), (None, ""));
    let mut search = SearchRequest::default();
    search.text = Some("t".to_owned());
    let sent = received(|it| async move { it.refine().body(&search).send().await }).await;
    assert_eq!((kind(&sent), sent.body.as_str()), (json, r#"{"text":"t"}"#));
}

#[tokio::test]
async fn a_body_of_parts_is_sent_without_any() {
    for sent in [
        received(|it| it.scan().send()).await,
        received(|it| it.scan_again().send()).await,
    ] {
        let boundary = kind(&sent)
            .unwrap()
            .strip_prefix("multipart/form-data; boundary=");
        assert_eq!(sent.body, format!("--{}--\r\n", boundary.unwrap()));
    }
    let sent = received(|it| it.scan().title("t").send()).await;
    assert!(
        sent.body.contains("name=\"title\"\r\n\r\nt\r\n"),
        "{}",
        sent.body
    );
    // The document says that this one can be left out.
    let sent = received(|it| it.amend().send()).await;
    assert_eq!((kind(&sent), sent.body.as_str()), (None, ""));
    let _: fn(requests::Amend, String) -> requests::Amend = requests::Amend::title;
}

#[test]
fn a_union_of_one_member_keeps_values_of_others() {
    let read = |json: &serde_json::Value| serde_json::from_value::<Record>(json.clone()).unwrap();
    let letter =
        json!({ "kind": "letter", "sender": "s", "seal": { "of": "Wax", "colour": "red" } });
    let Record::Letter(known) = read(&letter) else {
        panic!("no letter")
    };
    assert!(matches!(known.seal, Some(Seal::Wax(_))), "{known:?}");
    assert_eq!(serde_json::to_value(Record::from(*known)).unwrap(), letter);
    let tagged = serde_json::to_value(Record::from(Letter::default())).unwrap();
    assert_eq!(tagged, json!({ "kind": "letter" }));
    for unknown in [
        json!({ "kind": "book", "pages": 7 }),
        json!({ "kind": "letter", "seal": { "of": "lead", "weight": 3 } }),
    ] {
        assert_eq!(serde_json::to_value(read(&unknown)).unwrap(), unknown);
    }
    assert!(matches!(
        read(&json!({ "kind": "book" })),
        Record::Unrecognized(_)
    ));
}

#[tokio::test]
async fn the_user_agent_names_the_program_and_this_crate() {
    let agent = |sent: &Received| sent.header("user-agent").unwrap().to_owned();
    let own = agent(&received(|it| it.search().send()).await);
    assert!(own.starts_with("generated-client/0."), "{own}");
    let server = Recorder::start([ResponseTemplate::new(204, "")])
        .await
        .unwrap();
    let builder = Client::builder().base_url(server.base_url());
    let client = builder.user_agent("inviter/1.2").build().unwrap();
    client.search().send().await.unwrap();
    assert_eq!(agent(&server.take()[0]), format!("inviter/1.2 {own}"));
    client
        .search()
        .header("user-agent", "another")
        .send()
        .await
        .unwrap();
    assert_eq!(agent(&server.take()[0]), "another");
}
