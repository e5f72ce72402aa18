//! Servers of operations.

use codegen::{Client, Source};
use serde_json::{Value, json};

use super::openapi;

/// The server of the only operation of a document, and whether another one of it is told to be left out.
fn of_operation(servers: Value, own: Value) -> (Option<String>, bool) {
    let mut spec = openapi(servers);
    spec["paths"]["/a"]["get"]["servers"] = own;
    let text = spec.to_string();
    let source = Source {
        name: "spec.json",
        text: &text,
    };
    let client = Client::new("x", "spec.json", &["**"]);
    let generated = codegen::generate(&client, &source).unwrap();
    let code = generated.files.iter().find(|it| it.path == "requests.rs");
    let (_, after) = code.unwrap().text.split_once("/a").unwrap();
    let server = after.split_once(".server(\"");
    let server = server.map(|(_, rest)| rest.split_once('"').unwrap().0.to_owned());
    let place = "#/paths/~1a/get/servers/0";
    let mut notes = generated.summary.notes.iter();
    (server, notes.any(|note| note.about == place))
}

#[test]
fn an_operation_is_called_on_its_own_server_or_it_is_told() {
    let rows = [
        (
            "https://a.example/v1",
            "https://b.example/c",
            Some("https://b.example/c"),
            false,
        ),
        (
            "https://a.example/v1",
            "/c",
            Some("https://a.example/c"),
            false,
        ),
        ("https://a.example/v1", "https://a.example/v1", None, false),
        ("https://a.example/v1", "http://b.example/c", None, true),
        (
            "https://a.example/v1",
            "https://{host}.example/c",
            None,
            true,
        ),
        (
            "/v1",
            "https://b.example/c",
            Some("https://b.example/c"),
            false,
        ),
        ("/v1", "/v1", None, false),
        ("/v1", "/c", None, true),
        ("http://localhost/v1", "http://localhost/v1", None, false),
        ("http://localhost/v1", "http://localhost/c", None, true),
        ("http://a.example/v1", "http://b.example/v1", None, true),
    ];
    for (servers, own, server, is_told) in rows {
        let found = of_operation(json!([{ "url": servers }]), json!([{ "url": own }]));
        assert_eq!(
            found,
            (server.map(str::to_owned), is_told),
            "{servers} {own}"
        );
    }
    let found = of_operation(json!(null), json!([{ "url": "/" }]));
    assert_eq!(found, (None, false));
}
