//! The header `Link`, and URLs in a response.

use futures_util::TryStreamExt as _;
use serde_json::json;
use tests::fixtures::openapi_pages::Client;
use tests::recorder::ResponseTemplate;

use super::{Case, Listed, ok, things};

/// A response that is a list, with a header.
fn linked(ids: &str, link: &'static str) -> ResponseTemplate {
    ok(things(ids)).header("link", link)
}

fn list(client: &Client) -> Listed {
    Box::pin(client.by_link().items())
}

#[tokio::test]
async fn next_link_is_followed_until_there_is_none() {
    for (first, second) in [
        (r#"</linked?page=2>; rel="next""#, "page=2"),
        (
            r#"</linked?page=1>; rel="prev", </linked?page=2>; REL=Next"#,
            "page=2",
        ),
        (r#"<?page=2>; rel="last next"; title="a, b""#, "page=2"),
        (r#"<elsewhere?page=2&evil=1>; rel="next""#, "page=2"),
        (
            r#"</linked?per_page=9&page=2&q=x%26y>; rel="next""#,
            "page=2&per_page=9&q=x%26y",
        ),
        (
            r#"</linked?page=2&access_token=redacted&q=>; rel="next""#,
            "page=2",
        ),
    ] {
        let case = Case {
            list,
            responses: vec![linked("ab", first), linked("c", r#"</>; rel="prev""#)],
            queries: &["", second],
            ids: "abc",
            end: "end",
        };
        case.check().await;
    }
}

#[tokio::test]
async fn first_next_link_of_all_header_lines_counts() {
    let (one, two, none) = ("page=1", "page=2", "");
    for (lines, expected) in [
        (&[""][..], none),
        (&[" , ,"], none),
        (&["<?page=1>;rel=next"], one),
        (&["<?page=1> ; REL = NEXT ; x"], one),
        (&[r#"<?page=1>; rel="nextpage""#], none),
        (&[r#"<?page=1>; rel="prev"; rel="next""#], none),
        (&[r#"<?page=1>; rel="prev",<?page=2>; rel="next","#], two),
        (&[r#"<?page=1>; rel="prev""#, "<?page=2>; rel=next"], two),
        (&["<?page=1>; rel=next", "<?page=2>; rel=next"], one),
        (&["<?page=1&x=1,2;3>; rel=next"], one),
        (&[r#"<?page=1>; title="b, <c>; rel=\"x\""; rel=next"#], one),
        (&[r#"<?page=1>; title="é"; rel=next"#], one),
        (&["<?page=1>; rel=next; title*=UTF-8''x%2c"], one),
        (&["<?page=1>; rel=next; anchor=\"/b\""], none),
        (&["<?page=1>;; rel=next;"], one),
        (&["<?page=1>; rel=next, nonsense"], one),
    ] {
        let mut first = ok(things("a"));
        for line in lines {
            first = first.header("link", line);
        }
        let (queries, ids) = match expected {
            "" => (vec![""], "a"),
            next => (vec!["", next], "ab"),
        };
        let case = Case {
            list,
            responses: vec![first, ok(things("b"))],
            queries: &queries,
            ids,
            end: "end",
        };
        case.check().await;
    }
}

#[tokio::test]
async fn link_of_several_lines_and_an_empty_page_are_followed() {
    let first = linked("", r#"</linked?page=1>; rel="first""#);
    let first = first.header("link", r#"</linked?page=2>; rel="next""#);
    let case = Case {
        list: |client| Box::pin(client.by_link().per_page(5).q("x").items()),
        responses: vec![first, linked("a", "")],
        queries: &["per_page=5&q=x", "per_page=5&q=x&page=2"],
        ids: "a",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn link_that_cannot_be_used_is_an_error_after_its_page() {
    for link in [
        r#"<https://evil.example/linked?page=2>; rel="next""#,
        r#"<//evil.example/linked?page=2>; rel="next""#,
        r#"<javascript:page=2>; rel="next""#,
        r#"<http://[?page=2>; rel="next""#,
        r#"</linked?cursor=2>; rel="next""#,
        r#"</linked?page=>; rel="next""#,
        r#"</linked?page=2; rel="next""#,
        r#"/linked?page=2; rel="next""#,
        "</linked?page=2> rel=next",
        r#"</linked?page=2>; rel="next"#,
        r#"</linked?page=2>; rel="next\"#,
        r#"</linked?page=2>; rel="next"x"#,
        "next",
    ] {
        let case = Case {
            list,
            responses: vec![linked("a", link), linked("b", "")],
            queries: &[""],
            ids: "a",
            end: "foreign page",
        };
        case.check().await;
    }
}

#[tokio::test]
async fn link_to_a_page_that_was_there_is_an_error() {
    let to_1 = r#"</linked?page=1>; rel="next""#;
    let to_2 = r#"</linked?page=2&per_page=8>; rel="next""#;
    let case = Case {
        list,
        responses: vec![linked("a", to_2), linked("b", to_2)],
        queries: &["", "page=2&per_page=8"],
        ids: "ab",
        end: "repeated page",
    };
    case.check().await;
    let case = Case {
        list: |client| Box::pin(client.by_link().page(1).items()),
        responses: vec![linked("a", to_2), linked("b", to_1)],
        queries: &["page=1", "page=2&per_page=8"],
        ids: "ab",
        end: "repeated page",
    };
    case.check().await;
}

#[tokio::test]
async fn position_of_the_first_page_gives_way_to_that_of_the_link() {
    let found = |ids| ok(json!({"count": 9, "items": things(ids)}));
    let first = found("a").header("LINK", r#"</linked-since?after=x>; rel="next""#);
    let case = Case {
        list: |client| Box::pin(client.by_link_since().since(7).items()),
        responses: vec![first, found("b")],
        queries: &["since=7", "after=x"],
        ids: "ab",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn url_in_the_response_may_ask_by_any_of_several_parameters() {
    let page =
        |ids, next: &str| ok(json!({"things": things(ids), "links": {"pages": {"next": next}}}));
    let case = Case {
        list: |client| Box::pin(client.by_some_url().items()),
        responses: vec![
            page("a", "/x?page=2"),
            page("b", "/x?cursor=c"),
            page("c", ""),
        ],
        queries: &["", "page=2", "cursor=c"],
        ids: "abc",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn names_of_properties_may_have_dots() {
    let next = json!({"value": things("a"), "@odata.nextLink": "/x?$skiptoken=t"});
    let case = Case {
        list: |client| Box::pin(client.by_odata().items()),
        responses: vec![ok(next), ok(json!({"value": things("b")}))],
        queries: &["", "$skiptoken=t"],
        ids: "ab",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn link_of_the_same_server_may_be_absolute() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let link = format!(r#"<{url}/linked?page=2>; rel="next""#);
    let app = axum::Router::new().fallback(move |uri: axum::http::Uri| async move {
        let link = if uri.query().is_none() {
            link
        } else {
            String::new()
        };
        ([("link", link)], things("a").to_string())
    });
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let mut pages = client.by_link().pages();
    assert_eq!(pages.next_page_token(), None);
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.next_page_token(), Some("2"));
    let page = pages.try_next().await.unwrap().unwrap();
    assert_eq!(page.body().len(), 1);
    assert!(pages.try_next().await.unwrap().is_none());
    serving.abort();
}
