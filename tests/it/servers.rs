//! Where an API is: what the spec says, what a maintainer says, and what is left to whoever builds the
//! client.

mod of_operations;

use codegen::{Client, Source};
use serde_json::{Value, json};
use tests::fixtures::{narrow_scopes, openapi_frameworks};

use generated_client::runtime::Api as _;

/// The base URL of the client of a spec, and the path that it is said to end in. `stated` is what a
/// maintainer says.
fn base_url(spec: &Value, stated: Option<&str>) -> Result<(Option<String>, String), String> {
    let mut client = Client::new("x", "spec.json", &["**"]);
    if let Some(url) = stated {
        client = client.server(url, "--server");
    }
    let text = spec.to_string();
    let source = Source {
        name: "spec.json",
        text: &text,
    };
    let generated = codegen::generate(&client, &source).map_err(|wrong| wrong.to_string())?;
    let code = generated.files.iter().find(|it| it.path == "client.rs");
    let code = &code.unwrap().text;
    let between = |start: &str, end: &str| {
        let (_, after) = code.split_once(start)?;
        Some(after.split_once(end)?.0.to_owned())
    };
    let url = between("BASE_URL: Option<&'static str> = Some(\"", "\")");
    assert_eq!(url.is_none(), code.contains("= None;"));
    let note = generated
        .summary
        .notes
        .iter()
        .any(|it| it.about == "the spec");
    assert_eq!(url.is_none(), note, "a maintainer is told");
    Ok((url, between("The URL ends in `", "`").unwrap_or_default()))
}

fn openapi(servers: Value) -> Value {
    let mut spec = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "204": { "description": "" } } } } },
    });
    if !servers.is_null() {
        spec["servers"] = servers;
    }
    spec
}

fn discovery(root: &str, path: &str) -> Value {
    json!({ "discoveryVersion": "v1", "name": "a", "version": "v1", "rootUrl": root, "servicePath": path })
}

fn of(url: &str) -> Value {
    openapi(json!([{ "url": url }]))
}

#[test]
fn a_spec_without_a_public_server_leaves_the_base_url_open() {
    for (spec, path) in [
        (openapi(json!(null)), ""),
        (openapi(json!([])), ""),
        (of("/"), ""),
        (of(""), ""),
        (of("."), ""),
        (of("/api/v3"), "/api/v3"),
        (of("api/v3/"), "/api/v3"),
        (of("http://localhost:8080"), ""),
        (of("https://localhost/api"), "/api"),
        (of("http://127.0.0.1:3000/v1/"), "/v1"),
        (of("http://[::1]/v1"), "/v1"),
        (of("http://0.0.0.0:80"), ""),
        (of("http://api.localhost"), ""),
        (of("https://localhost./v1"), "/v1"),
        (of("https://api.localhost./v1"), "/v1"),
        (of("https://[::ffff:127.0.0.1]/v1"), "/v1"),
        (of("https://[::ffff:0.0.0.0]/v1"), "/v1"),
        (of("http://api.example.com/v1"), "/v1"),
        (of("https://{host}/v2"), "/v2"),
        (of("{scheme}://{host}:{port}/v2/{tenant}"), ""),
        (
            discovery("http://localhost:8080/", "library/v1/"),
            "/library/v1",
        ),
        (discovery("https://127.0.0.1/", ""), ""),
    ] {
        let expected = Ok((None, path.to_owned()));
        assert_eq!(base_url(&spec, None), expected, "{}", spec["servers"]);
    }
}

#[test]
fn the_first_public_server_is_the_base_url() {
    let variables = json!([{
        "url": "https://{region}.example.com:{port}/{version}/",
        "variables": {
            "region": { "default": "eu" }, "port": { "default": 8443 }, "version": { "default": "v1" },
        },
    }]);
    for (spec, url) in [
        (of("https://api.example.com"), "https://api.example.com"),
        (
            of("https://API.example.com/v1/"),
            "https://api.example.com/v1",
        ),
        (of("//api.example.com/v1"), "https://api.example.com/v1"),
        (openapi(variables), "https://eu.example.com:8443/v1"),
        (
            openapi(
                json!([{ "url": "/v1" }, { "url": "http://a.example" }, { "url": "https://b.example" }]),
            ),
            "https://b.example",
        ),
        (
            discovery("https://a.example.com/", "library/v1/"),
            "https://a.example.com/library/v1",
        ),
        // The host ends where it ends.
        (
            discovery("https://a.example.com", ".evil.example/"),
            "https://a.example.com/.evil.example",
        ),
    ] {
        assert_eq!(
            base_url(&spec, None),
            Ok((Some(url.to_owned()), String::new()))
        );
    }
}

