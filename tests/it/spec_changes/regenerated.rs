//! What `cargo xtask regenerate` tells of a client that was there.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{command, files};

/// A client of the old spec of a pair.
struct Project(TempDir);

impl Project {
    fn of(pair: &str) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        let manifest =
            "[[client]]\nname = \"library\"\nsource = \"library.yaml\"\noperations = [\"**\"]\n";
        fs::write(project.path("clients.toml"), manifest).unwrap();
        project.spec(&files(pair)[0]);
        let (code, printed) = project.regenerate(&[]);
        assert_eq!(code, xtask::DONE, "{printed}");
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn spec(&self, file: &str) {
        fs::copy(file, self.path("library.yaml")).unwrap();
    }

    fn regenerate(&self, more: &[&str]) -> (u8, String) {
        let [manifest, out] =
            ["clients.toml", "out"].map(|name| self.path(name).display().to_string());
        command::run(
            &[
                &["regenerate", "--manifest", &manifest, "--out", &out],
                more,
            ]
            .concat(),
        )
    }
}

#[test]
fn a_regeneration_tells_what_the_api_changed_and_a_check_what_is_stale() {
    let project = Project::of("property-type");
    project.spec(&files("property-type")[1]);
    let (code, printed) = project.regenerate(&["--check"]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(
        printed.contains("Book.mails  int64 → int32  Option<i64> → Option<i32>"),
        "{printed}"
    );
    assert!(printed.contains("changed library/types.rs"), "{printed}");
    let (code, printed) = project.regenerate(&[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("breaking   Book.mails"), "{printed}");
    assert!(!printed.contains("the generator changed"), "{printed}");
    let (_, printed) = project.regenerate(&[]);
    assert!(printed.contains("nothing changed"), "{printed}");
}

#[test]
fn other_code_of_an_equal_spec_is_a_change_of_the_generator() {
    let project = Project::of("property-type");
    let types = project.path("out/library/types.rs");
    let text = fs::read_to_string(&types).unwrap();
    fs::write(&types, text.replace("pub mails:", "pub emails:")).unwrap();
    let (code, printed) = project.regenerate(&[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        printed.contains("the generator changed: the API did not"),
        "{printed}"
    );
    assert!(printed.contains("- pub emails: Option<i64>"), "{printed}");
    assert!(printed.contains("+ pub mails: Option<i64>"), "{printed}");
}
