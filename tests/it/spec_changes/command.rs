//! `cargo xtask diff`: what it prints, and how it ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{PAIRS, files};
use crate::support::{read, workspace};

/// Runs a task. Returns its exit status, and what it prints, without colours.
pub fn run(arguments: &[&str]) -> (u8, String) {
    let (code, out, err) = run_apart(arguments);
    (code, out + &err)
}

/// The same, with what it prints to standard output and to standard error.
pub fn run_apart(arguments: &[&str]) -> (u8, String, String) {
    let arguments = ["xtask"].iter().chain(arguments).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = xtask::run(arguments, &mut out, &mut err);
    let [out, err] = [out, err].map(|text| plain(&String::from_utf8(text).unwrap()));
    (code, out, err)
}

/// A text without colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn the_exit_status_follows_the_class_that_is_not_wanted() {
    let status = |pair: &str, class: &str| {
        let [old, new] = files(pair);
        run(&["diff", &old, &new, "--fail-on", class]).0
    };
    for (pair, breaking, behaviour, any) in [
        ("property-type", xtask::FAILED, xtask::FAILED, xtask::FAILED),
        ("verb", xtask::DONE, xtask::FAILED, xtask::FAILED),
        ("property-added", xtask::DONE, xtask::DONE, xtask::FAILED),
    ] {
        assert_eq!(status(pair, "breaking"), breaking, "{pair}");
        assert_eq!(status(pair, "behaviour"), behaviour, "{pair}");
        assert_eq!(status(pair, "any"), any, "{pair}");
    }
    let [old, new] = files("property-type");
    assert_eq!(run(&["diff", &old, &new]).0, xtask::DONE);
    assert_eq!(run(&["diff", &old]).0, xtask::USAGE);
}

#[test]
fn json_has_the_members_that_are_documented() {
    let [old, new] = files("property-type");
    let (_, printed) = run(&["diff", &old, &new, "--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    let expected = serde_json::json!({
        "format": 1,
        "old": { "title": "Library", "version": "1", "revision": null },
        "new": { "title": "Library", "version": "1", "revision": null },
        "step": "major",
        "words": 0,
        "changes": [{
            "kind": "property-type",
            "class": "breaking",
            "step": "major",
            "subject": "Book.mails",
            "what": "int64 → int32",
            "effect": "Option<i64> → Option<i32>",
        }],
    });
    assert_eq!(report, expected);
}

#[test]
fn a_revision_of_git_is_compared_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .arg("-C")
            .arg(folder.path())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    let [old, new] = files("property-type");
    git(&["init", "--quiet"]);
    fs::copy(old, folder.path().join("api.yaml")).unwrap();
    git(&["add", "api.yaml"]);
    git(&["commit", "--quiet", "--message", "Add a spec"]);
    fs::copy(new, folder.path().join("api.yaml")).unwrap();
    let file = folder.path().join("api.yaml").display().to_string();
    let (code, revision) = run(&["diff", &format!("HEAD:{file}"), &file]);
    assert_eq!(code, xtask::DONE, "{revision}");
    assert!(revision.contains("int64 → int32"), "{revision}");
    let (code, missing) = run(&["diff", "HEAD:nothing.yaml", &file]);
    assert_eq!(code, xtask::FAILED, "{missing}");
    assert!(missing.contains("git does not have it"), "{missing}");
    assert!(
        missing.contains("help: name a file, or a revision and a path"),
        "{missing}"
    );
}

#[test]
fn two_folders_are_compared_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("old"), folder.path().join("new"));
    for (pair, name) in [("property-type", "a.yaml"), ("verb", "b.yaml")] {
        for (from, to) in files(pair).iter().zip([&one, &other]) {
            fs::create_dir_all(to).unwrap();
            fs::copy(from, to.join(name)).unwrap();
        }
    }
    fs::write(one.join("gone.json"), "{}").unwrap();
    let folders = [one.to_str().unwrap(), other.to_str().unwrap()];
    let (code, printed) = run(&["diff", folders[0], folders[1]]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        printed.contains("2 specs: 1 breaking, 1 behaviour"),
        "{printed}"
    );
    assert!(printed.contains("gone: gone.json"), "{printed}");
    fs::rename(one.join("gone.json"), other.join("new.json")).unwrap();
    assert_only_one_side_has(&one, &other);
    fs::write(other.join("a.yaml"), "a: [").unwrap();
    let (code, printed) = run(&["diff", folders[0], folders[1]]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(printed.contains("1 failed"), "{printed}");
}

