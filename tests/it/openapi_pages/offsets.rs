//! Offsets.

use futures_util::TryStreamExt as _;
use serde_json::{Value, json};
use tests::fixtures::openapi_pages::Client;
use tests::recorder::Recorder;

use super::{check, ok, things};

#[tokio::test]
async fn offset_is_the_number_of_items_so_far() {
    let page = |ids, total: Value| json!({"items": things(ids), "total": total});
    let two = &["limit=2", "limit=2&offset=2"][..];
    let rows = [
        (
            vec![page("ab", json!("3")), page("c", json!("3"))],
            two,
            "abc",
            "end",
        ),
        (vec![page("ab", json!("2"))], &["limit=2"], "ab", "end"),
        (vec![page("", json!("9"))], &["limit=2"], "", "end"),
        // Nothing says where the list ends but the page without items.
        (
            vec![page("ab", json!(null)), page("", json!(null))],
            two,
            "ab",
            "end",
        ),
        (
            vec![page("ab", json!("0")), page("", json!("0"))],
            two,
            "ab",
            "end",
        ),
    ];
    check(|client| Box::pin(client.by_total().limit(2).items()), rows).await;
    let rows = [(vec![page("ab", json!("9"))], &["offset=7"][..], "ab", "end")];
    check(|client| Box::pin(client.by_total().offset(7).items()), rows).await;
    let page = |ids| json!({"things": things(ids), "totalResults": 3});
    let rows = [(
        vec![page("ab"), page("c")],
        &["", "startIndex=3"][..],
        "abc",
        "end",
    )];
    check(|client| Box::pin(client.by_index().items()), rows).await;
}

#[tokio::test]
async fn offset_goes_on_while_there_are_more_items() {
    let page = |ids, more: bool| json!({"things": things(ids), "hasMore": more});
    let rows = [
        (
            vec![page("ab", true), page("c", false)],
            &["", "skip=2"][..],
            "abc",
            "end",
        ),
        (
            vec![page("ab", true), page("", true)],
            &["", "skip=2"],
            "ab",
            "end",
        ),
    ];
    check(|client| Box::pin(client.by_more().items()), rows).await;
}

#[tokio::test]
async fn next_offset_is_the_one_that_the_response_names() {
    let page = |ids, next: Value| json!({"things": things(ids), "nextStart": next});
    let first = page("ab", json!(5));
    let rows = [
        (
            vec![first.clone(), page("c", json!(null))],
            &["", "start=5"][..],
            "abc",
            "end",
        ),
        (
            vec![first.clone(), page("c", json!(-1))],
            &["", "start=5"],
            "abc",
            "end",
        ),
        (
            vec![first, page("c", json!(5))],
            &["", "start=5"],
            "abc",
            "repeated page",
        ),
    ];
    check(|client| Box::pin(client.by_next_offset().items()), rows).await;
}

#[tokio::test]
async fn list_by_offsets_continues_from_the_offset_of_its_next_page() {
    let page = |ids| ok(json!({"items": things(ids), "total": "3"}));
    let recorder = Recorder::start([page("ab"), page("c")]).await.unwrap();
    let builder = Client::builder().base_url(recorder.base_url());
    let client = builder.build().unwrap();
    let mut pages = client.by_total().pages();
    pages.try_next().await.unwrap();
    let offset: i64 = pages.next_page_token().unwrap().parse().unwrap();
    let rest = client.by_total().offset(offset).pages();
    let rest: Vec<_> = rest.try_collect().await.unwrap();
    assert_eq!((offset, rest.len()), (2, 1));
}
