//! What comes with the repository and with the package besides code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{read, workspace};

const LICENSES: [(&str, &str); 2] = [
    (
        "LICENSE-MIT",
        "Permission is hereby granted, free of charge",
    ),
    ("LICENSE-APACHE", "Version 2.0, January 2004"),
];

/// What is published, and the folder of each.
const PACKAGES: [(&str, &str); 2] = [
    ("generated-client", "generated-client"),
    ("generated-client-runtime", "generated-client/runtime"),
];

#[test]
fn license_texts_are_in_the_repository_and_in_every_package() {
    for (file, words) in LICENSES {
        let text = read(file);
        assert!(text.contains(words), "{file}");
        for (_, folder) in PACKAGES {
            assert_eq!(read(&format!("{folder}/{file}")), text, "{folder}/{file}");
        }
    }
    for (package, _) in PACKAGES {
        let listed = packaged(package);
        for (file, _) in LICENSES {
            assert!(listed.lines().any(|line| line == file), "{file}: {listed}");
        }
    }
}

/// What is in a package, a line for each file.
fn packaged(package: &str) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "package",
            "--list",
            "--allow-dirty",
            "--offline",
            "-p",
            package,
        ])
        .current_dir(workspace())
        .output()
        .unwrap();
    let (listed, said) = (output.stdout, String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(listed).unwrap();
    assert!(output.status.success(), "{said}");
    listed
}

#[test]
fn the_runtime_depends_on_no_member_and_nothing_published_on_the_fake() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let members: Vec<&Value> = packages.iter().map(|package| &package["name"]).collect();
    let dependencies = |name: &str| -> Vec<(String, bool)> {
        let package = packages.iter().find(|package| package["name"] == name);
        let all = package.unwrap()["dependencies"].as_array().unwrap().iter();
        all.filter(|it| members.contains(&&it["name"]))
            .map(|it| (it["name"].as_str().unwrap().to_owned(), it["kind"] == "dev"))
            .collect()
    };
    assert_eq!(dependencies("generated-client-runtime"), []);
    let of_the_client = dependencies("generated-client");
    let (development, used): (Vec<_>, Vec<_>) = of_the_client.into_iter().partition(|it| it.1);
    assert_eq!(development, [("generated-client-fake".to_owned(), true)]);
    assert_eq!(used, [("generated-client-runtime".to_owned(), false)]);
    // The fake shares nothing with the clients but the examples of its documentation.
    assert_eq!(
        dependencies("generated-client-fake"),
        [("generated-client".to_owned(), true)]
    );
}

/// What cargo knows of the members.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(workspace())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn pages_depend_on_the_crate_by_path_or_git() {
    let mut lines = 0;
    for page in pages(&workspace()) {
        let text = fs::read_to_string(&page).unwrap();
        for line in text.lines().filter(|line| {
            let name = line.split(" = ").next().unwrap_or_default();
            line.contains(" = ") && name.starts_with("generated-client")
        }) {
            lines += 1;
            let named = line.contains("path = ") || line.contains("git = ");
            assert!(named, "{}: {line}", page.display());
        }
        assert!(
            !text.contains("cargo add generated-client"),
            "{}",
            page.display()
        );
    }
    assert!(lines > 0, "no page says how to depend on the crate");
}

/// The libraries say `test = false`: they would be compiled once more for tests that they do not have.
#[test]
fn libraries_have_no_unit_tests() {
    let mut sources = 0;
    for library in [
        "codegen",
        "generated-client",
        "generated-client/fake",
        "generated-client/runtime",
        "generated-client/unmanaged",
        "tests",
        "tests/random",
        "tests/wire",
        "xtask",
    ] {
        let manifest = read(&format!("{library}/Cargo.toml"));
        assert!(manifest.contains("\ntest = false\n"), "{library}");
        for source in files(&workspace().join(library).join("src"), ".rs") {
            let text = fs::read_to_string(&source).unwrap();
            let is_test = |line: &&str| {
                ["#[test]", "#[tokio::test"]
                    .iter()
                    .any(|it| line.starts_with(it))
            };
            let test = text.lines().map(str::trim_start).find(is_test);
            assert_eq!(test, None, "{}", source.display());
            sources += 1;
        }
    }
    assert!(sources > 100, "{sources} files were found");
}

/// Every page of the repository.
fn pages(folder: &Path) -> Vec<PathBuf> {
    files(folder, ".md")
}

/// The files below a folder whose names end like this.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            found.extend(files(&path, end));
        } else if name.ends_with(end) {
            found.push(path);
        }
    }
    found
}

#[test]
fn published_packages_have_the_metadata_of_a_registry() {
    let metadata = metadata();
    for (name, _) in PACKAGES {
        let mut packages = metadata["packages"].as_array().unwrap().iter();
        let package = packages.find(|package| package["name"] == name).unwrap();
        for field in ["description", "license", "readme", "rust_version"] {
            assert!(package[field].is_string(), "{name}: {field}");
        }
        for field in ["keywords", "categories"] {
            let words = package[field].as_array().unwrap();
            assert!((1..=5).contains(&words.len()), "{name}: {field}");
        }
    }
}

#[test]
fn links_of_pages_lead_to_files() {
    let mut links = 0;
    for page in pages(&workspace()) {
        let text = fs::read_to_string(&page).unwrap();
        for target in text.split("](").skip(1) {
            let target = target.split([')', '#']).next().unwrap();
            let is_file = target.contains('/') || target.ends_with(".md");
            if target.contains("://") || target.contains("::") || !is_file {
                continue;
            }
            links += 1;
            let file = page.parent().unwrap().join(target);
            assert!(file.exists(), "{}: {target}", page.display());
        }
    }
    assert!(links > 10, "{links}");
}

#[test]
fn the_readme_has_three_quickstarts_in_a_hundred_lines() {
    let readme = read("README.md");
    assert!(readme.lines().count() <= 100);
    let starts = readme.matches("\n## Quickstart: ");
    assert_eq!(starts.count(), 3);
    // CI runs the blocks of this language.
    assert_eq!(readme.matches("\n```sh\ncargo ").count(), 2);
}
