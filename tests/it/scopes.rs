//! The scopes that a client asks for: the narrowest that are enough, and a warning where they change.

use std::fs;

use codegen::{Client, NoteKind, Source};
use generated_client::runtime::Api as _;
use serde_json::{Value, json};
use tests::fixtures::{narrow_scopes, stated_scopes};

use crate::support::{public_spec, read, regenerate};

/// The scopes that a client of a spec asks for, without what they all begin with.
fn asked(spec: &str, operations: &[&str]) -> Vec<String> {
    let client = Client::new("x", "spec.json", operations);
    let source = Source {
        name: "spec.json",
        text: spec,
    };
    let files = codegen::generate(&client, &source).unwrap().files;
    let document = files.iter().find(|it| it.path == "openapi.json").unwrap();
    let document: Value = serde_json::from_str(&document.text).unwrap();
    let scopes = document["x-codegen-scopes"]
        .as_array()
        .into_iter()
        .flatten();
    let scopes = scopes.map(|scope| scope.as_str().unwrap());
    let short = |scope: &str| scope.replace("https://www.googleapis.com/auth/", "");
    scopes.map(short).collect()
}

/// A mailbox, with scopes that overlap as those of a real one do.
fn mail() -> String {
    let scope = |name: &str| match name {
        "full" => "https://mail.google.com/".to_owned(),
        name => format!("https://www.googleapis.com/auth/gmail.{name}"),
    };
    let methods = [
        (
            "get",
            "GET",
            "full addons.current.message.readonly metadata modify readonly",
        ),
        ("list", "GET", "full metadata modify readonly"),
        ("modify", "POST", "full modify"),
        ("send", "POST", "full compose modify send"),
        ("draft", "POST", "full compose modify"),
        ("label", "POST", "full labels modify"),
        ("labels", "GET", "full labels metadata modify readonly"),
        ("watch", "POST", "full metadata modify readonly"),
        ("delete", "DELETE", "full"),
        ("ping", "GET", ""),
    ];
    let methods = methods.map(|(name, verb, scopes)| {
        let scopes: Vec<_> = scopes.split_whitespace().map(scope).collect();
        let method = json!({
            "id": format!("gmail.{name}"), "httpMethod": verb, "path": name, "scopes": scopes,
        });
        (name.to_owned(), method)
    });
    let methods: serde_json::Map<_, _> = methods.into_iter().collect();
    json!({
        "discoveryVersion": "v1", "name": "gmail", "version": "v1", "methods": methods,
        "rootUrl": "https://gmail.example.com/",
    })
    .to_string()
}

#[test]
fn the_narrowest_sufficient_scopes_are_requested() {
    let mail = mail();
    for (operations, scopes) in [
        ("get", "gmail.readonly"),
        ("list", "gmail.readonly"),
        ("get list", "gmail.readonly"),
        ("get list labels", "gmail.readonly"),
        ("send", "gmail.send"),
        ("send draft", "gmail.compose"),
        ("get send", "gmail.readonly gmail.send"),
        ("modify", "gmail.modify"),
        // What is needed anyway is enough for the others.
        ("get list modify", "gmail.modify"),
        ("label labels", "gmail.labels"),
        ("get list delete", "https://mail.google.com/"),
        ("ping", ""),
    ] {
        let ids: Vec<_> = operations
            .split(' ')
            .map(|it| format!("gmail.{it}"))
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let expected: Vec<&str> = scopes.split_whitespace().collect();
        assert_eq!(asked(&mail, &ids), expected, "{operations}");
    }
}

