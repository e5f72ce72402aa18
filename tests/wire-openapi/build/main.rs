//! Generates the client of each document, and the harness that calls it.

#![allow(clippy::too_many_lines)] // What a harness holds is printed in one place.

mod caller;
mod credentials;
#[path = "../src/documents.rs"]
mod documents;
#[path = "../../wire/build/generated/mod.rs"]
#[allow(dead_code)] // A Discovery document has other questions.
mod generated;
mod harness;
#[path = "../../public_specs.rs"]
mod public_specs;
#[path = "../src/reading/mod.rs"]
#[allow(dead_code)] // The tests use what is left.
mod reading;
mod steps;
mod values;

use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::{Client, Source};
use documents::{ALL, OWN, PUBLIC};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    for path in [
        "build",
        "src/documents.rs",
        "src/reading",
        "../public_specs.rs",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-changed=../wire/build/generated");
    println!("cargo::rerun-if-env-changed=OPENAPI_DOCUMENTS");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder")?);
    let workspace = Path::new("../..").canonicalize()?;
    let public = public_specs::folder(&workspace, "openapi")?;
    let chosen = env::var("OPENAPI_DOCUMENTS").unwrap_or_default();
    let mut code = String::new();
    let folder = public.as_ref().unwrap_or(&workspace);
    let (own, of_public) = match chosen.as_str() {
        "" if public.is_some() => (OWN.to_vec(), PUBLIC.to_vec()),
        "" => (OWN.to_vec(), Vec::new()),
        // Others of the folder, in the place of all.
        chosen => (Vec::new(), documents(chosen)),
    };
    let is_chosen = !chosen.is_empty();
    code += &format!(
        "/// Whether other documents take the place of all.\npub const CHOSEN: bool = {is_chosen};\n"
    );
    code += &harnesses("OWN", &own, &workspace, &out)?;
    code += &harnesses("PUBLIC", &of_public, folder, &out)?;
    for (_, file, _) in OWN {
        println!("cargo::rerun-if-changed={}", workspace.join(file).display());
    }
    fs::write(out.join("harness.rs"), code)?;
    Ok(())
}

/// The documents of these files, with all of their operations.
fn documents(files: &str) -> Vec<documents::Document<'_>> {
    const NAMES: [&str; 8] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let files = files.split_whitespace().zip(NAMES);
    files.map(|(file, name)| (name, file, ALL)).collect()
}

/// The clients of documents with their harnesses, and the list `constant` of these.
fn harnesses(
    constant: &str,
    documents: &[documents::Document],
    folder: &Path,
    out: &Path,
) -> Fallible<String> {
    let (mut code, mut listed) = (String::new(), String::new());
    for (name, file, operations) in documents {
        let path = folder.join(file);
        let (root, left_out) = generate(name, &path, operations, out)?;
        code += &format!(
            "/// A client. In a test it is private, and only what the harness calls of it is used.\n#[allow(clippy::enum_variant_names, dead_code)]\n\
             #[path = {root:?}]\npub mod {name};\n"
        );
        code += &harness::of(name, &path, out, &left_out)?.to_string();
        listed += &format!("harness_of_{name}::HARNESS,");
    }
    let list = format!("/// Harnesses.\npub const {constant}: &[Harness] = &[{listed}];\n");
    Ok(code + &list)
}

/// The ids of operations, each with the reason why it is left out.
type LeftOut = Vec<(String, String)>;

/// Generates a client. Returns the path of its root module, and what is left out.
fn generate(
    name: &str,
    path: &Path,
    operations: &[&str],
    out: &Path,
) -> Fallible<(PathBuf, LeftOut)> {
    let source = path.to_string_lossy();
    let text = fs::read_to_string(path).map_err(|error| format!("{source}: {error}"))?;
    let client = Client::new(name, &source, operations);
    let source = Source {
        name: &source,
        text: &text,
    };
    let generated = codegen::generate(&client, &source)?;
    let folder = out.join(name);
    // Another document may have been here.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    for file in generated.files {
        fs::write(folder.join(file.path), file.text)?;
    }
    let left_out = generated.summary.left_out.iter().map(|it| {
        let reasons: Vec<_> = it.problems.iter().map(codegen::Problem::what).collect();
        (it.operation.clone(), reasons.join("; "))
    });
    let not_selected = generated.summary.operations_left_out.iter();
    let not_selected = not_selected.map(|id| (id.clone(), String::new()));
    let left_out = left_out.chain(not_selected);
    Ok((folder.join("mod.rs"), left_out.collect()))
}
