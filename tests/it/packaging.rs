//! What comes with the repository and with the package besides code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{read, workspace};

const LICENSES: [(&str, &str); 2] = [
    (
        "LICENSE-MIT",
        "Permission is hereby granted, free of charge",
    ),
    ("LICENSE-APACHE", "Version 2.0, January 2004"),
];

#[test]
fn license_texts_are_in_the_repository_and_in_the_package() {
    for (file, words) in LICENSES {
        let text = read(file);
        assert!(text.contains(words), "{file}");
        assert_eq!(read(&format!("generated-client/{file}")), text, "{file}");
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "package",
            "--list",
            "--allow-dirty",
            "--offline",
            "-p",
            "generated-client",
        ])
        .current_dir(workspace())
        .output()
        .unwrap();
    let (listed, said) = (output.stdout, String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(listed).unwrap();
    assert!(output.status.success(), "{said}");
    for (file, _) in LICENSES {
        assert!(listed.lines().any(|line| line == file), "{file}: {listed}");
    }
}

#[test]
fn pages_depend_on_the_crate_by_path_or_git() {
    let mut lines = 0;
    for page in pages(&workspace()) {
        let text = fs::read_to_string(&page).unwrap();
        for line in text
            .lines()
            .filter(|line| line.contains("generated-client = "))
        {
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

/// Every page of the repository.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            pages.extend(self::pages(&path));
        } else if name.ends_with(".md") {
            pages.push(path);
        }
    }
    pages
}