#[test]
fn scopes_depend_on_the_whole_document_and_not_on_what_is_selected() {
    let spec = read("tests/fixtures/accepted/narrow_scopes.json");
    let of = |names: &[&str]| {
        let ids: Vec<_> = names
            .iter()
            .map(|it| format!("library.shelves.{it}"))
            .collect();
        asked(&spec, &ids.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(of(&["get"]), ["library.shelves.readonly"]);
    assert_eq!(of(&["get", "list"]), ["library.shelves.readonly"]);
    // One that allows more takes its place.
    assert_eq!(of(&["get", "list", "print"]), ["library.readonly"]);
    assert_eq!(
        of(&["get", "put"]),
        ["library.shelves", "library.shelves.readonly"]
    );
    assert_eq!(of(&["get", "put", "burn"]), ["library"]);
    let generated = narrow_scopes::Client::SCOPES;
    assert_eq!(
        generated,
        [
            "https://www.googleapis.com/auth/library.shelves",
            "https://www.googleapis.com/auth/library.shelves.readonly"
        ]
    );
    assert_eq!(
        stated_scopes::Client::SCOPES,
        ["https://example.com/auth/full"]
    );
}

#[test]
fn a_scope_of_the_api_comes_before_one_of_all_apis() {
    let spec = |scopes: &[&str]| {
        let scopes: Vec<_> = scopes
            .iter()
            .map(|it| format!("https://www.googleapis.com/auth/{it}"))
            .collect();
        let get = json!({ "id": "sheets.get", "httpMethod": "GET", "path": "a", "scopes": scopes });
        let get = json!({
            "discoveryVersion": "v1", "name": "sheets", "version": "v4", "methods": { "get": get },
            "rootUrl": "https://sheets.example.com/",
        });
        get.to_string()
    };
    for (scopes, expected) in [
        (
            vec![
                "drive",
                "drive.file",
                "drive.readonly",
                "spreadsheets.readonly",
                "spreadsheets",
            ],
            "spreadsheets.readonly",
        ),
        (
            vec![
                "cloud-platform",
                "cloud-platform.read-only",
                "ndev.clouddns.readonly",
            ],
            "ndev.clouddns.readonly",
        ),
        (
            vec!["cloud-platform", "compute", "devstorage.read_only"],
            "compute",
        ),
        (vec!["drive.file"], "drive.file"),
    ] {
        assert_eq!(asked(&spec(&scopes), &["**"]), [expected]);
    }
}

#[test]
fn scopes_required_together_are_requested_together() {
    let spec = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "components": { "securitySchemes": { "o": { "type": "oauth2", "flows": { "clientCredentials": {
            "tokenUrl": "https://a.example/token",
            "scopes": { "a:read": "", "b:read": "", "admin": "" },
        } } } } },
        "paths": {
            "/a": { "get": { "operationId": "a", "responses": { "204": { "description": "" } },
                "security": [{ "o": ["admin"] }, { "o": ["a:read", "b:read"] }] } },
            "/b": { "delete": { "operationId": "b", "responses": { "204": { "description": "" } },
                "security": [{ "o": ["admin"] }] } },
            "/c": { "get": { "operationId": "c", "responses": { "204": { "description": "" } },
                "security": [{}, { "o": ["admin"] }] } },
        },
    })
    .to_string();
    assert_eq!(asked(&spec, &["a"]), ["a:read", "b:read"]);
    assert_eq!(asked(&spec, &["a", "b"]), ["admin"]);
    assert_eq!(asked(&spec, &["a", "c"]), ["a:read", "b:read"]);
    assert_eq!(asked(&spec, &["c"]), [] as [&str; 0]);
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn public_apis_are_read_with_scopes_for_reading() {
    for (document, operations, expected) in [
        (
            "drive.v3",
            vec!["drive.files.get", "drive.files.list"],
            "drive.metadata.readonly",
        ),
        (
            "drive.v3",
            vec!["drive.files.get", "drive.files.export"],
            "drive.readonly",
        ),
        ("drive.v3", vec!["drive.files.create"], "drive"),
        (
            "storage.v1",
            vec!["storage.objects.get"],
            "devstorage.read_only",
        ),
        (
            "tasks.v1",
            vec!["tasks.tasks.list", "tasks.tasklists.get"],
            "tasks.readonly",
        ),
        ("bigquery.v2", vec!["bigquery.jobs.insert"], "bigquery"),
        (
            "cloudidentity.v1",
            vec!["cloudidentity.groups.list"],
            "cloud-identity.groups.readonly",
        ),
    ] {
        let text = public_spec(&format!("discovery/{document}.json"));
        assert_eq!(asked(&text, &operations), [expected], "{operations:?}");
    }
}

#[test]
fn a_change_of_scopes_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let (manifest, out) = (
        folder.path().join("clients.toml"),
        folder.path().join("out"),
    );
    fs::write(
        folder.path().join("spec.json"),
        read("tests/fixtures/accepted/narrow_scopes.json"),
    )
    .unwrap();
    let select = |operations: &str| {
        let entry = format!(
            "[[client]]\nname = \"x\"\nsource = \"spec.json\"\noperations = [{operations}]\n"
        );
        fs::write(&manifest, entry).unwrap();
    };
    let warning = "the client asks for other scopes than before";
    select("\"library.shelves.get\"");
    let (code, said) = regenerate(&manifest, &out, &[]);
    assert!(code == xtask::DONE && !said.contains(warning), "{said}");
    // One more method, the same scopes.
    select("\"library.shelves.get\", \"library.shelves.list\"");
    let (code, said) = regenerate(&manifest, &out, &[]);
    assert!(code == xtask::DONE && !said.contains(warning), "{said}");
    select("\"library.shelves.get\", \"library.shelves.print\"");
    for (more, expected) in [(&["--check"][..], xtask::FAILED), (&[], xtask::DONE)] {
        let (code, said) = regenerate(&manifest, &out, more);
        assert_eq!(code, expected, "{said}");
        assert!(said.contains(warning) && said.contains("help: "), "{said}");
        assert!(
            said.contains("+ https://www.googleapis.com/auth/library.readonly"),
            "{said}"
        );
        assert!(
            said.contains("- https://www.googleapis.com/auth/library.shelves.readonly"),
            "{said}"
        );
    }
    let (_, said) = regenerate(&manifest, &out, &[]);
    assert!(!said.contains(warning), "{said}");
}

#[test]
fn a_facade_states_its_scopes_itself() {
    use generated_client::cloudidentity::{Client, scope};
    assert_eq!(Client::SCOPES, [scope::FULL]);
}

#[test]
fn an_operation_that_states_no_scope_where_others_do_is_noted() {
    let client = Client::new("mail", "mail.json", &["**"]);
    let source = Source {
        name: "mail.json",
        text: &mail(),
    };
    let notes = codegen::generate(&client, &source).unwrap().summary.notes;
    let notes = notes.iter().filter(|it| it.kind == NoteKind::NoScopes);
    let about: Vec<&str> = notes.map(|it| it.about.as_str()).collect();
    assert_eq!(about, ["gmail.ping"]);
}