#[test]
fn a_stated_server_without_the_path_of_the_spec_is_told() {
    for (spec, stated, path) in [
        (of("/api/v3"), "https://host.example", Some("/api/v3")),
        (
            of("https://api.example.com/v1"),
            "https://host.example/",
            Some("/v1"),
        ),
        (
            discovery("https://a.example/", "library/v1/"),
            "https://host.example",
            Some("/library/v1"),
        ),
        (of("/api/v3"), "https://host.example/v4", None),
        (of("https://api.example.com"), "https://host.example", None),
        (openapi(json!(null)), "https://host.example", None),
    ] {
        let text = spec.to_string();
        let source = Source {
            name: "spec.json",
            text: &text,
        };
        let client = Client::new("x", "spec.json", &["**"]).server(stated, "--server");
        let notes = codegen::generate(&client, &source).unwrap().summary.notes;
        let notes = notes
            .iter()
            .filter(|it| it.kind == codegen::NoteKind::Server);
        let told: Vec<_> = notes.map(|it| it.what.clone()).collect();
        let expected = path.map(|path| {
            format!(
                "the server that is stated has no path, and that of the spec has `{path}`: calls go without it"
            )
        });
        assert_eq!(told, Vec::from_iter(expected), "{spec:#}");
    }
}

#[test]
fn a_stated_server_is_the_whole_base_url() {
    let host = "https://host.example";
    for (spec, stated, url) in [
        (
            openapi(json!(null)),
            "https://host.example/",
            "https://host.example",
        ),
        (
            of("/"),
            "https://host.example/base/",
            "https://host.example/base",
        ),
        (of("/api/v3"), host, host),
        (
            of("/api/v3"),
            "https://host.example/v4",
            "https://host.example/v4",
        ),
        (
            of("http://localhost:8080/api"),
            "https://host.example/api",
            "https://host.example/api",
        ),
        (of("https://api.example.com/v1"), host, host),
        (of("/v1"), "http://localhost:9000", "http://localhost:9000"),
        (
            of("/v1"),
            "http://127.0.0.1:9000/v1/",
            "http://127.0.0.1:9000/v1",
        ),
        // What is wrong with the spec's own server does not count any more.
        (of("https://user:secret@api.example.com/v1"), host, host),
        (
            discovery("http://localhost:8080/", "library/v1/"),
            host,
            host,
        ),
    ] {
        let found = base_url(&spec, Some(stated));
        assert_eq!(found, Ok((Some(url.to_owned()), String::new())), "{stated}");
    }
    for stated in [
        "",
        "/v1",
        "host.example",
        "http://host.example",
        "http://0.0.0.0",
        "ftp://host.example",
        "https://u:p@host.example",
        "https://host.example?a",
        "https://host.example#a",
        "https://host.example/\nx",
        "https://ho st.example",
        "https:\\\\host.example",
    ] {
        let refused = base_url(&of("/v1"), Some(stated)).unwrap_err();
        assert!(refused.starts_with("--server: "), "{stated:?}: {refused}");
    }
}

#[test]
fn invalid_servers_are_refused() {
    for url in [
        "https://user@api.example.com",
        "https://user:secret@api.example.com",
        "https://a.example/?q",
        "/v1?q=1",
        "/v1#f",
        "https://a.example#f",
        "https://a.example/\nv1",
        "/v1\r\nx: y",
        "/v 1",
        "https://a.example\\v1",
        "ftp://a.example",
        "localhost:8080/v1",
        "https://",
        "https://a b.example",
        "https://u:p@{host}/",
        "https://{host}/?a={b}",
        "https://{host}/\nx",
    ] {
        assert_eq!(base_url(&of(url), None).unwrap().0, None, "{url:?}");
        if !url.contains('{') && url != "localhost:8080/v1" && !url.starts_with('/') {
            let refused = base_url(&discovery(url, ""), None).unwrap_err();
            assert!(
                refused.starts_with("spec.json:#/rootUrl: "),
                "{url:?}: {refused}"
            );
        }
    }
    let refused = base_url(&discovery("https://a.example/", "v1?a"), None).unwrap_err();
    assert!(
        refused.starts_with("spec.json:#/servicePath: "),
        "{refused}"
    );
}

#[test]
fn a_client_without_a_server_needs_a_base_url() {
    let error = openapi_frameworks::Client::builder().build().unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert!(error.to_string().contains("`base_url`"), "{error}");
    let built = openapi_frameworks::Client::builder().base_url("https://host.example/api/v3");
    let runtime = built.build().unwrap();
    assert_eq!(runtime.runtime().base_url(), "https://host.example/api/v3");
    assert_eq!(openapi_frameworks::Client::BASE_URL, None);
    // The manifest names this one's.
    let stated = narrow_scopes::Client::BASE_URL;
    assert_eq!(stated, Some("https://library.example.com/library/v1"));
}
