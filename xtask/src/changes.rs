//! What would have to change on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::Problem;
use walkdir::WalkDir;

use crate::generate::Named;

/// The mark of a file that the generator may change or remove.
const MARK: &str = "@generated";

/// Everything that would have to change.
#[derive(Debug)]
pub(crate) struct Changes {
    /// The folder of the generated clients.
    pub folder: PathBuf,
    /// The files, sorted by path.
    pub files: Vec<Change>,
}

/// A file that would have to change.
#[derive(Debug)]
pub(crate) struct Change {
    /// Where the file is, below the folder.
    pub path: PathBuf,
    /// What it holds; nothing if there is no such file yet.
    pub before: Option<String>,
    /// What it should hold; nothing if it should go.
    pub after: Option<String>,
}

impl Changes {
    /// Whether nothing has to change.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Finds what would have to change in a folder so that it holds these clients and nothing else.
pub(crate) fn find(folder: &Path, clients: &[Named]) -> Result<Changes, Problem> {
    let mut present = generated_files(folder)?;
    let mut files = Vec::new();
    for client in clients {
        for file in &client.generated.files {
            let path = Path::new(&client.name).join(&file.path);
            let before = present.remove(&path);
            if before.as_ref() == Some(&file.text) {
                continue;
            }
            if before.is_none() && folder.join(&path).exists() {
                return Err(in_the_way(&path));
            }
            files.push(Change {
                path,
                before,
                after: Some(file.text.clone()),
            });
        }
    }
    files.extend(present.into_iter().map(|(path, text)| Change {
        path,
        before: Some(text),
        after: None,
    }));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Changes {
        folder: folder.to_owned(),
        files,
    })
}

/// Every file below a folder that is marked as generated, with its text.
fn generated_files(folder: &Path) -> Result<BTreeMap<PathBuf, String>, Problem> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        if !entry.file_type().is_file() {
            continue;
        }
        // What is not text was not generated.
        let Ok(text) = std::fs::read_to_string(entry.path()) else {
            continue;
        };
        if let (true, Ok(path)) = (text.contains(MARK), entry.path().strip_prefix(folder)) {
            files.insert(path.to_owned(), text);
        }
    }
    Ok(files)
}

fn in_the_way(path: &Path) -> Problem {
    Problem::new(
        path.display().to_string(),
        "",
        format!("there is something here that is not marked `{MARK}`, where a file has to go"),
        "move it out of the folder of the generated clients",
    )
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> Problem {
    Problem::new(
        folder.display().to_string(),
        "",
        format!("the folder of the generated clients cannot be read: {error}"),
        "make it readable, or name another with `--out`",
    )
}
