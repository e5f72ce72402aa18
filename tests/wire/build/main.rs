//! Generates the client of each document, and the harness that calls it.

#![allow(clippy::too_many_lines)] // What a harness holds is printed in one place.

#[path = "../src/document.rs"]
mod document;
mod generated;
mod harness;
#[path = "../../public_specs.rs"]
mod public_specs;

use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::{Client, Source};
use document::{LARGE, OWN, PUBLIC};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../public_specs.rs");
    println!("cargo::rerun-if-changed=src/document.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder")?);
    let workspace = Path::new("../..").canonicalize()?;
    let mut code = harnesses("OWN", OWN, &workspace, &out)?;
    for (_, file) in OWN {
        println!("cargo::rerun-if-changed={}", workspace.join(file).display());
    }
    println!("cargo::rerun-if-env-changed=LARGE_SPECS");
    println!("cargo::rustc-check-cfg=cfg(large_specs)");
    let public = public_specs::folder(&workspace, "discovery")?;
    let large = public
        .as_ref()
        .filter(|_| env::var_os("LARGE_SPECS").is_some());
    if large.is_some() {
        println!("cargo::rustc-cfg=large_specs");
    }
    for (constant, documents, folder) in
        [("PUBLIC", PUBLIC, public.as_ref()), ("LARGE", LARGE, large)]
    {
        code += &match folder {
            Some(folder) => harnesses(constant, documents, folder, &out)?,
            None => harnesses(constant, &[], &workspace, &out)?,
        };
    }
    fs::write(out.join("harness.rs"), code)?;
    Ok(())
}

/// The clients of documents with their harnesses, and the list `constant` of these.
fn harnesses(
    constant: &str,
    documents: &[(&str, &str)],
    folder: &Path,
    out: &Path,
) -> Fallible<String> {
    let (mut code, mut listed) = (String::new(), String::new());
    for (name, file) in documents {
        let path = folder.join(file);
        let root = generate(name, &path, out)?;
        code += &format!(
            "/// A client. In a test it is private, and only what the harness calls of it is used.\n#[allow(clippy::enum_variant_names, dead_code)]\n\
             #[path = {root:?}]\npub mod {name};\n"
        );
        code += &harness::of(name, &path, out)?.to_string();
        listed += &format!("harness_of_{name}::HARNESS,");
    }
    let list = format!("/// Harnesses.\npub const {constant}: &[Harness] = &[{listed}];\n");
    Ok(code + &list)
}

/// Generates a client. Returns the path of its root module.
fn generate(name: &str, path: &Path, out: &Path) -> Fallible<PathBuf> {
    let source = path.to_string_lossy();
    let text = fs::read_to_string(path).map_err(|error| format!("{source}: {error}"))?;
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
