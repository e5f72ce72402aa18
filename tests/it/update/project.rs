//! A project whose clients are brought up to date.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::spec_changes::command;

const CHANGELOG: &str =
    "# Changelog\n\n## Unreleased\n\nGenerated from revision 1.\n\n### Added\n\n- A client.\n";

/// A manifest with one client, its spec, what is generated of it, and a changelog.
pub struct Project {
    pub folder: TempDir,
}

impl Project {
    pub fn new() -> Self {
        Self::with("")
    }

    /// A project whose client has more keys in the manifest.
    pub fn with(keys: &str) -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let manifest = format!(
            "[[client]]\nname = \"library\"\nsource = \"library.json\"\noperations = [\"library.books.*\"]\n{keys}"
        );
        project.write("spec/clients.toml", &manifest);
        project.write("spec/library.json", &library("1", json!({})).to_string());
        project.write("CHANGELOG.md", CHANGELOG);
        let (manifest, out) = (project.path("spec/clients.toml"), project.path("out"));
        let (code, printed) = crate::support::regenerate(&manifest, &out, &[]);
        assert_eq!(code, xtask::DONE, "{printed}");
        project
    }

    /// A project whose client has an overlay, too.
    pub fn with_overlay(keys: &str, overlay: &str) -> Self {
        let project = Self::new();
        let manifest = project.read("spec/clients.toml");
        project.write(
            "spec/clients.toml",
            &format!("{manifest}overlays = [\"overlays/library.yaml\"]\n{keys}"),
        );
        project.write("spec/overlays/library.yaml", overlay);
        project.regenerate();
        project
    }

    pub fn regenerate(&self) {
        let (manifest, out) = (self.path("spec/clients.toml"), self.path("out"));
        let (code, printed) = crate::support::regenerate(&manifest, &out, &[]);
        assert_eq!(code, xtask::DONE, "{printed}");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `update` with a document. Returns the exit status, and what is printed.
    pub fn update(&self, from: &str, more: &[&str]) -> (u8, String) {
        let [manifest, out, changelog] = ["spec/clients.toml", "out", "CHANGELOG.md"]
            .map(|name| self.path(name).display().to_string());
        let all = [
            "update",
            "--from",
            from,
            "--manifest",
            &manifest,
            "--out",
            &out,
            "--changelog",
            &changelog,
        ];
        command::run(&[&all, more].concat())
    }

    /// Runs `update` with a document in a file, and a report for a program.
    pub fn json_of_update_to(&self, document: &Value) -> (u8, String, String) {
        self.write("published.json", &document.to_string());
        let [from, manifest] = ["published.json", "spec/clients.toml"]
            .map(|name| self.path(name).display().to_string());
        let out = self.path("out").display().to_string();
        command::run_apart(&[
            "update",
            "--from",
            &from,
            "--manifest",
            &manifest,
            "--out",
            &out,
            "--format",
            "json",
        ])
    }

    /// Runs `update` with a document in a file.
    pub fn update_to(&self, document: &Value, more: &[&str]) -> (u8, String) {
        let published = tempfile::tempdir().unwrap();
        let file = published.path().join("published.json");
        fs::write(&file, document.to_string()).unwrap();
        self.update(file.to_str().unwrap(), more)
    }
}

/// A document with an operation that is selected and one that is not; `more` are properties of a book.
pub fn library(revision: &str, more: Value) -> Value {
    let mut properties = json!({
        "title": { "type": "string", "description": "What it is called." },
        "state": { "type": "string", "enum": ["SHELVED", "LENT"], "enumDescriptions": ["On a shelf.", "Lent."] },
    });
    for (name, property) in more.as_object().unwrap() {
        properties[name] = property.clone();
    }
    let method = |id: &str, path: &str| {
        json!({
            "id": id, "path": path, "httpMethod": "GET", "parameterOrder": [], "parameters": {},
            "response": { "$ref": "Book" }, "description": format!("Calls {id}."),
        })
    };
    json!({
        "discoveryVersion": "v1", "name": "library", "version": "v1", "revision": revision, "title": "Library",
        "rootUrl": "https://library.example/", "servicePath": "", "etag": revision,
        "schemas": {
            "Book": { "id": "Book", "type": "object", "properties": properties },
            "Shelf": { "id": "Shelf", "type": "object", "properties": { "name": { "type": "string" } } },
        },
        "resources": {
            "books": { "methods": { "get": method("library.books.get", "books") } },
            "shelves": { "methods": { "list": method("library.shelves.list", "shelves") } },
        },
    })
}

pub fn pages() -> Value {
    json!({ "pages": { "type": "integer", "format": "int32", "description": "How long it is." } })
}
