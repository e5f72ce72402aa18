//! Generates a client of each of several random documents.
//!
//! `DOCUMENTS` says how many, `FIRST` the number of the first one; a document depends on its number
//! alone. Each document is written beside its client.

#![allow(clippy::too_many_lines)] // What a harness holds is printed in one place.

mod bytes;
mod calls;
mod document;
#[path = "../../wire/build/generated/mod.rs"]
mod generated;
mod names;
mod operation;
mod samples;
mod schema;
mod unions;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, panic};

use arbitrary::Unstructured;
use bytes::Choices;
use codegen::{Client, Generated, Source};
use serde_json::Value;

/// How many documents there are, unless `DOCUMENTS` says so; CI has more.
const COUNT: u64 = 100;

/// The methods of how many documents are called.
const CALLED: u64 = 40;

/// How many random bytes a document is made of at most.
const BYTES: usize = 4096;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../wire/build/generated");
    let (first, count) = (number("FIRST", 0)?, number("DOCUMENTS", COUNT)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder")?);
    let out = out.join("documents");
    let _ = fs::remove_dir_all(&out);
    let (mut modules, mut outcomes, mut calls) = (String::new(), String::new(), String::new());
    for number in first..first + count {
        let folder = out.join(format!("d{number}"));
        fs::create_dir_all(&folder)?;
        let document = random(number);
        let outcome = match generate(number, &document, &folder)? {
            None => {
                if number < first + CALLED {
                    calls += &calls::of(number, &document, &folder)?.to_string();
                }
                let root = folder.join("mod.rs");
                writeln!(
                    modules,
                    "/// A client.\n#[path = {root:?}]\npub mod d{number};"
                )?;
                String::new()
            }
            Some(refusal) => refusal,
        };
        writeln!(outcomes, "({number}, {outcome:?}),")?;
    }
    write!(
        modules,
        "/// Every document, with why it was refused; empty where it was not.\n\
         pub const OUTCOMES: &[(u64, &str)] = &[{outcomes}];\n\
         /// Calls of methods that have a body.\n\
         pub const CALLS: &[Call] = &[{calls}];"
    )?;
    fs::write(out.join("documents.rs"), modules)?;
    Ok(())
}

fn number(variable: &str, default: u64) -> Fallible<u64> {
    println!("cargo::rerun-if-env-changed={variable}");
    Ok(env::var(variable).map_or(Ok(default), |text| text.parse())?)
}

/// The document of a number.
fn random(number: u64) -> Value {
    let mut bytes = vec![0; BYTES];
    fastrand::Rng::with_seed(number).fill(&mut bytes);
    document::document(&mut Choices(Unstructured::new(&bytes)))
}

/// Generates the client of a document. Returns why it was refused, if it was.
fn generate(number: u64, document: &Value, folder: &Path) -> Fallible<Option<String>> {
    let text = serde_json::to_string_pretty(document)?;
    fs::write(folder.join("document.json"), &text)?;
    let name = format!("d{number}");
    let source = Source {
        name: "document.json",
        text: &text,
    };
    let client = Client::new(&name, source.name, &["**"]);
    Ok(
        match panic::catch_unwind(|| codegen::generate(&client, &source)) {
            Ok(Ok(generated)) => {
                write(generated, folder)?;
                None
            }
            Ok(Err(problem)) => Some(problem.to_string()),
            Err(_) => Some("panicked".to_owned()),
        },
    )
}

fn write(generated: Generated, folder: &Path) -> Fallible<()> {
    for file in generated.files {
        fs::write(folder.join(file.path), file.text)?;
    }
    Ok(())
}
