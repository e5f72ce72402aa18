//! `cargo xtask regenerate`: what it writes, what it leaves alone, and what its check sees.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{MARKED, MARKED_JSON, everything, regenerate, workspace};

/// A copy of `spec/`, and a folder for what is generated from it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("spec/overlays")).unwrap();
        for file in [
            "clients.toml",
            "overlays/cloudidentity.yaml",
            "cloudidentity.v1.json",
            "confluent-iam.v2.yaml",
        ] {
            let from = workspace().join("spec").join(file);
            fs::copy(from, folder.path().join("spec").join(file)).unwrap();
        }
        Self { folder }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn spec(&self) -> PathBuf {
        self.folder.path().join("spec/cloudidentity.v1.json")
    }

    fn generated(&self, file: &str) -> PathBuf {
        self.out().join("cloudidentity").join(file)
    }

    /// A client that is not in the manifest.
    fn former_client(&self, name: &str) {
        let folder = self.out().join(name);
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(folder.join("openapi.json"), MARKED_JSON).unwrap();
        for file in ["mod.rs", "deep/more.rs"] {
            fs::write(folder.join(file), MARKED).unwrap();
        }
    }

    /// Runs the task. Returns its exit status, and what it prints.
    fn run(&self, more: &[&str]) -> (u8, String) {
        let manifest = self.folder.path().join("spec/clients.toml");
        regenerate(&manifest, &self.out(), more)
    }
}

#[test]
fn the_checked_in_clients_are_up_to_date() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["xtask", "regenerate", "--check"].map(Into::into);
    let code = xtask::run(arguments, &mut out, &mut err);
    assert_eq!(code, xtask::DONE, "{}", String::from_utf8(err).unwrap());
}

#[test]
fn regenerating_writes_what_is_checked_in() {
    let project = Project::new();
    assert_eq!(project.run(&[]).0, xtask::DONE);
    let checked_in = workspace().join("generated-client/src/generated/cloudidentity");
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        names(&checked_in),
        names(&project.out().join("cloudidentity"))
    );
    for name in names(&checked_in) {
        let (one, other) = (
            checked_in.join(&name),
            project.generated(name.to_str().unwrap()),
        );
        let same = fs::read_to_string(one).unwrap() == fs::read_to_string(other).unwrap();
        assert!(same, "{name:?}");
    }
}

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new();
    project.run(&[]);
    let types = project.generated("types.rs");
    let before = fs::metadata(&types).unwrap().modified().unwrap();
    let (code, printed) = project.run(&[]);
    assert_eq!(code, xtask::DONE);
    assert!(printed.contains("nothing changed"), "{printed}");
    assert_eq!(fs::metadata(&types).unwrap().modified().unwrap(), before);
}

#[test]
fn a_check_finds_every_difference_and_changes_nothing() {
    type Disturb = fn(&Project);
    let cases: &[(&str, Disturb)] = &[
        ("changed", |it| {
            let path = it.generated("types.rs");
            let text = fs::read_to_string(&path).unwrap().replace("i64", "i32");
            fs::write(path, text).unwrap();
        }),
        ("new", |it| {
            fs::remove_file(it.generated("names.rs")).unwrap()
        }),
        ("removed", |it| {
            fs::write(it.generated("old.rs"), MARKED).unwrap()
        }),
        ("removed", |it| it.former_client("gone")),
        ("changed", |it| {
            let text = fs::read_to_string(it.spec())
                .unwrap()
                .replace("INVITED", "ASKED");
            fs::write(it.spec(), text).unwrap();
        }),
    ];
    for (word, disturb) in cases {
        let project = Project::new();
        project.run(&[]);
        disturb(&project);
        let before = everything(project.folder.path());
        let (code, printed) = project.run(&["--check"]);
        assert_eq!(code, xtask::FAILED, "{word}: {printed}");
        assert!(printed.contains(word), "{word}: {printed}");
        assert!(
            printed.contains("run `cargo xtask regenerate`"),
            "{printed}"
        );
        assert_eq!(
            everything(project.folder.path()),
            before,
            "the check changed something"
        );

        assert_eq!(project.run(&[]).0, xtask::DONE);
        assert_eq!(
            project.run(&["--check"]).0,
            xtask::DONE,
            "{word} is not mended"
        );
    }
}

#[test]
fn files_that_are_not_generated_are_kept() {
    let project = Project::new();
    project.run(&[]);
    let own = project.generated("notes.md");
    fs::write(&own, "mine\n").unwrap();
    assert_eq!(project.run(&[]).0, xtask::DONE);
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine\n");

    fs::write(project.generated("types.rs"), "// mine\n").unwrap();
    fs::remove_file(project.generated("names.rs")).unwrap();
    let (code, printed) = project.run(&[]);
    assert_eq!(code, xtask::FAILED);
    assert!(
        printed.contains("types.rs") && printed.contains("help: "),
        "{printed}"
    );
    assert_eq!(
        fs::read_to_string(project.generated("types.rs")).unwrap(),
        "// mine\n"
    );
    assert!(
        !project.generated("names.rs").exists(),
        "half of the client was written"
    );
}

#[test]
fn empty_folders_are_removed() {
    let project = Project::new();
    project.run(&[]);
    project.former_client("gone");
    project.run(&[]);
    assert!(!project.out().join("gone").exists());
    assert!(project.out().join("cloudidentity").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_left_unchanged() {
    let project = Project::new();
    fs::write(project.out(), "a file where the folder should be").unwrap();
    let (code, printed) = project.run(&[]);
    assert_eq!(code, xtask::FAILED);
    assert!(printed.contains("help: "), "{printed}");
    assert_eq!(
        fs::read_to_string(project.out()).unwrap(),
        "a file where the folder should be"
    );
}

#[test]
fn usage_errors_have_an_exit_code_of_their_own() {
    for (arguments, code) in [
        (vec!["xtask"], xtask::USAGE),
        (vec!["xtask", "regenerate", "--chekc"], xtask::USAGE),
        (vec!["xtask", "generate-all"], xtask::USAGE),
        (vec!["xtask", "--help"], xtask::DONE),
        (vec!["xtask", "regenerate", "--help"], xtask::DONE),
    ] {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let given = arguments.iter().map(Into::into);
        assert_eq!(xtask::run(given, &mut out, &mut err), code, "{arguments:?}");
        assert_eq!(out.is_empty(), code == xtask::USAGE, "{arguments:?}");
    }
}
