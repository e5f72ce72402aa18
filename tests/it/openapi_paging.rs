//! Lists that are paged in a form that many APIs have, without a word in the document.

use futures_util::TryStreamExt as _;
use serde_json::json;
use tests::fixtures::openapi_paging::Client;
use tests::recorder::{Recorder, ResponseTemplate};

/// A client of a server that returns these pages.
async fn client(pages: [serde_json::Value; 2]) -> (Client, Recorder) {
    let pages = pages.map(|page| ResponseTemplate::ok(page.to_string()));
    let recorder = Recorder::start(pages).await.unwrap();
    let builder = Client::builder().base_url(recorder.base_url());
    (builder.build().unwrap(), recorder)
}

fn targets(recorder: &Recorder) -> Vec<String> {
    let received = recorder.take();
    received.into_iter().map(|it| it.target).collect()
}

#[tokio::test]
async fn a_cursor_of_the_response_goes_into_the_next_request() {
    let first = json!({"things": [{"id": "1"}], "response_metadata": {"next_cursor": "c"}});
    let last = json!({"things": [{"id": "2"}], "response_metadata": {"next_cursor": ""}});
    let (client, recorder) = client([first, last]).await;
    let items: Vec<_> = client
        .by_cursor()
        .limit(1)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(
        targets(&recorder),
        ["/cursors?limit=1", "/cursors?limit=1&cursor=c"]
    );
}

#[tokio::test]
async fn a_cursor_may_be_called_as_its_parameter_within_next() {
    let first = json!({"results": [{"id": "1"}], "paging": {"next": {"after": "a", "link": "x"}}});
    let (client, recorder) = client([first, json!({"results": [{"id": "2"}]})]).await;
    let items: Vec<_> = client.by_after().items().try_collect().await.unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(targets(&recorder), ["/after", "/after?after=a"]);
}

#[tokio::test]
async fn the_page_in_the_url_of_the_next_page_is_requested() {
    let next = |url: String| json!({"things": [{"id": "1"}], "links": {"pages": {"next": url}}});
    let (client, recorder) = client([next("/links?page=2&evil=1".to_owned()), json!({})]).await;
    let items: Vec<_> = client
        .by_link()
        .per_page(1)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        targets(&recorder),
        ["/links?per_page=1", "/links?per_page=1&page=2"]
    );
}

#[tokio::test]
async fn a_next_page_on_another_server_is_not_requested() {
    let next = json!({"things": [], "links": {"pages": {"next": "https://evil.example/?page=2"}}});
    let (client, recorder) = client([next, json!({})]).await;
    let items: Result<Vec<_>, _> = client.by_link().items().try_collect().await;
    assert!(items.is_err());
    assert_eq!(targets(&recorder).len(), 1);
}

#[test]
fn a_list_in_doubt_is_not_paged() {
    let text = crate::support::read("tests/fixtures/accepted/openapi_paging.yaml");
    let generated =
        crate::support::generate_from("tests/fixtures/accepted", "openapi_paging", &text);
    let requests = generated
        .files
        .iter()
        .find(|it| it.path == "requests.rs")
        .unwrap();
    assert_eq!(
        requests.text.matches("paging: ").count(),
        3,
        "{}",
        requests.text
    );
}
