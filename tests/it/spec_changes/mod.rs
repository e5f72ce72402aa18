//! What changed between two specs. Every kind of change has a pair of specs in `tests/fixtures/diff`.

pub mod command;
mod regenerated;
mod sameness;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use codegen::diff::{Api, Class, Kind, Report, broken, diff, kinds};
use codegen::{Client, Files, Source};
use serde_json::json;

use crate::support::workspace;

const PAIRS: &str = "tests/fixtures/diff";
/// The kind of what no other kind explains: no spec is known that needs it.
const LAST_RESORT: &str = "public-api";

#[test]
fn every_kind_of_change_has_a_pair_of_specs_whose_report_names_it() {
    let ids: BTreeSet<String> = kinds().map(|kind| kind.id.to_owned()).collect();
    let pairs: BTreeSet<String> = pairs().into_iter().collect();
    let mut needed = ids;
    assert!(needed.remove(LAST_RESORT));
    assert_eq!(needed, pairs);
    for kind in kinds().filter(|kind| kind.id != LAST_RESORT) {
        let (old, new) = apis(kind.id);
        let report = diff(&old, &new).unwrap();
        let found = report.changes.iter().any(|change| change.kind == kind);
        assert!(found, "{}: {report:#?}", kind.id);
        let last = report
            .changes
            .iter()
            .find(|change| change.kind.id == LAST_RESORT);
        assert_eq!(last, None);
    }
}

#[test]
fn kinds_have_unique_ids_and_say_what_changed() {
    let mut seen = BTreeSet::new();
    for kind in kinds() {
        assert!(seen.insert(kind.id), "{}", kind.id);
        assert!(!kind.document.is_empty(), "{}", kind.id);
        let says = match kind.class {
            Class::Breaking => !kind.rust.is_empty(),
            Class::Behaviour => !kind.behaviour.is_empty(),
            _ => true,
        };
        assert!(says, "{} does not say what it changes", kind.id);
        assert!(
            kinds().any(|other| other.id == kind.mirror),
            "{}",
            kind.mirror
        );
    }
}

#[test]
fn the_reports_of_the_pairs_equal_their_snapshot() {
    let mut all = String::new();
    for name in pairs() {
        let [old, new] = files(&name);
        let (_, printed) = command::run(&[&["diff", &old, &new], selection(&name)].concat());
        all.push_str(&printed.replace(&format!("{name}/old"), &format!("{name}: old")));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("spec_changes", all);
    });
}

#[test]
fn kinds_mirror_each_other_where_the_specs_are_exchanged() {
    for name in pairs() {
        let (old, new) = apis(&name);
        let there = families(&diff(&old, &new).unwrap(), |kind| kind.mirror);
        let back = families(&diff(&new, &old).unwrap(), |kind| kind.id);
        assert_eq!(there, back, "{name}");
    }
}

#[test]
fn something_breaks_exactly_where_something_public_is_gone() {
    for name in pairs() {
        let (old, new) = apis(&name);
        for (old, new) in [(&old, &new), (&new, &old)] {
            let (report, gone) = (diff(old, new).unwrap(), broken(old, new).unwrap());
            assert_eq!(
                report.has(Class::Breaking),
                !gone.is_empty(),
                "{name}: {gone:#?} {report:#?}"
            );
        }
    }
}

#[test]
fn words_that_name_things_in_rust_are_facts() {
    let document = |servers: [&str; 2], title: &str| {
        let schema = json!({ "oneOf": [
            { "type": "object", "title": title, "properties": { "a": { "type": "string" } } },
            { "type": "object", "title": "Second", "properties": { "b": { "type": "string" } } },
        ] });
        let content = json!({ "application/json": { "schema": schema } });
        let [one, other] = servers;
        let document = json!({
            "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
            "servers": [
                { "url": "https://a.example.com" },
                { "url": "https://b.example.com", "description": one },
                { "url": "https://c.example.com", "description": other },
            ],
            "paths": { "/a": { "get": { "operationId": "a", "responses": {
                "200": { "description": "d", "content": content },
            } } } },
        });
        api(Path::new("document.json"), &document.to_string(), "**")
    };
    let old = document(["EU", "US"], "First");
    for (new, class) in [
        (document(["EU", "US"], "First"), None),
        (document(["Europe", "US"], "First"), Some(Class::Breaking)),
        (document(["US", "EU"], "First"), Some(Class::Behaviour)),
        (document(["EU", "US"], "Other"), Some(Class::Breaking)),
    ] {
        let report = diff(&old, &new).unwrap();
        let classes = report.changes.iter().map(|it| it.kind.class);
        assert_eq!(classes.min(), class, "{:?}", report.changes);
    }
}

/// How often kinds occur. What is `taken` is its mirror, in a spec in which the old name is given to another.
fn families(report: &Report, id: fn(&Kind) -> &'static str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for change in &report.changes {
        let is_taken = change.kind.id.ends_with("-taken");
        let mirror = kinds().find(|kind| kind.id == change.kind.mirror);
        let plain = mirror.and_then(|kind| kinds().find(|it| it.id == kind.mirror));
        let kind = plain.filter(|_| is_taken).unwrap_or(change.kind);
        *counts.entry(id(kind)).or_default() += 1;
    }
    counts
}

/// The names of the pairs, sorted.
fn pairs() -> Vec<String> {
    let entries = fs::read_dir(workspace().join(PAIRS)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The files of a pair: the old spec and the new one.
fn files(name: &str) -> [String; 2] {
    let folder = workspace().join(PAIRS).join(name);
    ["old", "new"].map(|word| {
        let of = |end: &str| folder.join(format!("{word}.{end}"));
        let file = [of("yaml"), of("json")]
            .into_iter()
            .find(|file| file.exists());
        file.unwrap_or_else(|| panic!("{name} has no `{word}`"))
            .display()
            .to_string()
    })
}

/// What is selected of a pair: everything, unless the pair is about what is not.
fn selection(name: &str) -> &'static [&'static str] {
    match name.starts_with("operation-not-selected") {
        true => &["--select", "books.*"],
        false => &[],
    }
}

fn apis(name: &str) -> (Api, Api) {
    let [old, new] = files(name);
    let glob = selection(name).get(1).copied().unwrap_or("**");
    let read = |file: &str| {
        api(
            &PathBuf::from(file),
            &fs::read_to_string(file).unwrap(),
            glob,
        )
    };
    (read(&old), read(&new))
}

/// What a document says.
fn api(path: &Path, text: &str, glob: &str) -> Api {
    let name = path.file_name().unwrap().to_str().unwrap();
    let client = Client::new("client", name, &[glob]).lenient();
    let source = Source { name, text };
    Api::read(&client, &source, &Files::default())
        .unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}
