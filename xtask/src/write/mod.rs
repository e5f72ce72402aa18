//! Puts changes on disk: all of them, or none, by one task at a time.
//!
//! A write that is interrupted by anything is completed or undone by the next one.

mod foreign;
mod journal;
mod staging;
pub(crate) mod steps;
mod turn;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use codegen::Problem;

use crate::changes::{Change, Changes};
use crate::report;
use staging::Staging;
use turn::Turn;

/// What to do about changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Find them.
    Check,
    /// Make them, so that they outlive a loss of power.
    Write,
    /// Make them in a folder that is made again each time.
    Scratch,
}

/// Finds what has to change in a folder, tells which clients will be gone, and makes the changes unless
/// this is a check.
pub(crate) fn carry_out(
    folder: &Path,
    mode: Mode,
    err: &mut dyn Write,
    find: impl Fn() -> Result<Changes, Problem>,
) -> Result<Changes, Problem> {
    let staging = Staging::of(folder, mode);
    if mode == Mode::Check {
        staging.check_complete()?;
        let changes = find()?;
        let _ = report::gone(err, &changes, true);
        return Ok(changes);
    }
    // What is up to date may be in a folder that cannot be written to.
    if !staging.is_present()
        && let Ok(changes) = find()
        && changes.is_empty()
    {
        return Ok(changes);
    }
    let turn = Turn::take(&staging, err)?;
    staging.recover(err)?;
    let changes = find()?;
    // There is nowhere left to report a failure to report.
    let _ = report::gone(err, &changes, false);
    staging.make(&changes)?;
    drop(turn);
    Ok(changes)
}

/// Makes changes that were found, of a folder in which there is another one that tasks write to: none of them
/// writes there meanwhile.
pub(crate) fn make(changes: &Changes, inside: &Path, err: &mut dyn Write) -> Result<(), Problem> {
    let inside = Staging::of(inside, Mode::Write);
    let staging = Staging::of(&changes.folder, Mode::Write);
    let other = Turn::take(&inside, err)?;
    let turn = Turn::take(&staging, err)?;
    changes
        .files
        .iter()
        .try_for_each(|it| check_unchanged(changes, it))?;
    staging.make(changes)?;
    drop(turn);
    drop(other);
    Ok(())
}

/// Fails if a file does not hold any more what the change was made from.
fn check_unchanged(changes: &Changes, change: &Change) -> Result<(), Problem> {
    let path = changes.folder.join(&change.path);
    let now = match fs::read(&path) {
        Ok(now) => Some(now),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(&path, "read", &error)),
    };
    if now.as_deref() == change.before.as_ref().map(String::as_bytes) {
        return Ok(());
    }
    Err(Problem::new(
        path.display().to_string(),
        "",
        "the file was changed meanwhile, by another task or by hand",
        "nothing was changed; run the command again",
    ))
}

/// Completes or takes back what an interrupted task began to write into a folder. A check fails there instead.
pub(crate) fn recover(folder: &Path, mode: Mode, err: &mut dyn Write) -> Result<(), Problem> {
    let staging = Staging::of(folder, mode);
    if mode == Mode::Check {
        return staging.check_complete();
    }
    if !staging.is_present() {
        return Ok(());
    }
    let _turn = Turn::take(&staging, err)?;
    staging.recover(err)
}

/// A file that cannot be written, while every file is as it was.
fn nothing_written(path: &Path, error: &io::Error) -> Problem {
    unwritable(path, error, "nothing was changed; ")
}

/// A file that cannot be written.
fn cannot_write(path: &Path, error: &io::Error) -> Problem {
    unwritable(path, error, "")
}

fn unwritable(path: &Path, error: &io::Error, state: &str) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
            "make room on the disk, and run the command again"
        }
        _ => "make the folder writable, or name another with `--out`",
    };
    Problem::new(
        path.display().to_string(),
        "",
        format!("the file cannot be written: {error}"),
        format!("{state}{help}"),
    )
}

/// Something on disk that cannot be what it has to be.
pub(crate) fn cannot(path: &Path, what: &str, error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "name what exists",
        _ if what == "read" => "make it readable, or name another",
        _ => "make the folder writable, or name another",
    };
    Problem::new(
        path.display().to_string(),
        "",
        format!("it cannot be {what}: {error}"),
        help,
    )
}
