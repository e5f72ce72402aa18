//! What would have to change on disk.

use std::path::{Path, PathBuf};

use codegen::{OutputFile, Problem};

use crate::mark::Owner;
use crate::present::{self, Place};

/// What a folder should hold.
pub(crate) struct Wanted<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Whose files there may be changed and removed.
    pub owner: Owner,
    /// The folder of each client, below that folder, and its files.
    pub clients: Vec<(&'a str, &'a [OutputFile])>,
    /// Whether there should be no other client.
    pub nothing_else: bool,
    /// The manifest of a crate, which is written where there is none.
    pub cargo_toml: Option<&'a str>,
}

/// Everything that would have to change.
#[derive(Debug)]
pub(crate) struct Changes {
    /// The folder of the generated clients.
    pub folder: PathBuf,
    /// The files, sorted by path.
    pub files: Vec<Change>,
    /// The clients that there should no longer be.
    pub gone: Vec<String>,
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
    /// Whether a client is written for the first time; the only one of a crate is in `src`.
    pub fn is_new(&self, client: &str) -> bool {
        let documents = [client, "src"].map(|folder| Path::new(folder).join(present::DOCUMENT));
        let mut files = self.files.iter();
        files.any(|change| documents.contains(&change.path) && change.before.is_none())
    }

    /// Whether nothing has to change.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Finds what would have to change.
///
/// A file is removed only if it is in the folder of a client and begins with the mark of the owner;
/// anything else that is where a file has to go is an error.
pub(crate) fn find(wanted: &Wanted) -> Result<Changes, Problem> {
    let Wanted { folder, owner, .. } = *wanted;
    let (mut files, mut in_the_way) = (Vec::new(), Vec::new());
    for (client, outputs) in &wanted.clients {
        files.extend(of_client(wanted, client, outputs, &mut in_the_way)?);
    }
    if !in_the_way.is_empty() {
        return Err(not_our_own(folder, &in_the_way));
    }
    if let (Some(text), None) = (
        wanted.cargo_toml,
        present::kind(&folder.join("Cargo.toml"))?,
    ) {
        files.push(Change {
            path: PathBuf::from("Cargo.toml"),
            before: None,
            after: Some(text.to_owned()),
        });
    }
    let gone = gone(wanted)?;
    for client in &gone {
        let present = present::own_files(folder, Path::new(client), owner)?;
        files.extend(present.into_iter().map(removed));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Changes {
        folder: folder.to_owned(),
        files,
        gone,
    })
}

/// What would have to change in the folder of a client. What is not the owner's is put `in_the_way`.
fn of_client(
    wanted: &Wanted,
    client: &str,
    outputs: &[OutputFile],
    in_the_way: &mut Vec<String>,
) -> Result<Vec<Change>, Problem> {
    let Wanted { folder, owner, .. } = *wanted;
    let client = Path::new(client);
    let mut files = Vec::new();
    let mut present = present::own_files(folder, client, owner)?;
    for file in outputs {
        let path = client.join(&file.path);
        present.remove(&path);
        let before = match present::place(folder, &path, |content| owner.owns(content))? {
            Place::Own(text) if text == file.text => continue,
            Place::Own(text) => Some(text),
            Place::Free => None,
            Place::Taken(why) => {
                in_the_way.push(format!("{} ({why})", path.display()));
                continue;
            }
        };
        files.push(Change {
            path,
            before,
            after: Some(file.text.clone()),
        });
    }
    files.extend(present.into_iter().map(removed));
    Ok(files)
}

fn removed((path, text): (PathBuf, String)) -> Change {
    Change {
        path,
        before: Some(text),
        after: None,
    }
}

/// The clients that there should no longer be.
fn gone(wanted: &Wanted) -> Result<Vec<String>, Problem> {
    if !wanted.nothing_else {
        return Ok(Vec::new());
    }
    let mut present = present::clients(wanted.folder, wanted.owner)?;
    present.retain(|name| wanted.clients.iter().all(|(client, _)| client != name));
    Ok(present)
}

fn not_our_own(folder: &Path, files: &[String]) -> Problem {
    Problem::new(
        folder.display().to_string(),
        "",
        format!(
            "something here was not written by this task, where a file has to go: {}",
            files.join(", ")
        ),
        "nothing was changed; move it away, or name another folder with `--out`",
    )
}
