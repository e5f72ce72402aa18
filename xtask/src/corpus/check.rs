//! Compiles what was generated as far as its types: all crates in one workspace, so that what they share
//! is compiled once, and the compiler has all processors.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use codegen::Problem;

use super::progress;
use super::worker::{Outcome, PREFIX, Report, crate_name};
use crate::cargo_check;
use crate::write::cannot;

/// Where the crates go.
pub(super) fn folder(root: &Path) -> PathBuf {
    root.join("target/corpus")
}

/// Removes what an earlier run left, but not what it compiled.
pub(super) fn clear(folder: &Path) -> Result<(), Problem> {
    let crates = folder.join("crates");
    match fs::remove_dir_all(&crates) {
        Err(error) if crates.exists() => Err(cannot(&crates, "removed", &error)),
        _ => fs::create_dir_all(folder).map_err(|error| cannot(folder, "made", &error)),
    }
}

/// Compiles every crate. A report whose crate does not compile becomes one of failure.
pub(super) fn types(folder: &Path, root: &Path, reports: &mut [Report]) -> Result<(), Problem> {
    let manifest = folder.join("Cargo.toml");
    let text = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
    fs::write(&manifest, text).map_err(|error| cannot(&manifest, "written", &error))?;
    // The same versions as everywhere else in this workspace.
    let _ = fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"));
    let errors =
        check(&manifest, reports.len()).map_err(|error| cannot(&manifest, "checked", &error))?;
    for report in reports {
        let name = crate_name(&report.document);
        if let (Some(error), Outcome::Generated(_)) = (errors.get(&name), &report.outcome) {
            report.outcome = Outcome::Failed {
                reason: format!("what is generated does not compile: {error}"),
            };
        }
    }
    Ok(())
}

/// Runs the compiler. Returns the first error or warning of each crate that has one.
fn check(manifest: &Path, crates: usize) -> io::Result<BTreeMap<String, String>> {
    let bar = progress(crates, "crates checked");
    let mut child = cargo_check::start(manifest, Stdio::inherit())?;
    let (mut errors, mut finished) = (BTreeMap::new(), false);
    for message in cargo_check::messages(&mut child) {
        let message = message?;
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let name = name.replace('_', "-");
        match message["reason"].as_str() {
            Some("compiler-artifact") if name.starts_with(PREFIX) => bar.inc(1),
            Some("compiler-message") => {
                let what = message["message"]["message"].as_str().unwrap_or_default();
                errors.entry(name).or_insert_with(|| what.to_owned());
            }
            Some("build-finished") => finished = true,
            _ => {}
        }
    }
    bar.finish_and_clear();
    let status = child.wait()?;
    if !finished || (!status.success() && errors.is_empty()) {
        return Err(io::Error::other(format!("cargo ended with {status}")));
    }
    Ok(errors)
}
