//! What is generated from the fixtures is run.

use serde_json::json;
use tests::fixtures::{
    argument_names, bodies, equal_names, flat_path, parameters, placeholder_names, service_path,
};
use tests::recorder::{Received, Recorder, ResponseTemplate};

pub async fn recorder(responses: &[&str]) -> Recorder {
    Recorder::start(responses.iter().copied().map(ResponseTemplate::ok))
        .await
        .unwrap()
}

/// The method, the target and the body of each request.
pub fn requests(server: &Recorder) -> Vec<(String, String, String)> {
    let received = server.take().into_iter();
    received
        .map(|each: Received| (each.method, each.target, each.body))
        .collect()
}

pub fn request(method: &str, target: &str, body: &str) -> (String, String, String) {
    (method.to_owned(), target.to_owned(), body.to_owned())
}

#[tokio::test]
async fn the_service_path_is_part_of_the_url() {
    use generated_client::runtime::Api as _;
    assert_eq!(
        service_path::Client::BASE_URL,
        Some("https://library.example.com/drive/v3")
    );
    let server = recorder(&["{}"]).await;
    let base_url = format!("{}/drive/v3/", server.base_url());
    let client = service_path::Client::builder()
        .base_url(base_url)
        .build()
        .unwrap();
    client.files().get("x").send().await.unwrap();
    assert_eq!(requests(&server), [request("GET", "/drive/v3/files/x", "")]);
}

#[tokio::test]
async fn methods_with_one_flat_path_call_their_own_urls() {
    use flat_path::names::{ShelfName, ShelvesBooksName};
    let server = recorder(&["{}"]).await;
    let client = flat_path::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let (shelf, book) = (
        ShelfName::new("s").unwrap(),
        ShelvesBooksName::new("s", "b").unwrap(),
    );
    client.shelves().get(&shelf).send().await.unwrap();
    client.shelves().books().get(&book).send().await.unwrap();
    client
        .shelves()
        .books()
        .move_(&book, &shelf)
        .send()
        .await
        .unwrap();
    client
        .shelves()
        .books()
        .page(&book, "7")
        .send()
        .await
        .unwrap();
    let books = flat_path::names::ShelvesBooksCollectionName::new("s").unwrap();
    client.shelves().books().list(&books).send().await.unwrap();
    assert_eq!(
        requests(&server),
        [
            request("GET", "/v1/shelves/s", ""),
            request("GET", "/v1/shelves/s/books/b", ""),
            request("POST", "/v1/shelves/s/books/b/to/shelves/s:move", ""),
            request("GET", "/v1/shelves/s/books/b/pages/7", ""),
            request("GET", "/v1/shelves/s/books", ""),
        ]
    );
}

#[tokio::test]
async fn query_parameters_keep_their_name_and_form() {
    use parameters::types::{SearchOrdersItem, SearchView};
    let server = recorder(&["{}"]).await;
    let client = parameters::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    client.search("a&b").send().await.unwrap();
    let request = client
        .search("q")
        .ids([i64::MAX, i64::MIN])
        .view(SearchView::Full)
        .orders([SearchOrdersItem::Desc, "SIDEWAYS".into()])
        .limit(0)
        .exact(false)
        .max_results(7)
        .options_requested_policy_version(3)
        .page_size2("hyphen")
        .page_size(9)
        .since("2026-11-22T02:08:57+05:30".parse().unwrap())
        .type_("t");
    request.send().await.unwrap();
    let mut received = server.take();
    assert_eq!(received.remove(0).query(), "query=a%26b");
    let mut pairs: Vec<&str> = received[0].query().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "exact=false",
            "ids=-9223372036854775808",
            "ids=9223372036854775807",
            "limit=0",
            "max-results=7",
            "options.requestedPolicyVersion=3",
            "orders=DESC",
            "orders=SIDEWAYS",
            "page-size=hyphen",
            "pageSize=9",
            "query=q",
            "since=2026-11-22T02%3A08%3A57%2B05%3A30",
            "type=t",
            "view=FULL",
        ]
    );
}

