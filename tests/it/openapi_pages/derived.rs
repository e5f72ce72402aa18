//! What the generator finds out of a document.

use std::collections::BTreeMap;

/// How each operation of the document is paged.
fn paging() -> BTreeMap<String, String> {
    let folder = "tests/fixtures/accepted";
    let text = crate::support::read(&format!("{folder}/openapi_pages.yaml"));
    let generated = crate::support::generate_from(folder, "openapi_pages", &text);
    let requests = generated.files.iter().find(|it| it.path == "requests.rs");
    let requests = requests.unwrap().text.split("\n});").map(|request| {
        let id = request.split("Operation::").nth(1).unwrap_or_default();
        let id = id.split('"').nth(1).unwrap_or_default();
        let paging = request.split("paging: runtime::Paging::").nth(1);
        let paging = paging.and_then(|it| it.split(';').next()).unwrap_or("none");
        let words = paging.split_whitespace().collect::<String>();
        (id.to_owned(), words)
    });
    requests.filter(|(id, _)| !id.is_empty()).collect()
}

#[test]
fn list_is_paged_as_its_document_says() {
    let found = paging();
    for (id, expected) in [
        ("by_link", r#"link(&["page"]).also(&["per_page","q"])"#),
        ("by_link_since", r#"link(&["after","since"])"#),
        (
            "by_some_url",
            r#"url(&["cursor","page"]).next("links.pages.next")"#,
        ),
        (
            "by_odata",
            r#"url(&["$skiptoken"]).next("@odata.nextLink")"#,
        ),
        (
            "by_next_page",
            r#"page("page").first(1).next("meta.pagination.next_page").items("things")"#,
        ),
        (
            "by_last_page",
            r#"page("page").current("meta.current_page").last("meta.last_page").items("data")"#,
        ),
        (
            "by_pages",
            r#"page("pageNumber").first(0).pages("page.totalPages").items("content")"#,
        ),
        (
            "by_current",
            r#"page("page").current("page.number").pages("page.totalPages").items("content")"#,
        ),
        (
            "by_more_pages",
            r#"page("page").first(1).more("hasMore").items("things")"#,
        ),
        (
            "by_total_count",
            r#"page("page").first(1).total("totalResults").items("things")"#,
        ),
        (
            "by_total",
            r#"offset("offset").first(0).total("total").items("items")"#,
        ),
        (
            "by_index",
            r#"offset("startIndex").first(1).total("totalResults").items("things")"#,
        ),
        (
            "by_more",
            r#"offset("skip").first(0).more("hasMore").items("things")"#,
        ),
        (
            "by_next_offset",
            r#"offset("start").next("nextStart").items("things")"#,
        ),
        ("until_empty", r#"page("page").first(1)"#),
        (
            "to_the_last",
            r#"page("p").first(1).last("info.last").items("entries")"#,
        ),
        (
            "stated_offset",
            r#"offset("from").first(0).total("info.size").items("entries")"#,
        ),
        ("stated_link", r#"link(&["marker"])"#),
        ("stated_number", r#"query("after").next("info.then")"#),
    ] {
        assert_eq!(found.get(id).map(String::as_str), Some(expected), "{id}");
    }
}

#[test]
fn list_in_doubt_is_not_paged() {
    let found = paging();
    let in_doubt = found.iter().filter(|(id, _)| id.starts_with("in_doubt"));
    let in_doubt: Vec<_> = in_doubt.collect();
    assert_eq!(in_doubt.len(), 11);
    for (id, paging) in in_doubt {
        assert_eq!(paging, "none", "{id}");
    }
}
