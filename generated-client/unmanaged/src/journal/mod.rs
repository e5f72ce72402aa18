//! The journal: every email is recorded here before it is requested.
//!
//! It is one SQLite file for each customer, written through to the disk (`synchronous=FULL`, in WAL mode: one
//! flush for each record). Its folder has mode 0700, its files 0600.

mod forget;
mod history;
mod items;
mod lock;
mod recheck;
mod runs;
mod snapshot;
mod sql;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};

use crate::exit::{Exit, Failure};
use crate::folders::{private_file, private_folder, refuse_network};

pub use forget::pseudonym;
pub use history::Replay;
pub use items::{Item, PlanRow, Status, Tally};
pub use lock::Lock;
pub use recheck::{evidence, recorded};
pub use runs::{NewRun, Run};
pub use snapshot::{Snapshot, Stored};
pub use sql::stackql;

/// The version of the schema, in SQLite's `user_version`.
const VERSION: i64 = 1;

/// What the file is called.
pub const FILE: &str = "journal.sqlite";

const SCHEMA: &str = include_str!("schema.sql");

/// The journal of one customer.
pub struct Journal {
    db: Connection,
    folder: PathBuf,
    key: Vec<u8>,
}

impl Journal {
    /// Opens the journal in a folder, and creates both where they are not there.
    ///
    /// # Errors
    ///
    /// A folder of another machine; a file that cannot be opened, is none, or is of a newer version.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        private_folder(folder)?;
        refuse_network(folder)?;
        let path = folder.join(FILE);
        // SQLite gives its other files the mode of this one.
        drop(private_file(&path)?);
        let db = Connection::open(&path)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
             PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;
             PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON;",
        )?;
        let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => db.execute_batch(&format!(
                "BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version={VERSION}; COMMIT;"
            ))?,
            VERSION => {}
            _ => {
                return Err(Failure::new(
                    Exit::Setup,
                    "the journal was written by a newer version of this program",
                    "use that version",
                ));
            }
        }
        let key = forget::key(&db)?;
        let folder = folder.to_owned();
        Ok(Self { db, folder, key })
    }

    /// Takes the lock that a run needs: there is one run at a time.
    ///
    /// # Errors
    ///
    /// Another process has it.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.folder)
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How large its files are, in bytes.
    pub fn size(&self) -> u64 {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files
            .filter_map(|file| file.metadata().ok())
            .map(|it| it.len())
            .sum()
    }

    fn meta(&self, name: &str) -> Result<Option<i64>, Failure> {
        let found = self
            .db
            .query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| {
                row.get(0)
            });
        Ok(found.optional()?)
    }
}