/// A spec that is gone breaks its users; a new one is a change.
fn assert_only_one_side_has(one: &Path, other: &Path) {
    let same = tempfile::tempdir().unwrap();
    for file in fs::read_dir(one).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), same.path().join(file.file_name())).unwrap();
    }
    fs::copy(other.join("new.json"), same.path().join("new.json")).unwrap();
    let (one, more) = (one.to_str().unwrap(), same.path().to_str().unwrap());
    for (old, new, fails_on, fails) in [
        (one, more, "breaking", false),
        (one, more, "any", true),
        (more, one, "breaking", true),
        (more, one, "behaviour", true),
    ] {
        let (code, printed) = run(&["diff", old, new, "--fail-on", fails_on]);
        assert_eq!(code == xtask::FAILED, fails, "{fails_on}: {printed}");
    }
    let (_, printed) = run(&["diff", one, more, "--format", "json"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["new"], serde_json::json!(["new.json"]));
}

#[test]
fn text_of_a_spec_is_harmless_in_markdown() {
    let folder = tempfile::tempdir().unwrap();
    let spec = |value: &str| {
        let path = folder.path().join(format!("{}.json", value.len()));
        let text = fs::read_to_string(&files("value-added")[0]).unwrap();
        let mut document: Value = serde_saphyr::from_str(&text).unwrap();
        document["components"]["schemas"]["State"]["enum"] = serde_json::json!(["SHELVED", value]);
        fs::write(&path, document.to_string()).unwrap();
        path.display().to_string()
    };
    let hostile = "`@everyone` <img src=x> | #1 \u{202e}\n[a](https://evil.example)";
    let arguments = [
        "diff",
        &spec("LENT"),
        &spec(hostile),
        "--format",
        "markdown",
    ];
    let (_, printed) = run(&arguments);
    let row = printed
        .lines()
        .find(|line| line.contains("everyone"))
        .unwrap();
    let outside: String = row.replace("\\|", "").split('`').step_by(2).collect();
    for sign in ["@", "<", "#", "](", "https:"] {
        assert!(!outside.contains(sign), "{row}");
    }
    assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
    assert!(!row.contains('\u{202e}'), "{row}");
}

#[test]
fn markdown_is_cut_below_the_length_of_a_body() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.json");
    let property = |at: usize| {
        let kind = if at.is_multiple_of(2) {
            "string"
        } else {
            "integer"
        };
        (format!("property{at}"), serde_json::json!({ "type": kind }))
    };
    let properties: serde_json::Map<String, Value> = (0..3000).map(property).collect();
    let text = fs::read_to_string(&files("property-added")[0]).unwrap();
    let mut document: Value = serde_saphyr::from_str(&text).unwrap();
    document["components"]["schemas"]["Book"]["properties"] = properties.into();
    fs::write(&path, document.to_string()).unwrap();
    let [old, _] = files("property-added");
    let many = path.display().to_string();
    let (_, printed) = run(&["diff", &many, &old, "--format", "markdown"]);
    assert!((1000..62_000).contains(&printed.len()), "{}", printed.len());
    assert!(
        printed.contains("more lines: run `cargo xtask diff`"),
        "{}",
        &printed[printed.len() - 200..]
    );
}

#[test]
fn a_glob_that_matches_nothing_in_both_specs_is_an_error() {
    let [old, new] = files("operation-added");
    let (code, printed) = run(&["diff", &old, &new, "--select", "books.list"]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let (code, printed) = run(&["diff", &old, &new, "--select", "shelves.*"]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(
        printed.contains("`shelves.*` matches no operation"),
        "{printed}"
    );
}

#[test]
fn the_documented_table_is_the_one_that_is_printed() {
    let (_, printed) = run(&["diff", "--kinds", "--format", "markdown"]);
    assert!(
        read("docs/when-the-spec-changes.md").contains(&printed),
        "put this into the page:\n{printed}"
    );
    for format in ["text", "json"] {
        let (code, printed) = run(&["diff", "--kinds", "--format", format]);
        assert_eq!(code, xtask::DONE);
        assert!(printed.contains("property-type"), "{printed}");
    }
}

#[test]
fn a_witness_is_written_as_two_crates() {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = files("property-type");
    let (code, printed) = run(&[
        "diff",
        &old,
        &new,
        "--witness",
        folder.path().to_str().unwrap(),
    ]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let program = fs::read_to_string(folder.path().join("witness/src/lib.rs")).unwrap();
    assert!(program.contains("w: Option<i64>"), "{program}");
    assert!(folder.path().join("client/src/types.rs").exists());
    assert!(workspace().join(PAIRS).exists());
}

#[test]
fn a_glob_of_too_few_parts_suggests_the_one_that_matches() {
    let spec = workspace()
        .join("spec/cloudidentity.v1.json")
        .display()
        .to_string();
    let (code, printed) = run(&[
        "diff",
        &spec,
        &spec,
        "--select",
        "cloudidentity.customers.*",
    ]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    let said =
        "`*` stands for one part of an id: `cloudidentity.customers.**` matches 5 operations";
    assert!(printed.contains(said), "{printed}");
}
