//! What there is on disk, seen without following a link.

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use codegen::Problem;
use walkdir::{DirEntry, WalkDir};

use crate::mark::Owner;

/// The file that every client's folder has.
pub(crate) const DOCUMENT: &str = "openapi.json";
/// How many bytes show whether a file begins with a mark.
const BEGINNING: u64 = 256;

/// What is at a place where a file belongs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing.
    Free,
    /// A file that the task wrote, with this text.
    Own(String),
    /// Something else, which stays; why it is not the task's.
    Taken(&'static str),
}

/// Looks at a place below a folder.
pub(crate) fn place(
    folder: &Path,
    path: &Path,
    is_own: impl FnOnce(&[u8]) -> bool,
) -> Result<Place, Problem> {
    let mut whole = folder.to_owned();
    let mut components = path.components().peekable();
    while let Some(component) = components.next() {
        let Component::Normal(name) = component else {
            return Ok(Place::Taken("outside of the folder"));
        };
        whole.push(name);
        let Some(kind) = kind(&whole)? else {
            return Ok(Place::Free);
        };
        if kind.is_symlink() {
            return Ok(Place::Taken("a link"));
        }
        match components.peek() {
            Some(_) if !kind.is_dir() => return Ok(Place::Taken("below what is not a folder")),
            None if !kind.is_file() => return Ok(Place::Taken("not a file")),
            _ => {}
        }
    }
    match read_own(&whole, is_own).map_err(|error| unreadable(&whole, &error))? {
        Some(content) => Ok(Place::Own(String::from_utf8_lossy(&content).into_owned())),
        None => Ok(Place::Taken("without the mark at its beginning")),
    }
}

/// Reads a file if it is the task's own. Of another one, which may be of any size, it reads the beginning.
fn read_own(path: &Path, is_own: impl FnOnce(&[u8]) -> bool) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let mut content = Vec::new();
    Read::take(&mut file, BEGINNING).read_to_end(&mut content)?;
    if !is_own(&content) {
        return Ok(None);
    }
    file.read_to_end(&mut content)?;
    Ok(Some(content))
}

/// What kind of thing a path itself is; nothing where there is nothing.
pub(crate) fn kind(path: &Path) -> Result<Option<FileType>, Problem> {
    match fs::symlink_metadata(path) {
        Ok(data) => Ok(Some(data.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Every file of a client's folder that the task wrote, by its path below `folder`.
pub(crate) fn own_files(
    folder: &Path,
    client: &Path,
    owner: Owner,
) -> Result<BTreeMap<PathBuf, String>, Problem> {
    let mut files = BTreeMap::new();
    let root = folder.join(client);
    if !kind(&root)?.is_some_and(|kind| kind.is_dir()) {
        return Ok(files);
    }
    let walk = WalkDir::new(&root).min_depth(1).follow_root_links(false);
    for entry in walk.into_iter().filter_entry(is_part) {
        let entry = entry.map_err(|error| unreadable(&root, &error.into()))?;
        let Ok(path) = entry.path().strip_prefix(folder) else {
            continue;
        };
        // What cannot be read was not written by the task.
        if !entry.file_type().is_file() || path.to_str().is_none() {
            continue;
        }
        if let Place::Own(text) = place(folder, path, |content| owner.owns(content))? {
            files.insert(path.to_owned(), text);
        }
    }
    Ok(files)
}

/// Whether something in a client's folder can be a part of the client: it is not hidden, and no crate or
/// client of its own.
fn is_part(entry: &DirEntry) -> bool {
    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    let other = entry.file_type().is_dir()
        && (entry.path().join("Cargo.toml").exists() || is_client(entry.path()));
    !hidden && !other
}

/// Whether a folder is a client's, of either task.
fn is_client(folder: &Path) -> bool {
    [Owner::Regenerate, Owner::Generate]
        .iter()
        .any(|owner| belongs_to(folder, *owner))
}

fn belongs_to(folder: &Path, owner: Owner) -> bool {
    let document = place(folder, Path::new(DOCUMENT), |content| owner.owns(content));
    matches!(document, Ok(Place::Own(_)))
}

/// The clients that a task wrote into a folder.
pub(crate) fn clients(folder: &Path, owner: Owner) -> Result<Vec<String>, Problem> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(folder, &error))?,
    };
    let mut clients = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if is_folder && !name.starts_with('.') && belongs_to(&entry.path(), owner) {
            clients.push(name);
        }
    }
    clients.sort();
    Ok(clients)
}

/// A whole path without links, also of what does not exist yet.
pub(crate) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(whole.pop()),
            component => whole.push(component),
        }
        if let Ok(without_links) = fs::canonicalize(&whole) {
            whole = without_links;
        }
    }
    whole
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        path.display().to_string(),
        "",
        format!("it cannot be read: {error}"),
        "make it readable, or name another folder with `--out`",
    )
}
