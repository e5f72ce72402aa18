//! What the generator finds out of a document.

use std::collections::BTreeMap;

use codegen::{Client, Source};
use serde_json::{Value, json};

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
        (
            "by_last_item",
            r#"query("starting_after").next("data[].id").more("has_more")"#,
        ),
        (
            "by_last_id",
            r#"query("after").next("last_id").more("has_more")"#,
        ),
        ("stated_item", r#"query("behind").next("rows[].number")"#),
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

/// A document with one operation, which has these parameters and returns this, with the header `Link` or
/// without.
pub(super) fn document(
    verb: &str,
    parameters: &Value,
    schema: &Value,
    header: Option<&str>,
) -> String {
    let headers: Value = header
        .map(|name| (name.to_owned(), json!({"schema": {"type": "string"}})))
        .into_iter()
        .collect();
    let content = json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://x.example"}],
        "paths": {"/things": {verb: {
            "operationId": "list",
            "parameters": parameters,
            "responses": {"200": {"description": "D", "headers": headers, "content": content}},
        }}},
        "components": {"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"}}}}},
    })
    .to_string()
}

/// A parameter of the query.
pub(super) fn query(name: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "schema": schema})
}

/// A response with things, and with these properties besides.
pub(super) fn page(more: Value) -> Value {
    let things = json!({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}});
    let mut properties = json!({"things": things});
    for (name, schema) in more.as_object().unwrap() {
        properties[name] = schema.clone();
    }
    json!({"type": "object", "properties": properties})
}

/// Whether the list of a document is paged.
pub(super) fn is_paged(document: &str) -> bool {
    let source = Source {
        name: "document.json",
        text: document,
    };
    let generated = codegen::generate(&Client::new("x", source.name, &["**"]), &source);
    let files = generated
        .unwrap_or_else(|problem| panic!("{problem}"))
        .files;
    let requests = files.iter().find(|it| it.path == "requests.rs").unwrap();
    requests.text.contains("paging: ")
}

#[test]
fn list_in_doubt_is_not_paged() {
    let integer = || json!({"type": "integer"});
    let from_1 = || json!({"type": "integer", "default": 1});
    let by = |schema| json!([query("page", schema)]);
    let offset = |about: &str| json!([{"name": "offset", "in": "query", "description": about, "schema": integer()}]);
    let pages = || page(json!({"total_pages": integer()}));
    let total = |about: &str| page(json!({"total": {"type": "integer", "description": about}}));
    let list = json!({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}});
    let link = Some("Link");
    for (parameters, schema, header, what) in [
        (by(from_1()), &list, None, "a list without a header"),
        (
            json!([query("limit", integer())]),
            &list,
            link,
            "a link by an unknown parameter",
        ),
        (
            by(from_1()),
            &json!({"type": "array", "items": {"type": "string"}}),
            link,
            "a list of texts",
        ),
        (
            by(from_1()),
            &json!({"$ref": "#/components/schemas/Thing"}),
            link,
            "one thing",
        ),
        (
            json!([query("page", from_1()), query("offset", integer())]),
            &pages(),
            None,
            "two parameters",
        ),
        (
            json!([
                query("page", from_1()),
                query("cursor", json!({"type": "string"}))
            ]),
            &pages(),
            None,
            "a cursor beside",
        ),
        (
            by(from_1()),
            &page(json!({"count": integer()})),
            None,
            "no end",
        ),
        (
            by(from_1()),
            &page(json!({"total": integer()})),
            None,
            "a total of pages or of items",
        ),
        (
            by(from_1()),
            &page(json!({"total_pages": {"type": "string"}})),
            None,
            "a total that is text",
        ),
        (by(integer()), &pages(), None, "no beginning"),
        (
            by(json!({"type": "integer", "minimum": 0})),
            &pages(),
            None,
            "a minimum that is no default",
        ),
        (
            by(json!({"type": "integer", "default": 10})),
            &pages(),
            None,
            "a default that is no first page",
        ),
        (
            by(json!({"type": "string"})),
            &pages(),
            None,
            "a page that is text",
        ),
        (
            json!([query("start", integer())]),
            &total(""),
            None,
            "an offset that may begin with 1",
        ),
        (
            json!([query("start", json!({"type": "string"}))]),
            &total(""),
            None,
            "a start that is a time",
        ),
        (
            offset("The number of pages to skip."),
            &total(""),
            None,
            "an offset of pages",
        ),
        (
            offset(""),
            &total("How many there are in this page."),
            None,
            "a total of the page",
        ),
        (
            offset(""),
            &total("The number of entries may be less than it."),
            None,
            "a total of more than the items",
        ),
    ] {
        let document = document("get", &parameters, schema, header);
        assert!(!is_paged(&document), "{what}");
    }
    for (verb, expected) in [("get", true), ("post", false)] {
        let document = document(verb, &by(from_1()), &pages(), None);
        assert_eq!(is_paged(&document), expected, "{verb}");
        let document = self::document(verb, &by(from_1()), &list, Some("LINK"));
        assert_eq!(is_paged(&document), expected, "{verb}");
    }
}
