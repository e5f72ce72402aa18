//! `cargo xtask generate` into the folder of a workspace: cargo understands every manifest afterwards.

mod cases;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{self, workspace};
use cases::{APP, Becomes, CASES};

/// Writes the manifests, each with a library if it is a package.
fn prepare(manifests: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (below, text) in manifests {
        let package = folder.path().join(below);
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("Cargo.toml"), text).unwrap();
        if text.contains("[package]") {
            fs::write(package.join("src/lib.rs"), "").unwrap();
        }
    }
    folder
}

/// Makes a crate called `x`. Returns the exit status of the task, and what it prints.
fn generate(out: &Path, more: &[&str]) -> (u8, String) {
    let spec = workspace().join("tests/fixtures/accepted/no_types.json");
    support::generate(&spec, out, &[&["--name", "x"], more].concat())
}

/// What cargo says of a manifest; nothing where it understands it.
fn cargo_refuses(folder: &Path) -> Option<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(folder)
        .output()
        .unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn cargo_understands_every_manifest_afterwards() {
    for case in CASES {
        let folder = prepare(case.manifests);
        let out = folder.path().join(case.out);
        let (code, said) = generate(&out, &[]);
        assert_eq!(code, xtask::DONE, "{}: {said}", case.name);
        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
        let becomes = match manifest.contains("\n[workspace]\n") {
            false => Becomes::Member,
            true if said.contains("no member of the workspace") => Becomes::Other,
            true => Becomes::Alone,
        };
        assert_eq!(becomes, case.becomes, "{}: {said}", case.name);
        let told = said.contains("is a member of the workspace");
        assert_eq!(told, becomes == Becomes::Member, "{}: {said}", case.name);
        let of_the_case = case
            .manifests
            .iter()
            .map(|(below, _)| folder.path().join(below));
        for folder in of_the_case.chain([out.clone()]) {
            assert_eq!(cargo_refuses(&folder), None, "{}", case.name);
        }
        // Once it is there, nothing else is to be said.
        let (code, said) = generate(&out, &[]);
        assert!(
            code == xtask::DONE && !said.contains("note"),
            "{}: {said}",
            case.name
        );
    }
}

#[test]
fn a_manifest_that_no_longer_fits_is_reported() {
    let folder = prepare(&[("", "[workspace]\nmembers = [\"crates/app\"]\n"), APP]);
    let out = folder.path().join("crates/x");
    let states = [
        (
            "[workspace]\nmembers = [\"crates/*\"]\n",
            "remove it from the crate's Cargo.toml",
        ),
        ("[workspace]\nmembers = [\"crates/app\"]\n", "list it there"),
    ];
    for (above, told) in states {
        assert_eq!(generate(&out, &[]).0, xtask::DONE);
        fs::write(folder.path().join("Cargo.toml"), above).unwrap();
        let refused = [folder.path(), &out].map(cargo_refuses);
        assert!(refused.iter().any(Option::is_some), "{above}");
        let (code, said) = generate(&out, &[]);
        assert!(code == xtask::DONE && said.contains(told), "{said}");
        fs::remove_file(out.join("Cargo.toml")).unwrap();
        fs::write(
            folder.path().join("Cargo.toml"),
            "[workspace]\nmembers = [\"crates/*\"]\n",
        )
        .unwrap();
    }
}

#[test]
fn a_member_that_would_break_its_workspace_is_refused() {
    let name = ("crates/other", "[package]\nname = \"x\"\n");
    let folder = prepare(&[("", "[workspace]\nmembers = [\"crates/*\"]\n"), name]);
    let out = folder.path().join("crates/x");
    let (code, said) = generate(&out, &[]);
    assert!(code == xtask::FAILED && said.contains("--name"), "{said}");
    assert!(!out.exists());

    // A folder on the way is no crate.
    let folder = prepare(&[("", "[workspace]\nmembers = [\"crates/*\"]\n"), APP]);
    let (code, said) = generate(&folder.path().join("crates/deep/x"), &[]);
    assert!(
        code == xtask::FAILED && said.contains("crates/deep "),
        "{said}"
    );
    assert!(!folder.path().join("crates/deep").exists());
    assert_eq!(cargo_refuses(folder.path()), None);

    // The runtime is in the folder of that workspace, and in a workspace of its own.
    let runtime = ["--runtime", "../../tools/runtime"];
    for (exclude, code) in [
        ("", xtask::FAILED),
        ("exclude = [\"tools\"]\n", xtask::DONE),
    ] {
        let above = format!("[workspace]\nmembers = [\"crates/*\"]\n{exclude}");
        let tools = ("tools", "[workspace]\nmembers = [\"runtime\"]\n");
        let package = (
            "tools/runtime",
            "[package]\nname = \"generated-client-runtime\"\n[features]\nrustls = []\nservice-account = []\n",
        );
        let folder = prepare(&[("", &above), APP, tools, package]);
        let out = folder.path().join("crates/x");
        let (found, said) = generate(&out, &runtime);
        assert_eq!(found, code, "{said}");
        assert_eq!(said.contains("`exclude`"), code == xtask::FAILED, "{said}");
        assert_eq!(out.exists(), code == xtask::DONE);
        assert_eq!(cargo_refuses(folder.path()), None);
    }
}