#[tokio::test]
async fn arguments_keep_their_position() {
    use argument_names::types::{Shelf, UpdateKind};
    let server = recorder(&["{}"]).await;
    let client = argument_names::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let shelf = Shelf::default();
    let update = client.update("me", "b", "x", "t", "h", 7, &shelf);
    let incomplete = update.optional("o").kind(UpdateKind::Small).header_map("m");
    let error = incomplete.clone().send().await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert!(
        error.to_string().contains("`request` is not set"),
        "{error}"
    );
    incomplete.request(["r", "s"]).send().await.unwrap();
    assert_eq!(
        requests(&server),
        [request(
            "PUT",
            "/v1/me/b/x/t/h/7?optional=o&kind=SMALL&header_map=m&request=r&request=s",
            "{}"
        )]
    );
}

#[tokio::test]
async fn literal_parts_of_paths_are_escaped() {
    let server = recorder(&["{}"]).await;
    let client = equal_names::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    client.strasse().send().await.unwrap();
    assert_eq!(requests(&server), [request("GET", "/stra%C3%9Fe%20b", "")]);
}

#[tokio::test]
async fn parts_may_have_the_name_of_a_method() {
    let server = recorder(&["{}"]).await;
    let client = placeholder_names::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let name = "old/a/current/b/next/c";
    let name: placeholder_names::names::OldCurrentNextName = name.parse().unwrap();
    assert_eq!((name.new_(), name.new2(), name.new3()), ("a", "b", "c"));
    client.items().get(&name).send().await.unwrap();
    assert_eq!(
        requests(&server),
        [request("GET", "/v1/old/a/current/b/next/c", "")]
    );
}

#[test]
fn properties_that_are_equal_in_nfc_are_two_fields() {
    let json = json!({ "\u{ac00}": "a", "\u{1100}\u{1161}": "b" });
    crate::round_trips::unchanged::<equal_names::types::Names>(&json);
    let kind = equal_names::types::NamesKind::from("A\u{30a}");
    assert_ne!(kind, "\u{c5}".into());
    assert_eq!(kind.as_str(), "A\u{30a}");
}

#[tokio::test]
async fn methods_send_their_request_body() {
    let server = recorder(&["{}"]).await;
    let client = bodies::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let mut shelf = bodies::types::Shelf::default();
    shelf.name = Some("n".to_owned());
    let mut inline = bodies::types::InlineRequest::default();
    inline.text = Some("t".to_owned());
    client.create(&shelf).send().await.unwrap();
    client.clear().send().await.unwrap();
    client.delete("1").send().await.unwrap();
    let patch = client.patch("1", &shelf).update_mask("name,size");
    patch.send().await.unwrap();
    client.patch("1", &shelf).send().await.unwrap();
    client.inline().body(&inline).send().await.unwrap();
    client.rename("1").send().await.unwrap();
    let mut rename = bodies::types::RenameRequest::default();
    rename.title = Some("t".to_owned());
    client.rename("1").body(&rename).send().await.unwrap();
    assert_eq!(
        requests(&server),
        [
            request("POST", "/v1/shelves", r#"{"name":"n"}"#),
            request("POST", "/v1/shelves:clear", "{}"),
            request("DELETE", "/v1/shelves/1", ""),
            request(
                "PATCH",
                "/v1/shelves/1?updateMask=name%2Csize",
                r#"{"name":"n"}"#
            ),
            request("PATCH", "/v1/shelves/1", r#"{"name":"n"}"#),
            request("POST", "/v1/inline", r#"{"text":"t"}"#),
            request("POST", "/v1/shelves/1:rename", "{}"),
            request("POST", "/v1/shelves/1:rename", r#"{"title":"t"}"#),
        ]
    );
}

#[tokio::test]
async fn a_post_without_a_body_has_content_length_zero() {
    let server = Recorder::start([ResponseTemplate::new(204, "")])
        .await
        .unwrap();
    let client = bodies::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let response = client.ping().send().await.unwrap();
    assert_eq!(response.status().as_u16(), 204);
    let received = server.take().remove(0);
    assert_eq!(
        (
            received.header("content-length"),
            received.header("content-type")
        ),
        (Some("0"), None)
    );
}
