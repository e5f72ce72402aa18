//! A client that was generated into another crate, which depends on the runtime and on no API.

use futures_util::TryStreamExt as _;
use generated_client::runtime::RetryPolicy;
use serde_json::json;
use tests::fixtures::paging::Client;
use tests::fixtures::paging::types::SearchRequest;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{Spy, VirtualClock};

fn page(name: &str, next: &str) -> ResponseTemplate {
    ResponseTemplate::ok(
        json!({ "shelves": [{ "name": name }], "nextPageToken": next }).to_string(),
    )
}

fn client(server: &Recorder, spy: &Spy) -> Client {
    Client::builder()
        .base_url(server.base_url())
        .retry_policy(RetryPolicy::default().attempts(3))
        .observer(spy.clone())
        .clock(VirtualClock::default())
        .build()
        .unwrap()
}

#[tokio::test]
async fn clients_of_other_crates_retry_every_page() {
    let busy = || ResponseTemplate::new(503, "").header("retry-after", "3");
    let responses = [busy(), page("a", "t1"), busy(), busy(), page("b", "")];
    let server = Recorder::start(responses).await.unwrap();
    let spy = Spy::default();
    let shelves: Vec<_> = client(&server, &spy)
        .list()
        .page_size(1)
        .items()
        .try_collect()
        .await
        .unwrap();
    let names: Vec<_> = shelves.into_iter().filter_map(|it| it.name).collect();
    assert_eq!(names, ["a", "b"]);
    let targets: Vec<_> = server.take().into_iter().map(|it| it.target).collect();
    let (first, second) = (
        "/v1/shelves?pageSize=1",
        "/v1/shelves?pageSize=1&pageToken=t1",
    );
    assert_eq!(targets, [first, first, second, second, second]);
    let waits: Vec<_> = spy.attempts().iter().filter_map(|it| it.wait).collect();
    assert_eq!(waits, [3 * super::SECOND; 3]);
}

#[tokio::test]
async fn page_tokens_in_request_bodies_are_sent() {
    let server = Recorder::start([page("a", "t1"), page("b", "t1")])
        .await
        .unwrap();
    let mut request = SearchRequest::default();
    request.query = Some("q".into());
    let mut pages = client(&server, &Spy::default())
        .search()
        .body(&request)
        .pages();
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.next_page_token(), Some("t1"));
    pages.try_next().await.unwrap().unwrap();
    assert!(pages.try_next().await.unwrap_err().is_repeated_page());
    let bodies: Vec<_> = server.take().into_iter().map(|it| it.body).collect();
    assert_eq!(
        bodies,
        [r#"{"query":"q"}"#, r#"{"pageToken":"t1","query":"q"}"#]
    );
}
