//! Puts changes on disk: all of them, or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use codegen::Problem;
use tempfile::NamedTempFile;

use crate::changes::{Change, Changes};

/// Makes every change.
///
/// All new texts are first written beside the files that they are for, where a full disk or a folder
/// that is not writable shows. Only then does the first file change; should one of the renames fail
/// all the same, those before it are taken back.
pub(crate) fn apply(changes: &Changes) -> Result<(), Problem> {
    let staged = stage(changes)?;
    let mut made: Vec<&Change> = Vec::new();
    for (change, staged) in changes.files.iter().zip(staged) {
        let path = changes.folder.join(&change.path);
        let outcome = match staged {
            Some(file) => file.persist(&path).map(drop).map_err(|error| error.error),
            None => fs::remove_file(&path),
        };
        if let Err(error) = outcome {
            take_back(&changes.folder, &made);
            return Err(cannot_write(&path, &error));
        }
        made.push(change);
    }
    for change in changes.files.iter().filter(|change| change.after.is_none()) {
        remove_empty_folders(&changes.folder, &change.path);
    }
    Ok(())
}

/// Writes every new text into a file beside the one that it is for.
fn stage(changes: &Changes) -> Result<Vec<Option<NamedTempFile>>, Problem> {
    let mut staged = Vec::new();
    for change in &changes.files {
        staged.push(match &change.after {
            None => None,
            Some(text) => {
                let path = changes.folder.join(&change.path);
                Some(stage_file(&path, text).map_err(|error| cannot_write(&path, &error))?)
            }
        });
    }
    Ok(staged)
}

fn stage_file(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

/// Puts back what files held before. This is the way out of a failure: one more is not reported.
fn take_back(folder: &Path, made: &[&Change]) {
    for change in made {
        let path = folder.join(&change.path);
        let _ = match &change.before {
            Some(text) => fs::write(&path, text),
            None => fs::remove_file(&path),
        };
    }
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty_folders(folder: &Path, removed: &Path) {
    let mut path: PathBuf = removed.to_owned();
    while path.pop() && !path.as_os_str().is_empty() {
        // A folder that is not empty stays, which is all that can go wrong here.
        if fs::remove_dir(folder.join(&path)).is_err() {
            return;
        }
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        path.display().to_string(),
        "",
        format!("the file cannot be written: {error}"),
        "nothing was changed; make the folder writable, or name another with `--out`",
    )
}

/// Something on disk that cannot be what it has to be.
pub(crate) fn cannot(path: &Path, what: &str, error: &io::Error) -> Problem {
    Problem::new(
        path.display().to_string(),
        "",
        format!("it cannot be {what}: {error}"),
        "make the folder writable, or name another",
    )
}
