//! Reads the files beside a document that its references lead to.
//!
//! A document may come from anywhere. So only files in its folder or below it are read, also where a link
//! stands in the way, only those that are called JSON or YAML, and not too many of them.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::{Files, Problem, Source};

/// How many files may be read.
const MOST_FILES: usize = 10_000;

/// How long they may be, all together.
const MOST_BYTES: u64 = 128 << 20;

/// Reads every file that a document at `path` refers to, and those that they refer to. What is not there is
/// reported by the generator, where it is referred to.
pub(crate) fn files(document: &Source, path: &Path) -> Result<Files, Problem> {
    let mut files = Files::default();
    let mut waiting = Files::named_in(document, None);
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut left = MOST_BYTES;
    while let Some(name) = waiting.pop() {
        if seen.len() > MOST_FILES {
            return Err(too_many(document, &format!("more than {MOST_FILES} files")));
        }
        let Some(path) = inside(folder, &name) else {
            continue;
        };
        let length = std::fs::metadata(&path).map_or(0, |data| data.len());
        left = left
            .checked_sub(length)
            .ok_or_else(|| too_many(document, &format!("more than {} MiB", MOST_BYTES >> 20)))?;
        let text = crate::generate::read(&path, &name)?;
        let source = Source {
            name: &name,
            text: &text,
        };
        for named in Files::named_in(&source, Some(&name)) {
            if seen.insert(named.clone()) {
                waiting.push(named);
            }
        }
        files.insert(name, text);
    }
    Ok(files)
}

/// The path of a file, if it is one, and if it is in the folder or below it in the end.
fn inside(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(name).canonicalize().ok()?;
    (path.starts_with(&folder) && path.is_file()).then_some(path)
}

fn too_many(document: &Source, what: &str) -> Problem {
    Problem::new(
        document.name,
        "",
        format!("the document refers to {what} beside it"),
        "put what belongs together into one file, or take a smaller document",
    )
}
