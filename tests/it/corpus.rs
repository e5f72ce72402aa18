//! `cargo xtask corpus`: a folder of descriptions, each in a process of its own.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::workspace;

/// Runs the task by this program. Returns its exit status, and all that it prints.
fn corpus(program: &Path, folder: &Path, json: &Path) -> (u8, String) {
    let arguments: [OsString; 5] = [
        "xtask".into(),
        "corpus".into(),
        folder.into(),
        "--json".into(),
        json.into(),
    ];
    let (mut printed, mut errors) = (Vec::new(), Vec::new());
    let code = xtask::run_as(program, arguments, &mut printed, &mut errors);
    printed.extend(errors);
    (code, String::from_utf8(printed).unwrap())
}

/// A program that stands for the one that takes a description: by its name it kills itself, prints
/// something else, or tells what a real one would.
#[cfg(unix)]
fn program(folder: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("program");
    let script = r#"#!/bin/sh
case "$2" in
  *killed*) echo "memory is full" >&2; kill -9 $$ ;;
  *garbage*) echo "no report" ;;
  *) echo '{"document":"good.json","seconds":0.1,"outcome":"generated","methods":2,"types":3,"lines":5,"notes":[]}' ;;
esac
"#;
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_spec_that_crashes_its_process_leaves_the_others_running() {
    let folder = tempfile::tempdir().unwrap();
    let (documents, json) = (
        folder.path().join("documents"),
        folder.path().join("out.json"),
    );
    fs::create_dir(&documents).unwrap();
    for name in ["good.json", "killed.json", "garbage.yaml", "not-one.txt"] {
        fs::write(documents.join(name), "{}").unwrap();
    }
    let (code, said) = corpus(&program(folder.path()), &documents, &json);
    assert_eq!(code, xtask::FAILED, "{said}");
    for word in [
        "killed.json",
        "signal 9",
        "memory is full",
        "garbage.yaml",
        "2 failed",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let report: Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    assert_eq!(report["totals"]["documents"], 3);
    assert_eq!(
        (&report["totals"]["methods"], &report["totals"]["failed"]),
        (&2.into(), &2.into())
    );
    fs::remove_file(documents.join("killed.json")).unwrap();
    fs::remove_file(documents.join("garbage.yaml")).unwrap();
    assert_eq!(
        corpus(&program(folder.path()), &documents, &json).0,
        xtask::DONE
    );
}

#[test]
fn a_folder_without_specs_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("out.txt");
    for dir in [folder.path().to_owned(), folder.path().join("nowhere")] {
        let (code, said) = corpus(Path::new("/no/program"), &dir, &json);
        assert!(code == xtask::FAILED && said.contains("help:"), "{said}");
        assert!(!json.exists());
    }
}

#[test]
fn the_report_of_a_spec_states_its_outcome() {
    let report = |spec: &str| -> (u8, Value) {
        let spec = workspace().join(spec);
        let arguments: [OsString; 3] = ["xtask".into(), "corpus-document".into(), spec.into()];
        let mut printed = Vec::new();
        let code = xtask::run(arguments, &mut printed, &mut std::io::sink());
        (code, serde_json::from_slice(&printed).unwrap())
    };
    let (code, taken) = report("tests/fixtures/accepted/media.json");
    assert_eq!(
        (code, &taken["outcome"], &taken["methods"]),
        (0, &"generated".into(), &4.into())
    );
    let notes: Vec<String> = taken["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    let kinds = ["renamed", "not-covered"];
    let mut kinds = kinds.iter().zip(&notes);
    assert!(
        notes.len() == 2 && kinds.all(|(kind, note)| note.contains(kind)),
        "{notes:?}"
    );
    let (code, refused) = report("tests/fixtures/refused/json_cut_off/spec.json");
    assert_eq!((code, &refused["outcome"]), (1, &"failed".into()));
    assert!(
        refused["reason"].as_str().unwrap().contains("not JSON"),
        "{refused}"
    );
    let (_, formats) = report("tests/fixtures/accepted/unknown_formats.json");
    let formats = formats["notes"].as_array().unwrap().iter();
    let formats: Vec<&str> = formats.filter_map(|it| it["about"].as_str()).collect();
    assert_eq!(formats, ["bit", "colour", "half", "pile", "table", "tiny"]);
}
