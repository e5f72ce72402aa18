//! Lists whose next page begins behind the last item of a page.

use futures_util::TryStreamExt as _;
use serde_json::{Value, json};
use tests::fixtures::openapi_pages::Client;
use tests::fixtures::openapi_pages::types::Thing;

use super::derived::{document, is_paged, query};
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

#[test]
fn list_is_paged_behind_its_last_item_only_without_doubt() {
    let flag = json!({"type": "boolean"});
    let text = json!({"type": "string"});
    let list = |required: Value| json!({"type": "array", "items": {"type": "object", "required": required, "properties": {"id": {"type": "string"}}}});
    let with_ids = list(json!(["id"]));
    let of = |parameter: Value, properties: Value| {
        let schema = json!({"type": "object", "properties": properties});
        is_paged(&document("get", &json!([parameter]), &schema, None))
    };
    let after =
        |about: &str| json!({"name": "after", "in": "query", "description": about, "schema": text});
    let page = json!({"data": with_ids, "has_more": flag});
    let starting_after = || query("starting_after", text.clone());
    for (parameter, properties, expected, what) in [
        (starting_after(), page.clone(), true, "an id, and a flag"),
        (
            after("The ID before the page."),
            page.clone(),
            true,
            "what is said to be an id",
        ),
        (
            after("Only what is later than this time."),
            page.clone(),
            false,
            "a time",
        ),
        (
            query("starting_after", json!({"type": "integer"})),
            page,
            false,
            "a number",
        ),
        (starting_after(), json!({"data": with_ids}), false, "no end"),
        (
            starting_after(),
            json!({"data": list(json!([])), "has_more": flag}),
            false,
            "items that may have no id",
        ),
    ] {
        assert_eq!(of(parameter, properties), expected, "{what}");
    }
}
