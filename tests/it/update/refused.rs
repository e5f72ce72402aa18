//! What `update` does not take, or takes with a word.

use serde_json::{Value, json};

use super::project::{Project, library, pages};
use crate::spec_changes::command;
use crate::support::everything;

/// A correction and a sentence, both of something that is gone in a newer document.
const OVERLAY: &str = "\
overlay: 1.0.0
info: { title: Ours, version: '1' }
actions:
  - target: $.components.schemas.Book.properties.title
    update: { description: What it is called. }
  - target: $.components.schemas.Book.properties.state
    update: { deprecated: true }
";

#[test]
fn a_check_tells_everything_that_keeps_newer_facts_out() {
    let project = Project::with_overlay("descriptions = \"own\"\n", OVERLAY);
    let manifest = project.read("spec/clients.toml");
    let scopes = "[client.scopes]\n\"library.books.get\" = [\"https://library.example/read\"]\n";
    project.write("spec/clients.toml", &format!("{manifest}{scopes}"));
    project.regenerate();
    let mut newer = library("2", json!({}));
    newer["schemas"]["Book"]["properties"] = json!({ "pages": { "type": "string" } });
    newer["resources"]["books"]["methods"]["get"]["id"] = "library.books.fetch".into();
    let before = everything(project.folder.path());
    for arguments in [["--check"].as_slice(), &["--dry-run"], &[]] {
        let (code, printed) = project.update_to(&newer, arguments);
        assert_eq!(code, 1, "{arguments:?}: {printed}");
        for said in [
            "title → pages",
            "#/actions/0: `$.components.schemas.Book.properties.title` matches nothing",
            "#/actions/1: `$.components.schemas.Book.properties.state` matches nothing",
            "`library.books.get` is not one of the selected operations",
        ] {
            assert!(printed.contains(said), "{arguments:?}: {said}: {printed}");
        }
        assert_eq!(everything(project.folder.path()), before);
    }
}

#[test]
fn an_earlier_revision_is_taken_where_it_is_named_only() {
    let published = tempfile::tempdir().unwrap();
    let file = published.path().join("published.json");
    let url = format!("url = {:?}\n", file.display().to_string());
    let project = Project::with(&url);
    project.write(
        "spec/library.json",
        &library("20260202", json!({})).to_string(),
    );
    project.regenerate();
    let before = everything(project.folder.path());
    let older = library("20260101", pages());
    std::fs::write(&file, older.to_string()).unwrap();
    let [manifest, out] =
        ["spec/clients.toml", "out"].map(|name| project.path(name).display().to_string());
    for arguments in [["--check"].as_slice(), &[]] {
        let all = ["update", "--manifest", &manifest, "--out", &out];
        let (code, printed) = command::run(&[&all, arguments].concat());
        assert_eq!(code, xtask::DONE, "{printed}");
        let said = "is of an earlier revision (20260202 → 20260101), and is not taken";
        assert!(printed.contains(said), "{printed}");
        assert_eq!(everything(project.folder.path()), before);
    }
    let (code, printed) = project.update_to(&older, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(project.read("spec/library.json").contains("pages"));
}

#[test]
fn the_document_of_another_api_is_refused() {
    let project = Project::new();
    let before = everything(project.folder.path());
    let other = library("2", pages()).to_string();
    let other = other
        .replace("library.books", "archive.maps")
        .replace("\"title\":\"Library\"", "\"title\":\"Archive\"");
    let other: Value = serde_json::from_str(&other).unwrap();
    let (code, printed) = project.update_to(&other, &["--check"]);
    assert_eq!(code, 2, "{printed}");
    let said = "the document is of `Archive`, and the spec of `Library`";
    assert!(printed.contains(said), "{printed}");
    assert_eq!(project.update_to(&other, &[]).0, xtask::FAILED);
    assert_eq!(everything(project.folder.path()), before);
}

#[test]
fn an_operation_that_is_not_selected_is_told_once_where_nothing_else_is_new() {
    let project = Project::new();
    project.update_to(&library("2", pages()), &[]);
    let mut newer = library("3", pages());
    newer["resources"]["shelves"]["methods"]["burn"] = json!({
        "id": "library.shelves.burn", "path": "burn", "httpMethod": "POST",
        "parameterOrder": [], "parameters": {},
    });
    for (arguments, is_told) in [(["--check"].as_slice(), true), (&[], true), (&[], false)] {
        let (code, printed) = project.update_to(&newer, arguments);
        assert_eq!(code, xtask::DONE, "{printed}");
        assert_eq!(printed.contains("shelves.burn"), is_told, "{printed}");
    }
    assert!(
        project
            .read("spec/library.json")
            .contains("\"revision\": \"2\"")
    );
}

#[test]
fn no_sentence_of_a_scope_comes_into_a_spec_of_facts() {
    let project = Project::with("descriptions = \"own\"\n");
    let mut newer = library("2", pages());
    newer["auth"] = json!({ "oauth2": { "scopes": {
        "https://library.example/read": { "description": "The owner's sentence." },
    } } });
    newer["resources"]["books"]["methods"]["get"]["scopes"] =
        json!(["https://library.example/read"]);
    let (code, printed) = project.update_to(&newer, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let spec = project.read("spec/library.json");
    assert!(spec.contains("https://library.example/read"), "{spec}");
    assert!(!spec.contains("The owner's"), "{spec}");
}
