//! Compiles packs, and finds out which programs do not.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::Verdict;
use super::pack::Packed;
use crate::cargo_check;

/// Compiles every pack of a folder.
pub(super) fn check(folder: &Path, packs: Vec<Packed>) -> io::Result<Vec<Verdict>> {
    let mut child = cargo_check::start(&folder.join("Cargo.toml"), Stdio::null())?;
    let mut errors: BTreeMap<String, BTreeMap<u64, String>> = BTreeMap::new();
    let (mut elsewhere, mut finished) = (None, false);
    for message in cargo_check::messages(&mut child) {
        let message = message?;
        finished |= message["reason"] == "build-finished";
        let Some((file, line, what)) = error(&message["message"]) else {
            continue;
        };
        match packs.iter().find(|pack| file.ends_with(&pack.program)) {
            Some(pack) => {
                let of_file = errors.entry(pack.program.clone()).or_default();
                of_file.entry(line).or_insert_with(|| what.to_owned());
            }
            None => elsewhere = Some(format!("{file}: {what}")),
        }
    }
    child.wait()?;
    if let Some(what) = elsewhere {
        return Err(io::Error::other(format!(
            "a client does not compile: {what}"
        )));
    }
    if !finished {
        return Err(io::Error::other("cargo did not finish"));
    }
    let verdicts = packs.into_iter().map(|pack| Verdict {
        errors: named(
            folder,
            &pack.program,
            errors.remove(&pack.program).unwrap_or_default(),
        ),
        name: pack.name,
        breaking: pack.breaking,
    });
    Ok(verdicts.collect())
}

/// An error of the compiler that is about a place: the file, the line, and what is wrong there.
fn error(message: &Value) -> Option<(&str, u64, &str)> {
    if message["level"] != "error" {
        return None;
    }
    let mut spans = message["spans"].as_array()?.iter();
    let span = spans.find(|span| span["is_primary"] == true)?;
    Some((
        span["file_name"].as_str().unwrap_or_default(),
        span["line_start"].as_u64().unwrap_or_default(),
        message["message"].as_str().unwrap_or_default(),
    ))
}

/// Errors by lines, with what the functions on these lines use.
fn named(folder: &Path, program: &str, errors: BTreeMap<u64, String>) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(program)).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let named = errors.into_iter().map(|(line, what)| {
        let line = usize::try_from(line).unwrap_or_default();
        let above = lines.get(line.saturating_sub(2)).unwrap_or(&"");
        format!("{}: {what}", above.trim_start_matches("// "))
    });
    named.collect()
}
