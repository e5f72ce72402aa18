//! One run at a time.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use fs4::{FileExt, TryLockError};

use crate::exit::{Exit, Failure};
use crate::folders::private_file;

/// The lock of a journal, until it is dropped. The operating system takes it back when the process dies.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes it.
    ///
    /// # Errors
    ///
    /// Another process has it.
    pub fn take(folder: &Path) -> Result<Self, Failure> {
        Self::named(folder, "lock")
    }

    /// Takes the lock of the list, which is written by one process at a time: by a run, or by `list` beside it.
    ///
    /// # Errors
    ///
    /// Another process has it.
    pub fn list(folder: &Path) -> Result<Self, Failure> {
        Self::named(folder, "list.lock")
    }

    fn named(folder: &Path, name: &str) -> Result<Self, Failure> {
        let mut file = private_file(&folder.join(name))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // Where the lock is mandatory, the file cannot be read.
                let _ = file.read_to_string(&mut who);
                let is_number = !who.is_empty() && who.trim().bytes().all(|it| it.is_ascii_digit());
                let who = match is_number {
                    true => format!(" (process {})", who.trim()),
                    false => String::new(),
                };
                return Err(Failure::new(
                    Exit::Conflict,
                    format!("another run holds this journal{who}"),
                    "wait until it has ended, or stop it with Ctrl-C",
                ));
            }
        }
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "{}", std::process::id())?;
        Ok(Self { _file: file })
    }
}
