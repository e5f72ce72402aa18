//! The hidden folder in which a write is prepared, and what makes it happen as a whole.
//!
//! First every new text is written here, and every old one linked (`new-0`, `old-0`). Then the journal is
//! put here: from now on the write will be completed, by this process or the next. Then the files change,
//! one by one. If one of them cannot, the journal becomes `undo`: from now on the write will be taken back.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use codegen::Problem;

use super::foreign::is_file;
use super::journal::{Entry, Journal};
use super::steps::step;
use super::{Mode, cannot_write, nothing_written, turn};
use crate::changes::{Change, Changes};
use crate::present::{self, Place};
use crate::report;

/// The folder in which writes into another folder are prepared.
pub(super) struct Staging {
    /// The folder that is written into.
    pub folder: PathBuf,
    /// The hidden one in it.
    pub path: PathBuf,
    durable: bool,
}

impl Staging {
    pub fn of(folder: &Path, mode: Mode) -> Self {
        Self {
            folder: folder.to_owned(),
            path: folder.join(".xtask-write"),
            durable: mode == Mode::Write,
        }
    }

    /// The file that is locked.
    pub fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }

    fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    fn undo(&self) -> PathBuf {
        self.path.join("undo")
    }

    fn new_text(&self, number: usize) -> PathBuf {
        self.path.join(format!("new-{number}"))
    }

    pub(super) fn old_text(&self, number: usize) -> PathBuf {
        self.path.join(format!("old-{number}"))
    }

    /// Whether a task is writing, or was interrupted.
    pub fn is_present(&self) -> bool {
        !matches!(present::kind(&self.path), Ok(None))
    }

    /// Fails if only some files of a write are what they will be.
    pub fn check_complete(&self) -> Result<(), Problem> {
        if !self.journal().exists() && !self.undo().exists() {
            return Ok(());
        }
        Err(Problem::new(
            self.folder.display().to_string(),
            "",
            format!("{} is writing here, or was interrupted", turn::holder(self)),
            "run the command again without `--check`: it completes the write",
        ))
    }

    /// Makes changes: all, or none.
    pub fn make(&self, changes: &Changes) -> Result<(), Problem> {
        if changes.is_empty() {
            return Ok(());
        }
        changes
            .files
            .iter()
            .try_for_each(|it| self.check_file(it))?;
        let journal = Journal::of(changes);
        if let Err(problem) = self.prepare(changes, &journal) {
            self.clear();
            return Err(problem);
        }
        if let Err(problem) = self.forward(&journal) {
            step();
            fs::rename(self.journal(), self.undo())
                .map_err(|error| cannot_write(&self.undo(), &error))?;
            self.backward(&journal)?;
            return Err(problem);
        }
        Ok(())
    }

    /// Completes what another task decided on, or takes it back.
    pub fn recover(&self, err: &mut dyn Write) -> Result<(), Problem> {
        let undo = self.undo();
        let taken_back = undo.exists();
        let path = if taken_back { undo } else { self.journal() };
        let text =
            turn::check_kind(&path, fs::FileType::is_file).and_then(|()| fs::read_to_string(&path));
        match text {
            Ok(text) => {
                let journal = Journal::parse(&path, &text)?;
                match taken_back {
                    true => self.backward(&journal)?,
                    false => self.forward(&journal)?,
                }
                let _ = report::recovered(err, &self.folder, taken_back);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.clear(),
            Err(error) => return Err(cannot_write(&path, &error)),
        }
        Ok(())
    }

    /// Writes all that is needed. The last step is the decision.
    fn prepare(&self, changes: &Changes, journal: &Journal) -> Result<(), Problem> {
        for (number, change) in changes.files.iter().enumerate() {
            let path = changes.folder.join(&change.path);
            self.stage(number, change, &path)
                .map_err(|error| nothing_written(&path, &error))?;
        }
        let (part, path) = (self.path.join("journal.part"), self.journal());
        self.write(&part, &journal.text())
            .and_then(|()| self.sync(&self.path))
            .and_then(|()| self.rename(&part, &path))
            .and_then(|()| self.sync(&self.path))
            .map_err(|error| nothing_written(&path, &error))
    }

    fn stage(&self, number: usize, change: &Change, path: &Path) -> io::Result<()> {
        if let Some(text) = &change.after {
            self.write(&self.new_text(number), text)?;
        }
        if change.before.is_some() {
            step();
            // Not every file system has links.
            fs::hard_link(path, self.old_text(number))
                .or_else(|_| fs::copy(path, self.old_text(number)).map(drop))?;
        }
        Ok(())
    }

    /// Changes the files, from wherever that stopped.
    fn forward(&self, journal: &Journal) -> Result<(), Problem> {
        for (number, entry) in journal.files.iter().enumerate() {
            let (path, new) = (self.folder.join(&entry.path), self.new_text(number));
            if entry.after && is_file(&new) {
                if !self.is_as_it_was(number, &path) {
                    self.check_own(entry)?;
                }
                let folder = path.parent().unwrap_or(&self.folder);
                step();
                fs::create_dir_all(folder)
                    .and_then(|()| self.rename(&new, &path))
                    .map_err(|error| cannot_write(&path, &error))?;
            } else if !entry.after {
                self.remove_own(entry)?;
            }
        }
        self.finish(journal, &self.journal());
        Ok(())
    }

    /// Puts back what the files held, from wherever that stopped.
    fn backward(&self, journal: &Journal) -> Result<(), Problem> {
        for (number, entry) in journal.files.iter().enumerate() {
            let (path, old) = (self.folder.join(&entry.path), self.old_text(number));
            if entry.before && is_file(&old) {
                let is_changed = !(entry.after && is_file(&self.new_text(number)));
                if !is_changed || self.is_as_it_was(number, &path) {
                    continue;
                }
                // A maintainer's file holds what this write put there.
                if !entry.after || !is_file(&path) {
                    self.check_own(entry)?;
                }
                self.rename(&old, &path)
                    .map_err(|error| cannot_write(&path, &error))?;
            } else if !entry.before && !is_file(&self.new_text(number)) {
                self.remove_own(entry)?;
            }
        }
        self.finish(journal, &self.undo());
        Ok(())
    }

    fn remove_own(&self, entry: &Entry) -> Result<(), Problem> {
        let path = self.folder.join(&entry.path);
        if let Place::Own(_) = self.place(entry)? {
            step();
            fs::remove_file(&path).map_err(|error| cannot_write(&path, &error))?;
        }
        Ok(())
    }

    /// The write is over: nothing of it is left but its outcome.
    fn finish(&self, journal: &Journal, decision: &Path) {
        let paths = journal.files.iter().map(|entry| Path::new(&entry.path));
        let folders: BTreeSet<&Path> = paths.filter_map(Path::parent).collect();
        for folder in folders {
            let _ = self.sync(&self.folder.join(folder));
            remove_empty_folders(&self.folder, folder);
        }
        step();
        let _ = fs::remove_file(decision);
        let _ = self.sync(&self.path);
        self.clear();
    }

    /// Removes what was prepared.
    fn clear(&self) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if is_prepared(&name.to_string_lossy()) {
                step();
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn write(&self, path: &Path, text: &str) -> io::Result<()> {
        step();
        let mut file = File::create(path)?;
        step();
        file.write_all(text.as_bytes())?;
        if self.durable {
            file.sync_all()
        } else {
            Ok(())
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        step();
        fs::rename(from, to)
    }

    /// Makes the names in a folder outlive a loss of power.
    fn sync(&self, folder: &Path) -> io::Result<()> {
        match self.durable && cfg!(unix) {
            true => File::open(folder)?.sync_all(),
            false => Ok(()),
        }
    }
}

/// Whether a file of the hidden folder is one that is removed when the write is over.
fn is_prepared(name: &str) -> bool {
    let number = name.strip_prefix("new-").or(name.strip_prefix("old-"));
    let numbered =
        number.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    numbered || name == "journal.part"
}

/// Removes a folder and those above it, as far as they are empty.
fn remove_empty_folders(root: &Path, folder: &Path) {
    let ways = folder
        .ancestors()
        .filter(|path| !path.as_os_str().is_empty());
    for path in ways {
        // A folder that is not empty stays, which is all that can go wrong here.
        if fs::remove_dir(root.join(path)).is_err() {
            return;
        }
    }
}
