//! Lists whose next page begins behind the last item of a page.

use futures_util::TryStreamExt as _;
use serde_json::{Value, json};
use tests::fixtures::openapi_pages::Client;
use tests::fixtures::openapi_pages::types::Thing;

use super::{Listed, check, things};

fn thing(id: impl Into<Option<String>>) -> Thing {
    let mut thing = Thing::default();
    thing.id = id.into();
    thing
}

fn by_last_item(client: &Client) -> Listed {
    Box::pin(client.by_last_item().items().map_ok(|it| thing(it.id)))
}

fn page(ids: &str, more: impl Into<Value>) -> Value {
    json!({"data": things(ids), "has_more": more.into()})
}

#[tokio::test]
async fn list_goes_on_behind_its_last_item_while_there_are_more() {
    let repeated = "repeated page";
    check(
        by_last_item,
        [
            (
                vec![page("ab", true), page("cd", true), page("e", false)],
                &["", "starting_after=b", "starting_after=d"] as &[_],
                "abcde",
                "end",
            ),
            (vec![page("", false)], &[""], "", "end"),
            (vec![page("a", Value::Null)], &[""], "a", "end"),
            (
                vec![page("ab", true), page("", true)],
                &["", "starting_after=b"],
                "ab",
                repeated,
            ),
            (
                vec![page("ab", true), page("ab", true)],
                &["", "starting_after=b"],
                "abab",
                repeated,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn list_goes_on_behind_the_id_that_its_response_holds() {
    let page = |ids, last: Value, more: bool| json!({"data": things(ids), "last_id": last, "has_more": more});
    check(
        |client| Box::pin(client.by_last_id().items()),
        [
            (
                vec![page("ab", json!("b"), true), page("c", json!("c"), false)],
                &["", "after=b"] as &[_],
                "abc",
                "end",
            ),
            (vec![page("", Value::Null, false)], &[""], "", "end"),
        ],
    )
    .await;
}

#[tokio::test]
async fn stated_list_goes_on_behind_a_property_of_its_last_item() {
    let page = |ids: &str, number: i64| {
        let rows = ids.chars().zip(number..);
        let rows =
            rows.map(|(id, number)| json!({"number": number, "thing": {"id": id.to_string()}}));
        json!({"rows": rows.collect::<Value>()})
    };
    check(
        |client| {
            let rows = client.stated_item().items();
            Box::pin(rows.map_ok(|it| it.thing.unwrap_or_default()))
        },
        [(
            vec![page("ab", 7), page("c", 20), page("", 0)],
            &["", "behind=8", "behind=20"] as &[_],
            "abc",
            "end",
        )],
    )
    .await;
}

#[tokio::test]
async fn stated_list_may_be_the_response_itself() {
    check(
        |client| Box::pin(client.stated_list_behind().items()),
        [(
            vec![things("ab"), things("c"), things("")],
            &["", "since=b", "since=c"] as &[_],
            "abc",
            "end",
        )],
    )
    .await;
}
