//! Forgetting a person, and old runs. What is removed is overwritten, and the file is written again.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::Journal;
use crate::exit::{Exit, Failure};

/// The key of the hashes, which is made with the journal.
pub(super) fn key(db: &Connection) -> Result<Vec<u8>, Failure> {
    let read = || {
        db.query_row("SELECT key FROM secret", [], |row| row.get(0))
            .optional()
    };
    if let Some(key) = read()? {
        return Ok(key);
    }
    let mut key = vec![0; 32];
    SystemRandom::new().fill(&mut key).map_err(|_| {
        let what = "the system gives no random numbers";
        Failure::new(Exit::Setup, what, "")
    })?;
    // Another process may be first.
    db.execute(
        "INSERT INTO secret SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM secret)",
        [key],
    )?;
    Ok(read()?.unwrap_or_default())
}

fn hash(key: &[u8], address: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, address.as_bytes()).as_ref().to_vec()
}

/// What stands for an address in a report: the same for the same address of one journal.
pub fn pseudonym(key: &[u8], address: &str) -> String {
    if !address.contains('@') {
        return address.to_owned();
    }
    let hash = hash(key, address);
    let hex = hash.iter().take(6).map(|byte| format!("{byte:02x}"));
    format!("person-{}", hex.collect::<String>())
}

impl Journal {
    /// What stands for an address in a redacted report.
    pub fn pseudonym(&self, address: &str) -> String {
        pseudonym(&self.key, address)
    }

    /// Whether an address was forgotten.
    pub(super) fn is_forgotten(&self, address: &str) -> Result<bool, Failure> {
        let mut query = self
            .db
            .prepare_cached("SELECT 1 FROM forgotten WHERE hash = ?1")?;
        Ok(query.exists([hash(&self.key, address)])?)
    }

    /// Removes an address everywhere, and keeps its keyed hash. Says in how many rows it was.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn forget(&mut self, address: &str, now: i64) -> Result<usize, Failure> {
        let (pseudonym, hash) = (self.pseudonym(address), hash(&self.key, address));
        let transaction = self.db.transaction()?;
        let rows = transaction.execute(
            "UPDATE item SET address = ?2,
                 reason = CASE WHEN state = 'planned' THEN 'forgotten' ELSE reason END,
                 state = CASE WHEN state = 'planned' THEN 'skipped'
                     WHEN state IN ('unknown', 'sending') THEN 'gone' ELSE state END
             WHERE address = ?1",
            [address, &pseudonym],
        )?;
        let listed = transaction.execute("DELETE FROM snapshot WHERE address = ?1", [address])?;
        transaction.execute(
            "INSERT OR REPLACE INTO forgotten VALUES (?1, ?2)",
            params![hash, now],
        )?;
        transaction.commit()?;
        self.rewrite()?;
        Ok(rows + listed)
    }

    /// Removes the runs that ended before a time, and the list if it is older. Returns how many runs those were.
    /// A run with something unsettled stays.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn purge(&mut self, before: i64) -> Result<usize, Failure> {
        let transaction = self.db.transaction()?;
        let runs = transaction.execute(
            "DELETE FROM run WHERE coalesce(ended, started) < ?1 AND NOT EXISTS (
                 SELECT 1 FROM item WHERE item.run = run.id
                     AND item.state IN ('planned', 'sending', 'unknown'))",
            [before],
        )?;
        transaction.execute(
            "DELETE FROM snapshot WHERE coalesce(
                 (SELECT value FROM meta WHERE name = 'listed'), 0) < ?1",
            [before],
        )?;
        transaction.commit()?;
        self.rewrite()?;
        Ok(runs)
    }

    /// Writes the file again without what was removed, and empties the log beside it.
    fn rewrite(&self) -> Result<(), Failure> {
        self.db.execute_batch("VACUUM;")?;
        let busy: i64 = self
            .db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        match busy {
            0 => Ok(()),
            _ => Err(Failure::new(
                Exit::TryLater,
                "another process reads the journal: what was removed may still be in its log",
                "do it again when that process has ended",
            )),
        }
    }
}
