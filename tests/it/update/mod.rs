//! `cargo xtask update`: what it brings in, and what it leaves alone.

mod printed;
mod project;
mod refused;
mod safe;
pub mod server;

use serde_json::json;

use crate::spec_changes::command;
use crate::support::everything;
use project::{Project, library, pages};
use server::{Server, document, html, redirect};

/// Sentences of a maintainer's own.
const OWN_WORDS: &str = "\
overlay: 1.0.0
info: { title: Our sentences, version: '1' }
actions:
  - target: $.components.schemas.Book.properties.title
    update: { description: What it is called. }
  - target: $.components.schemas.Book.properties.state
    update: { x-codegen-enum-descriptions: { SHELVED: On a shelf., LENT: Lent. } }
";

#[test]
fn newer_facts_change_spec_client_and_changelog() {
    let project = Project::new();
    let (code, printed) = project.update_to(&library("2", pages()), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("library  1 → 2"), "{printed}");
    assert!(printed.contains("added      Book"), "{printed}");
    assert!(
        printed.contains("a minor step; nothing was released yet"),
        "{printed}"
    );
    let spec = project.read("spec/library.json");
    assert!(
        spec.contains("\"pages\"") && !spec.contains("Shelf") && !spec.contains("etag"),
        "{spec}"
    );
    assert!(
        project
            .read("out/library/types.rs")
            .contains("pub pages: Option<i32>")
    );
    let changelog = project.read("CHANGELOG.md");
    assert!(
        changelog.contains("**library**: `1 → 2` (a minor step)."),
        "{changelog}"
    );
    assert!(
        changelog.contains("- added: `Book`: `+ pages`"),
        "{changelog}"
    );
    assert!(
        changelog.ends_with("### Added\n\n- A client.\n"),
        "{changelog}"
    );
    let (manifest, out) = (project.path("spec/clients.toml"), project.path("out"));
    let (code, printed) = crate::support::regenerate(&manifest, &out, &["--check"]);
    assert_eq!(code, xtask::DONE, "{printed}");
}

