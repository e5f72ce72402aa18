//! What `spec/README.md` says to do when a spec changes, word for word, in a copy of the workspace; and how a
//! client is added.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{read, workspace};

/// A copy of what the tasks read and write, as a repository of its own.
struct Copy(TempDir);

impl Copy {
    fn new() -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        for name in ["spec", "generated-client/src"] {
            copy_folder(&workspace().join(name), &copy.0.path().join(name));
        }
        for name in ["CHANGELOG.md", "Cargo.toml", "generated-client/Cargo.toml"] {
            fs::copy(workspace().join(name), copy.0.path().join(name)).unwrap();
        }
        copy
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn commit(&self) {
        for arguments in [
            vec!["init", "--quiet"],
            vec!["add", "."],
            vec![
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.com",
                "commit",
                "--quiet",
                "--message",
                "Begin",
            ],
        ] {
            let done = Command::new("git")
                .arg("-C")
                .arg(self.0.path())
                .args(arguments)
                .output()
                .unwrap();
            assert!(done.status.success(), "{done:?}");
        }
    }

    /// Runs a task, as it would be typed. Returns its exit status, and what it prints.
    fn run(&self, line: &str) -> (u8, String) {
        let words = line.strip_prefix("cargo xtask ").unwrap().split(' ');
        let arguments = ["xtask"].into_iter().chain(words).map(Into::into);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = xtask::run_in(self.0.path(), arguments, &mut out, &mut err);
        out.extend(err);
        (code, String::from_utf8(out).unwrap())
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy_folder(&path, &target),
            false => drop(fs::copy(&path, target).unwrap()),
        }
    }
}

/// The commands of the page, each with its line.
fn commands() -> Vec<String> {
    let page = read("spec/README.md");
    let block = page
        .split("```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let lines: Vec<String> = block.lines().map(str::to_owned).collect();
    assert!(
        lines.iter().all(|line| line.starts_with("cargo xtask ")),
        "{lines:?}"
    );
    lines
}

#[test]
fn the_walk_through_leads_from_an_old_revision_to_the_newest() {
    let copy = Copy::new();
    let newest = copy.read("spec/cloudidentity.v1.json");
    let published = crate::update::server::Server::start(crate::update::server::document(&newest));
    let manifest = copy.read("spec/clients.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("url = "))
        .unwrap()
        .to_owned();
    copy.write(
        "spec/clients.toml",
        &manifest.replace(&line, &format!("url = \"{}\"", published.url())),
    );
    let mut old: Value = serde_json::from_str(&newest).unwrap();
    old["revision"] = "20240101".into();
    let properties = &mut old["schemas"]["UserInvitation"]["properties"];
    properties["mailsSentCount"]["format"] = "int32".into();
    properties["mailsSentCount"]["type"] = "integer".into();
    let methods = "/resources/customers/resources/userinvitations/methods/cancel/httpMethod";
    *old.pointer_mut(methods).unwrap() = "DELETE".into();
    copy.write("spec/cloudidentity.v1.json", &old.to_string());
    let (code, printed) = copy.run("cargo xtask regenerate");
    assert_eq!(code, xtask::DONE, "{printed}");
    copy.commit();
    let commands = commands();
    let [check, update, diff, regenerate] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    let (code, printed) = copy.run(check);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(printed.contains("20240101 → 20261019"), "{printed}");
    let (code, printed) = copy.run(update);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        printed.contains("UserInvitation.mailsSentCount"),
        "{printed}"
    );
    assert!(printed.contains("DELETE → POST"), "{printed}");
    assert!(
        printed.contains("no longer retried on ambiguous failures"),
        "{printed}"
    );
    assert!(
        copy.read("CHANGELOG.md")
            .contains("**cloudidentity**: `20240101 → 20261019` (a breaking step)")
    );
    let (code, printed) = copy.run(diff);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(printed.contains("int32 → int64"), "{printed}");
    let (code, printed) = copy.run(regenerate);
    assert_eq!(code, xtask::DONE, "{printed}");
    for file in ["client", "requests", "resources", "types"] {
        let path = format!("generated-client/src/generated/cloudidentity/{file}.rs");
        assert_eq!(copy.read(&path), read(&path), "{file}");
    }
}

#[test]
fn a_new_client_is_mounted_and_up_to_date() {
    let copy = Copy::new();
    let spec = workspace()
        .join("tests/corpus/openapi/workshop.v2.yaml")
        .display()
        .to_string();
    let line = format!("cargo xtask new-client workshop {spec} --select *");
    let (code, printed) = copy.run(&line);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        copy.read("generated-client/src/lib.rs")
            .contains("#[cfg(feature = \"workshop\")]\npub mod workshop;\n")
    );
    assert!(
        copy.read("generated-client/Cargo.toml")
            .contains("\nworkshop = []\n")
    );
    assert!(
        copy.read("generated-client/src/workshop/mod.rs")
            .contains("#[path = \"../generated/workshop/mod.rs\"]")
    );
    assert!(
        copy.read("spec/clients.toml")
            .contains("source = \"workshop.yaml\"")
    );
    let (code, printed) = copy.run("cargo xtask regenerate --check");
    assert_eq!(code, xtask::DONE, "{printed}");
    let (code, printed) = copy.run(&line);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(
        printed.contains("there are two clients called `workshop`"),
        "{printed}"
    );
}

#[test]
fn what_is_wrong_with_the_arguments_of_a_new_client_is_said_of_them() {
    let copy = Copy::new();
    for (arguments, said) in [
        (
            "shop spec/confluent-iam.v2.yaml --select nothing.*",
            "the selected operations: `nothing.*` matches no operation of the document\n  help: correct it",
        ),
        (
            "shop spec/cloudidentity.v1.json --select cloudidentity.customers.*",
            "`cloudidentity.customers.**` matches 5 operations",
        ),
        (
            "Shop spec/confluent-iam.v2.yaml",
            "the arguments: a client cannot be called `Shop`",
        ),
    ] {
        let (code, printed) = copy.run(&format!("cargo xtask new-client {arguments}"));
        assert_eq!(code, xtask::FAILED, "{printed}");
        assert!(printed.contains(said), "{said}: {printed}");
    }
}
