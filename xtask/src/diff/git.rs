//! Reads files of revisions in git.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use codegen::{Files, Problem, Source};

use super::spec::Spec;

/// How many files beside a document are read.
const MOST_FILES: usize = 1_000;

/// Reads a file of a revision, and those beside it that it refers to.
pub(super) fn read(revision: &str, path: &str) -> Result<Spec, Problem> {
    let name = format!("{revision}:{path}");
    let text = show(revision, path)?;
    let source = Source {
        name: &name,
        text: &text,
    };
    let mut files = Files::default();
    let mut waiting = Files::named_in(&source, None);
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    while let Some(file) = waiting.pop() {
        if seen.len() > MOST_FILES {
            let what = format!("the document refers to more than {MOST_FILES} files beside it");
            return Err(Problem::new(
                &name,
                "",
                what,
                "put what belongs together into one file",
            ));
        }
        let beside = match folder {
            "" => file.clone(),
            folder => format!("{folder}/{file}"),
        };
        // What is not there is reported by the generator, where it is referred to.
        let Ok(text) = show(revision, &beside) else {
            continue;
        };
        let source = Source {
            name: &file,
            text: &text,
        };
        for named in Files::named_in(&source, Some(&file)) {
            if seen.insert(named.clone()) {
                waiting.push(named);
            }
        }
        files.insert(file, text);
    }
    Ok(Spec { name, text, files })
}

/// A file of a revision, by its whole path; nothing where there is none, or no repository.
pub(crate) fn at(revision: &str, path: &Path) -> Option<String> {
    show(revision, &path.display().to_string()).ok()
}

/// A file of a revision: by its path from the top of the repository, or by a whole path.
fn show(revision: &str, path: &str) -> Result<String, Problem> {
    let place = format!("{revision}:{path}");
    let mut git = Command::new("git");
    let whole = Path::new(path);
    let object = match (whole.is_absolute(), whole.parent(), whole.file_name()) {
        (true, Some(folder), Some(name)) => {
            git.arg("-C").arg(folder);
            format!("{revision}:./{}", name.to_string_lossy())
        }
        _ => {
            git.arg("-C").arg(crate::working_folder());
            place.clone()
        }
    };
    let output = git.args(["show", "--end-of-options", &object]).output();
    let output = output.map_err(|error| {
        let what = format!("git cannot be run: {error}");
        Problem::new(&place, "", what, "install git, or name a file")
    })?;
    if !output.status.success() {
        return Err(lacking(&place, &String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|_| {
        Problem::new(
            &place,
            "",
            "the file is not text of UTF-8",
            "name a spec, in JSON or YAML",
        )
    })
}

/// A file that git does not have, with the first line of what it says.
fn lacking(place: &str, said: &str) -> Problem {
    let said = said
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("fatal: ");
    let help = "name a file, or a revision and a path from the top of the repository: \
                `HEAD~1:spec/api.json`";
    Problem::new(place, "", format!("git does not have it: {said}"), help)
}
