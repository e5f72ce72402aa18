//! Writes the client of a new spec, and a program that uses everything public of the old one.

use std::path::Path;

use codegen::{Diagnostics, Problem};

use super::Side;
use crate::standalone;
use crate::write::cannot;

/// Writes both into a folder, which is a workspace of its own.
pub(super) fn write(folder: &Path, old: &Side, new: &Side, root: &Path) -> Result<(), Diagnostics> {
    let client = folder.join("client/src");
    let program = folder.join("witness/src");
    let generated = super::guarded(&new.name, || {
        codegen::generate_with_files(&new.client, &new.spec.source(), &new.spec.files)
    })?;
    let mut files = vec![
        (
            folder.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"witness\"]\n".to_owned(),
        ),
        (
            folder.join("client/Cargo.toml"),
            standalone::member("client", root),
        ),
        (
            folder.join("witness/Cargo.toml"),
            standalone::member("witness", root) + "client = { path = \"../client\" }\n",
        ),
        (
            program.join("lib.rs"),
            codegen::diff::witness(&old.api, "::client")?,
        ),
    ];
    for file in generated.files {
        let name = match file.path.as_str() {
            "mod.rs" => "lib.rs",
            other => other,
        };
        files.push((client.join(name), file.text));
    }
    for (path, text) in files {
        put(&path, &text)?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| cannot(folder, "made", &error))?;
    std::fs::write(path, text).map_err(|error| cannot(path, "written", &error))
}
