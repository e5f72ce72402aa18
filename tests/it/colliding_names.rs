//! Names that collide: each is sent as it is written, and each renaming is a note.

use codegen::NoteKind;
use generated_client::runtime::Api as _;
use serde_json::json;
use tests::fixtures::colliding_names;

use crate::fixtures::{recorder, request, requests};
use crate::support::{generate_from, read};

#[tokio::test]
async fn colliding_names_are_sent_under_their_own_names() {
    use colliding_names::names::{FooBarName, FooBarName2};
    use colliding_names::types::{ListOptions, Self_};
    let server = recorder(&["{}"]).await;
    let client = colliding_names::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let get = client.shelves().get().page_token("snake");
    let get = get.page_token2("two").page_token3("camel");
    get.page_token4("hyphen").send().await.unwrap();
    client.shelves().list().send().await.unwrap();
    client.shelves().list_with().send().await.unwrap();
    client.shelves().list_pages().send().await.unwrap();
    client.all().send().await.unwrap();
    client.shelves().find().send().await.unwrap();
    client.shelves_find().send().await.unwrap();
    client.gen_("a").send().await.unwrap();
    client.s_k_ad().send().await.unwrap();
    client.x2().send().await.unwrap();
    let camel = FooBarName2::new("a").unwrap();
    client.camel(&camel).send().await.unwrap();
    client
        .again(&camel, &Default::default())
        .send()
        .await
        .unwrap();
    client
        .hyphen(&FooBarName::new("a").unwrap())
        .send()
        .await
        .unwrap();
    let query = "page_token=snake&page-token2=two&pageToken=camel&page-token=hyphen";
    let targets = [
        format!("/v1/shelves?{query}"),
        "/v1/list".to_owned(),
        "/v1/listWith".to_owned(),
        "/v1/listPages".to_owned(),
        "/v1/all".to_owned(),
        "/v1/one".to_owned(),
        "/v1/two".to_owned(),
        "/v1/gen/a".to_owned(),
        "/v1/sKAd".to_owned(),
        "/v1/2".to_owned(),
        "/v1/fooBar/a".to_owned(),
        "/v1/fooBar/a:again".to_owned(),
        "/v1/foo-bar/a".to_owned(),
    ];
    let called = targets.map(|target| match target.strip_suffix(":again") {
        Some(_) => request("POST", &target, "{}"),
        None => request("GET", &target, ""),
    });
    assert_eq!(requests(&server), called);
    crate::round_trips::unchanged::<Self_>(&json!({
        "self": "a", "Self": "b", "fooBar": "c", "foo_bar": "d", "foo-bar": "e", "foo_bar2": "f",
        "2": "g", "x2": "h", "\u{b2}": "i", "gen": "j", "aB1c": "k", "ab1c": "l",
    }));
    for value in [
        "ACTIVE",
        "active",
        "Active2",
        "SELF",
        "self",
        "UNRECOGNIZED",
        "",
        "+",
        "-",
        "1",
        "@2",
        "X2",
        "aB1c",
        "ab1c",
        "self2",
        "\u{b2}",
    ] {
        crate::round_trips::unchanged::<ListOptions>(&json!({ "state": value }));
    }
    assert_eq!(colliding_names::Client::OPERATIONS.len(), 13);
}

#[test]
fn every_renaming_is_a_note() {
    let folder = "tests/fixtures/accepted";
    let text = read(&format!("{folder}/colliding_names.json"));
    let notes = generate_from(folder, "colliding_names", &text)
        .summary
        .notes;
    let told = |about: &str, name: &str| {
        let what = format!("is called `{name}`");
        notes
            .iter()
            .any(|note| note.kind == NoteKind::Renamed && note.about == about && note.what == what)
    };
    for (about, name) in [
        ("library.shelves_find", "shelves_find2"),
        ("name fooBar/{fooBarId}", "FooBarName2"),
        ("parameter pageToken of library.shelves.get", "page_token3"),
        ("property Self_ foo-bar", "foo_bar4"),
        ("schema SKAd", "SkAd2"),
        ("value ListOptionsState \"unrecognized\"", "Unrecognized3"),
    ] {
        assert!(told(about, name), "{about}: {notes:#?}");
    }
    assert!(!told("name foo-bar/{foo-barId}", "FooBarName"));
}
