//! Numbers of pages.

use serde_json::{Value, json};

use super::{check, things};

#[tokio::test]
async fn next_page_is_the_one_that_the_response_names() {
    let page = |ids, next: Value| json!({"things": things(ids), "meta": {"pagination": {"next_page": next, "last_page": 9}}});
    let (to_2, to_3) = (page("a", json!(2)), page("b", json!(3)));
    let null = page("b", json!(null));
    let rows = [
        (
            vec![to_2.clone(), null.clone()],
            &["", "page=2"][..],
            "ab",
            "end",
        ),
        (
            vec![to_2.clone(), page("b", json!(0))],
            &["", "page=2"],
            "ab",
            "end",
        ),
        (
            vec![to_2.clone(), page("", json!(3))],
            &["", "page=2"],
            "a",
            "end",
        ),
        (
            vec![to_2.clone(), to_3, null],
            &["", "page=2", "page=3"],
            "abb",
            "end",
        ),
        (
            vec![to_2.clone(), to_2],
            &["", "page=2"],
            "aa",
            "repeated page",
        ),
    ];
    check(|client| Box::pin(client.by_next_page().items()), rows).await;
    let (to_7, to_8) = (page("a", json!(7)), page("a", json!(8)));
    let rows = [
        (
            vec![to_8, page("b", json!(null))],
            &["page=7", "page=8"][..],
            "ab",
            "end",
        ),
        (vec![to_7], &["page=7"], "a", "repeated page"),
    ];
    check(
        |client| Box::pin(client.by_next_page().page(7).items()),
        rows,
    )
    .await;
}

#[tokio::test]
async fn pages_are_counted_to_the_last_one() {
    let page = |ids, current: i64, last: Value| json!({"data": things(ids), "meta": {"current_page": current, "last_page": last}});
    let rows = [
        (
            vec![page("a", 1, json!(2)), page("b", 2, json!(2))],
            &["", "page=2"][..],
            "ab",
            "end",
        ),
        (
            vec![page("a", 0, json!(1)), page("b", 1, json!(1))],
            &["", "page=1"],
            "ab",
            "end",
        ),
        (vec![page("a", 1, json!(1))], &[""], "a", "end"),
        // Nothing says where the list ends but the page without items.
        (
            vec![page("a", 1, json!(null)), page("", 2, json!(null))],
            &["", "page=2"],
            "a",
            "end",
        ),
        (
            vec![json!({"data": things("a")})],
            &[""],
            "a",
            "invalid argument",
        ),
    ];
    check(|client| Box::pin(client.by_last_page().items()), rows).await;
    let page = |ids, pages: i64| json!({"content": things(ids), "page": {"totalPages": pages}});
    let rows = [
        (
            vec![page("a", 2), page("b", 2)],
            &["", "pageNumber=1"][..],
            "ab",
            "end",
        ),
        (vec![page("", 0)], &[""], "", "end"),
    ];
    check(|client| Box::pin(client.by_pages().items()), rows).await;
    let rows = [(vec![page("a", 4)], &["pageNumber=3"][..], "a", "end")];
    check(
        |client| Box::pin(client.by_pages().page_number(3).items()),
        rows,
    )
    .await;
}

#[tokio::test]
async fn first_page_has_the_number_that_the_response_says() {
    let page = |ids, number: i64| json!({"content": things(ids), "page": {"number": number, "totalPages": 2}});
    let rows = [
        (
            vec![page("a", 0), page("b", 1)],
            &["", "page=1"][..],
            "ab",
            "end",
        ),
        (
            vec![page("a", 1), page("b", 2)],
            &["", "page=2"],
            "ab",
            "end",
        ),
    ];
    check(|client| Box::pin(client.by_current().items()), rows).await;
    // Only the caller has said a number, which may be that of the last page: none is missed.
    let rows = [(
        vec![page("a", 1), page("", 2)],
        &["page=1.0", "page=2"][..],
        "a",
        "end",
    )];
    check(
        |client| Box::pin(client.by_current().page(1.0).items()),
        rows,
    )
    .await;
}

#[tokio::test]
async fn pages_are_counted_while_there_are_more_items() {
    let page = |ids, more: Value| json!({"things": things(ids), "hasMore": more});
    let first = page("a", json!(true));
    let rows = [
        (
            vec![first.clone(), page("b", json!(false))],
            &["", "page=2"][..],
            "ab",
            "end",
        ),
        (
            vec![first, page("", json!(true))],
            &["", "page=2"],
            "a",
            "end",
        ),
        (vec![json!({"things": things("a")})], &[""], "a", "end"),
        (vec![page("a", json!(null))], &[""], "a", "end"),
        (
            vec![json!({"things": null, "hasMore": true})],
            &[""],
            "",
            "end",
        ),
    ];
    check(|client| Box::pin(client.by_more_pages().items()), rows).await;
    let page = |ids| json!({"things": things(ids), "totalResults": 3.0});
    let rows = [(
        vec![page("ab"), page("c")],
        &["", "page=2"][..],
        "abc",
        "end",
    )];
    check(|client| Box::pin(client.by_total_count().items()), rows).await;
    // What came before the first page is not known.
    let rows = [(
        vec![page("c"), page("")],
        &["page=2", "page=3"][..],
        "c",
        "end",
    )];
    check(
        |client| Box::pin(client.by_total_count().page(2).items()),
        rows,
    )
    .await;
}
