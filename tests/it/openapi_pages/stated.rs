//! Lists of which the manifest says how they are paged.

use futures_util::TryStreamExt as _;
use serde_json::{Value, json};

use super::{Case, ok, things};

/// Entries in a map.
fn entries(ids: &str) -> Value {
    let entries = ids
        .chars()
        .map(|id| (id.to_string(), json!({"id": id.to_string()})));
    entries.collect()
}

#[tokio::test]
async fn stated_list_goes_on_until_a_page_is_empty() {
    let case = Case {
        list: |client| Box::pin(client.until_empty().items()),
        responses: ["ab", "c", ""].map(|ids| ok(things(ids))).into(),
        queries: &["", "page=2", "page=3"],
        ids: "abc",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn stated_list_ends_where_a_property_says_so() {
    let page =
        |ids, name: &str, value: i64| ok(json!({"entries": entries(ids), "info": {name: value}}));
    let case = Case {
        list: |client| Box::pin(client.to_the_last().items().map_ok(|(_, it)| it)),
        responses: vec![page("ab", "last", 2), page("c", "last", 2)],
        queries: &["", "p=2"],
        ids: "abc",
        end: "end",
    };
    case.check().await;
    let case = Case {
        list: |client| Box::pin(client.stated_offset().items().map_ok(|(_, it)| it)),
        responses: vec![page("ab", "size", 3), page("c", "size", 3)],
        queries: &["", "from=2"],
        ids: "abc",
        end: "end",
    };
    case.check().await;
    let case = Case {
        list: |client| Box::pin(client.stated_number().items().map_ok(|(_, it)| it)),
        responses: vec![page("ab", "then", 70), page("c", "other", 0)],
        queries: &["", "after=70"],
        ids: "abc",
        end: "end",
    };
    case.check().await;
}

#[tokio::test]
async fn stated_link_is_followed() {
    let next = r#"</stated/link?marker=m>; rel="next""#;
    let case = Case {
        list: |client| Box::pin(client.stated_link().items()),
        responses: vec![ok(things("a")).header("link", next), ok(things("b"))],
        queries: &["", "marker=m"],
        ids: "ab",
        end: "end",
    };
    case.check().await;
}
