//! `update` keeps what was released and what belongs to others, whatever goes wrong.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::project::{Project, library, pages};
use crate::support::everything;
use crate::writes::{kill_before, process};

/// What `update` wrote before a release.
const RELEASED: &str = "## 0.1.0

<!-- `cargo xtask update` wrote this: library -->
**library**: `0 → 1` (a minor step).

- added: `Book`: `+ title`
<!-- end: library -->

Written by hand.
";

#[test]
fn what_was_released_stays_in_the_changelog() {
    for end in ["\n", "\r\n"] {
        let project = Project::new();
        let changelog = format!("# Changelog\n\n## Unreleased\n\n{RELEASED}").replace('\n', end);
        project.write("CHANGELOG.md", &changelog);
        for (revision, pages) in [
            ("2", pages()),
            ("3", json!({ "year": { "type": "string" } })),
        ] {
            let (code, printed) = project.update_to(&library(revision, pages), &[]);
            assert_eq!(code, xtask::DONE, "{printed}");
            let changelog = project.read("CHANGELOG.md");
            assert!(
                changelog.ends_with(&RELEASED.replace('\n', end)),
                "{changelog}"
            );
            let unreleased = changelog.split("## 0.1.0").next().unwrap();
            assert_eq!(unreleased.matches("**library**").count(), 1, "{changelog}");
            assert_eq!(
                changelog.matches('\n').count(),
                changelog.matches(end).count()
            );
        }
    }
}

#[test]
fn a_spec_of_several_clients_keeps_the_operations_of_all() {
    let project = Project::new();
    let manifest = project.read("spec/clients.toml");
    let other = "[[client]]\nname = \"shelves\"\nsource = \"library.json\"\noperations = [\"library.shelves.*\"]\n";
    project.write("spec/clients.toml", &format!("{manifest}\n{other}"));
    project.regenerate();
    let (code, printed) = project.update_to(&library("2", pages()), &["library"]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("shelves  1 → 2"), "{printed}");
    let spec: Value = serde_json::from_str(&project.read("spec/library.json")).unwrap();
    let resources = spec["resources"].as_object().unwrap();
    assert_eq!(resources.keys().collect::<Vec<_>>(), ["books", "shelves"]);
    assert!(project.read("out/shelves/types.rs").contains("pub pages"));
    let [manifest, out] = ["spec/clients.toml", "out"].map(|name| project.path(name));
    let (code, printed) = crate::support::regenerate(&manifest, &out, &["--check"]);
    assert_eq!(code, xtask::DONE, "{printed}");
}

#[test]
fn yaml_is_recognized_without_its_ending_and_the_spec_keeps_its_format() {
    let project = Project::new();
    let newer = serde_saphyr::to_string(&library("2", pages())).unwrap();
    let published = tempfile::tempdir().unwrap();
    let file = published.path().join("published");
    fs::write(&file, newer).unwrap();
    let (code, printed) = project.update(file.to_str().unwrap(), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let spec: Value = serde_json::from_str(&project.read("spec/library.json")).unwrap();
    assert_eq!(spec["revision"], "2");
}

#[test]
fn a_document_without_operations_is_refused() {
    let project = Project::new();
    let before = everything(project.folder.path());
    let mut empty = library("2", json!({}));
    empty["resources"] = json!({});
    let (code, printed) = project.update_to(&empty, &[]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(
        printed.contains("the document has no operations"),
        "{printed}"
    );
    assert_eq!(everything(project.folder.path()), before);
}

#[test]
#[cfg(unix)]
fn a_spec_that_is_a_link_is_written_where_it_leads() {
    let project = Project::new();
    fs::rename(project.path("spec/library.json"), project.path("real.json")).unwrap();
    std::os::unix::fs::symlink("../real.json", project.path("spec/library.json")).unwrap();
    let (code, printed) = project.update_to(&library("2", pages()), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(project.read("real.json").contains("pages"));
    assert!(project.path("spec/library.json").is_symlink());
}

#[test]
fn an_update_that_cannot_be_completed_is_undone_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.json");
    fs::write(&newer, library("2", pages()).to_string()).unwrap();
    let project = Project::new();
    let before = everything(project.folder.path());
    let obstacle = project.path("spec/published.json");
    let output = update(&project, &newer)
        .env("WRITES_OBSTACLE", &obstacle)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(xtask::FAILED.into()), "{said}");
    assert!(
        said.contains("published.json: an unfinished write goes here"),
        "{said}"
    );
    fs::remove_dir_all(&obstacle).unwrap();
    assert_eq!(everything(project.folder.path()), before, "{said}");
    let (code, printed) = project.update(newer.to_str().unwrap(), &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(project.read("spec/library.json").contains("pages"));
}

#[test]
fn an_update_that_is_killed_before_any_step_is_completed_by_the_next_one() {
    let newer = tempfile::tempdir().unwrap();
    let file = newer.path().join("newer.json");
    fs::write(&file, library("2", pages()).to_string()).unwrap();
    let texts = |project: &Project| {
        let all = ["spec/library.json", "CHANGELOG.md", "out/library/types.rs"];
        all.map(|name| project.read(name))
    };
    let whole = Project::new();
    whole.update(file.to_str().unwrap(), &[]);
    for step in (0..500).step_by(3) {
        let project = Project::new();
        if !kill_before(&mut update(&project, &file), step) {
            assert!(step > 20, "only {step} steps were seen");
            return;
        }
        let (code, printed) = project.update(file.to_str().unwrap(), &[]);
        assert_eq!(code, xtask::DONE, "step {step}: {printed}");
        assert_eq!(texts(&project), texts(&whole), "step {step}: {printed}");
        assert!(!project.path(".xtask-write").exists(), "step {step}");
    }
    panic!("the update has no end");
}

/// `update` in a process of its own.
fn update(project: &Project, from: &Path) -> Command {
    let mut process = process(&project.path("spec/clients.toml"), &project.path("out"));
    process.env("WRITES_FROM", from);
    process
}
