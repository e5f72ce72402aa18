//! What others have put where a write goes: it is told, and stays.

use std::fs;
use std::path::Path;

use codegen::Problem;

use super::journal::Entry;
use super::staging::Staging;
use crate::changes::Change;
use crate::mark;
use crate::present::{self, Place};

impl Staging {
    /// Fails if a file that is to change is none: a link, or below one.
    pub(super) fn check_file(&self, change: &Change) -> Result<(), Problem> {
        match present::place(&self.folder, &change.path, |_| true)? {
            Place::Free | Place::Own(_) => Ok(()),
            Place::Taken(why) => Err(Problem::new(
                self.folder.join(&change.path).display().to_string(),
                "",
                format!("what is here cannot be written to: it is {why}"),
                "nothing was changed; put a file there, and run the command again",
            )),
        }
    }

    /// Whether a file is a maintainer's, such as a spec, and holds what it did when the write was prepared.
    pub(super) fn is_as_it_was(&self, number: usize, path: &Path) -> bool {
        let old = self.old_text(number);
        let read = |path: &Path| is_file(path).then(|| fs::read(path).ok()).flatten();
        matches!((read(&old), read(path)), (Some(old), Some(now)) if old == now)
    }

    /// Fails if something else has been put there since.
    pub(super) fn check_own(&self, entry: &Entry) -> Result<(), Problem> {
        match self.place(entry)? {
            Place::Free | Place::Own(_) => Ok(()),
            Place::Taken(why) => Err(Problem::new(
                self.folder.join(&entry.path).display().to_string(),
                "",
                format!("an unfinished write goes here, and there is something else ({why})"),
                "move it away, and run the command again",
            )),
        }
    }

    pub(super) fn place(&self, entry: &Entry) -> Result<Place, Problem> {
        present::place(&self.folder, Path::new(&entry.path), mark::is_own)
    }
}

/// Whether there is a file, and no link to one.
pub(super) fn is_file(path: &Path) -> bool {
    matches!(present::kind(path), Ok(Some(kind)) if kind.is_file())
}