#[test]
fn a_second_run_replaces_the_entry_of_the_first() {
    let project = Project::new();
    project.update_to(&library("2", pages()), &[]);
    let before = everything(project.folder.path());
    let (code, printed) = project.update_to(&library("2", pages()), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("no change"), "{printed}");
    assert_eq!(everything(project.folder.path()), before);
    let mut more = pages();
    more["author"] = json!({ "type": "string" });
    let (code, printed) = project.update_to(&library("3", more), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let changelog = project.read("CHANGELOG.md");
    assert_eq!(changelog.matches("**library**").count(), 1, "{changelog}");
    assert!(changelog.contains("+ author"), "{changelog}");
    assert_eq!(changelog.matches("- A client.").count(), 1, "{changelog}");
}

#[test]
fn equal_facts_change_nothing() {
    let project = Project::new();
    let before = everything(project.folder.path());
    let mut document = library("2", json!({}));
    document["schemas"]["Book"]["properties"]["title"]["description"] = "Another sentence.".into();
    let (code, printed) = project.update_to(&document, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("1 sentence differs"), "{printed}");
    assert_eq!(everything(project.folder.path()), before);
}

#[test]
fn a_check_and_a_dry_run_change_nothing() {
    let project = Project::new();
    let before = everything(project.folder.path());
    let newer = library("2", pages());
    let (code, printed) = project.update_to(&newer, &["--check"]);
    assert_eq!(code, 1, "{printed}");
    assert_eq!(
        project.update_to(&library("2", json!({})), &["--check"]).0,
        0
    );
    let (code, printed) = project.update("/no/such/file.json", &["--check"]);
    assert_eq!(code, 2, "{printed}");
    let (code, printed) = project.update_to(&newer, &["--dry-run"]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("would be written"), "{printed}");
    assert_eq!(everything(project.folder.path()), before);
}

#[test]
fn own_sentences_are_kept_and_those_of_the_owner_are_taken_by_default() {
    let mut newer = library("2", pages());
    newer["schemas"]["Book"]["properties"]["title"]["description"] = "The owner's sentence.".into();
    newer["schemas"]["Book"]["properties"]["state"]["enum"] = json!(["LOST", "LENT", "SHELVED"]);
    newer["schemas"]["Book"]["properties"]["state"]["enumDescriptions"] =
        json!(["Gone!", "Out!", "In!"]);
    let own = Project::with_overlay("descriptions = \"own\"\n", OWN_WORDS);
    let (code, printed) = own.update_to(&newer, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let types = own.read("out/library/types.rs");
    for kept in ["What it is called.", "On a shelf.", "Lent."] {
        assert!(types.contains(kept), "{types}");
    }
    for foreign in ["The owner's sentence", "Gone!", "Out!", "How long it is"] {
        assert!(
            !types.contains(foreign) && !own.read("spec/library.json").contains(foreign),
            "{types}"
        );
    }
    let vendor = Project::with("descriptions = \"vendor\"\n");
    vendor.update_to(&newer, &[]);
    let types = vendor.read("out/library/types.rs");
    assert!(
        types.contains("The owner's sentence.") && types.contains("How long it is."),
        "{types}"
    );
}

#[test]
fn an_operation_that_is_not_selected_is_told_when_it_is_new() {
    let project = Project::new();
    project.update_to(&library("2", pages()), &[]);
    assert!(
        project
            .read("spec/published.json")
            .contains("library.shelves.list")
    );
    let mut newer = library("3", pages());
    newer["resources"]["shelves"]["methods"]["burn"] = json!({
        "id": "library.shelves.burn", "path": "burn", "httpMethod": "POST", "parameterOrder": [], "parameters": {},
    });
    let (code, printed) = project.update_to(&newer, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        printed.contains("shelves.burn  not selected (add it to the manifest?)"),
        "{printed}"
    );
    assert!(!printed.contains("shelves.list"), "{printed}");
}

#[test]
fn an_entry_of_the_manifest_that_matches_nothing_any_more_is_an_error_and_nothing_is_written() {
    let project = Project::with(
        "[client.scopes]\n\"library.books.get\" = [\"https://library.example/read\"]\n",
    );
    let before = everything(project.folder.path());
    let mut newer = library("2", json!({}));
    let get = newer["resources"]["books"]["methods"]["get"].take();
    newer["resources"]["books"]["methods"] = json!({ "fetch": get });
    newer["resources"]["books"]["methods"]["fetch"]["id"] = "library.books.fetch".into();
    let (code, printed) = project.update_to(&newer, &[]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(printed.contains("books.fetch"), "{printed}");
    assert!(
        printed.contains("`library.books.get` is not one of the selected operations"),
        "{printed}"
    );
    assert_eq!(everything(project.folder.path()), before);
}

#[test]
fn documents_are_read_from_a_server_with_limits() {
    let newer = library("2", pages()).to_string();
    for (what, response, code, said) in [
        ("newer", document(&newer), 1, "1 → 2"),
        (
            "same",
            document(&library("1", json!({})).to_string()),
            0,
            "no change",
        ),
        (
            "cut off by its length",
            document(&newer).cut(300),
            2,
            "cannot be read",
        ),
        ("cut off", document(&newer[..200]), 2, "the file is cut off"),
        ("huge", document(&" ".repeat(70_000)), 2, "longer than"),
        ("slow", document(&newer).slow(), 2, "takes longer than"),
        ("a web page", html(), 2, "it is a web page, and no spec"),
        (
            "not there",
            document(&newer).status(404),
            2,
            "404 Not Found",
        ),
        ("redirected", redirect("/newer", &newer), 1, "1 → 2"),
        (
            "redirected without end",
            redirect("/loop", ""),
            2,
            "too many redirects",
        ),
        (
            "redirected to an open connection",
            redirect("http://library.example/", ""),
            2,
            "open connection",
        ),
    ] {
        let project = Project::new();
        let server = Server::start(response);
        let limits = ["--check", "--max-bytes", "60000", "--timeout", "2"];
        let (status, printed) = project.update(&server.url(), &limits);
        assert_eq!(status, code, "{what}: {printed}");
        assert!(printed.contains(said), "{what}: {printed}");
    }
    let (status, printed) = Project::new().update("http://library.example/api.json", &["--check"]);
    assert_eq!(status, 2, "{printed}");
    assert!(
        printed.contains("not read over an open connection"),
        "{printed}"
    );
}

#[test]
fn a_client_without_a_place_is_an_error_that_says_what_to_do() {
    let project = Project::new();
    let manifest = project.path("spec/clients.toml").display().to_string();
    let (code, printed) = command::run(&["update", "library", "--manifest", &manifest, "--check"]);
    assert_eq!(code, 2, "{printed}");
    assert!(
        printed.contains("the client `library` has no `url`"),
        "{printed}"
    );
    let (code, printed) = command::run(&["update", "libary", "--manifest", &manifest]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(printed.contains("the clients are library"), "{printed}");
}
