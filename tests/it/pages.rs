//! Pages of the fixtures' lists, without a stream.

use generated_client::runtime::Page;
use serde_json::json;
use tests::fixtures::paging;

use crate::fixtures::{recorder, request, requests};

#[tokio::test]
async fn every_page_is_listed_once() {
    use paging::types::SearchRequest;
    let page = |names: &[&str], next: &str| {
        let shelves: Vec<_> = names.iter().map(|name| json!({ "name": name })).collect();
        json!({ "shelves": shelves, "nextPageToken": next, "unreachable": ["u"] }).to_string()
    };
    let pages = [page(&["a", "b"], "t/1"), page(&[], "t2"), page(&["c"], "")];
    let pages = [pages[0].as_str(), &pages[1], &pages[2]];

    let server = recorder(&pages).await;
    let client = paging::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let (mut list, mut names) = (client.list().page_size(2), Vec::new());
    loop {
        let page = list.clone().send().await.unwrap().into_body();
        let next = page.next_page_token.clone();
        let next = next.filter(|next| !next.is_empty());
        names.extend(page.into_items().into_iter().filter_map(|shelf| shelf.name));
        let Some(next) = next else { break };
        list = list.page_token(next);
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(
        requests(&server),
        [
            request("GET", "/v1/shelves?pageSize=2", ""),
            request("GET", "/v1/shelves?pageSize=2&pageToken=t%2F1", ""),
            request("GET", "/v1/shelves?pageSize=2&pageToken=t2", ""),
        ]
    );

    let mut in_body = SearchRequest::default();
    in_body.query = Some("q".to_owned());
    in_body.page_token = Some("t".to_owned());
    client.search().body(&in_body).send().await.unwrap();
    assert_eq!(
        requests(&server),
        [request(
            "POST",
            "/v1/shelves:search",
            r#"{"pageToken":"t","query":"q"}"#
        ),]
    );
}

#[test]
fn the_items_of_a_page_are_its_list_field() {
    let read = |text: &str| text.to_owned();
    let aggregated = read(r#"{"items":{"z":{"name":"n"}},"unreachables":["u"]}"#);
    let page: paging::types::Aggregated = serde_json::from_str(&aggregated).unwrap();
    assert_eq!(page.into_items().into_keys().collect::<Vec<_>>(), ["z"]);
    let scalars = read(r#"{"names":["a"],"warnings":[{"name":"w"}]}"#);
    let page: paging::types::Names = serde_json::from_str(&scalars).unwrap();
    assert_eq!(page.into_items(), ["a"]);
    let several = read(r#"{"shelves":[{}],"books":[{"name":"b"}]}"#);
    let page: paging::types::Several = serde_json::from_str(&several).unwrap();
    assert_eq!(page.into_items()[0].name.as_deref(), Some("b"));
}
