//! Generates the client of each document, and the harness that calls it.

#[path = "../src/document.rs"]
mod document;
mod generated;
mod harness;

use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::{Client, Source};
use document::{DOCUMENTS, FOLDER};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/document.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder")?);
    let (mut modules, mut listed) = (String::new(), String::new());
    for (name, file) in DOCUMENTS {
        let path = Path::new(FOLDER).join(file);
        if path.is_file() {
            let root = generate(name, &path, &out)?;
            modules += &format!("/// A client.\n#[path = {root:?}]\npub mod {name};\n");
            listed += &format!("harness_of_{name}::HARNESS,");
            modules += &harness::of(name, file, &path, &out)?.to_string();
        }
    }
    let list = format!("/// Every document's.\npub const HARNESSES: &[Harness] = &[{listed}];\n");
    fs::write(out.join("harness.rs"), modules + &list)?;
    Ok(())
}

/// Generates a client. Returns the path of its root module.
fn generate(name: &str, path: &Path, out: &Path) -> Fallible<PathBuf> {
    let (text, source) = (fs::read_to_string(path)?, path.to_string_lossy());
    let client = Client::new(name, &source, &["**"]);
    let generated = codegen::generate(
        &client,
        &Source {
            name: &source,
            text: &text,
        },
    )?;
    let folder = out.join(name);
    fs::create_dir_all(&folder)?;
    for file in generated.files {
        fs::write(folder.join(file.path), file.text)?;
    }
    Ok(folder.join("mod.rs"))
}
