//! What the newest list said.

use rusqlite::{OptionalExtension as _, Row, params};

use super::Journal;
use crate::exit::Failure;
use crate::service::Account;

/// An account, as the newest list had it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The address, in lower case.
    pub address: String,
    /// What the API calls it.
    pub id: String,
    /// How many emails were sent.
    pub mails: i64,
    /// The state.
    pub state: String,
    /// When it last changed, as the API writes it.
    pub update_time: String,
    /// The same, in seconds.
    pub updated: Option<i64>,
    /// The object, as the API has it.
    pub raw: String,
}

const COLUMNS: &str = "address, id, mails, state, coalesce(update_time, ''), updated, raw";

/// An address that the list has already: the same object again, or another one of Confluent's.
const AGAIN: &str = "
    UPDATE snapshot SET
        mails = CASE WHEN ?3 = id THEN max(mails, ?4) ELSE mails + ?4 END,
        id = CASE WHEN ?7 >= updated THEN ?3 ELSE id END,
        state = CASE WHEN ?7 >= updated THEN ?5 ELSE state END,
        raw = CASE WHEN ?7 >= updated THEN ?8 ELSE raw END,
        update_time = CASE WHEN ?7 >= updated THEN ?6 ELSE update_time END,
        updated = CASE WHEN ?7 >= updated THEN ?7 ELSE updated END
    WHERE generation = ?1 AND address = ?2";

impl Stored {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            address: row.get(0)?,
            id: row.get(1)?,
            mails: row.get(2)?,
            state: row.get(3)?,
            update_time: row.get(4)?,
            updated: row.get(5)?,
            raw: row.get(6)?,
        })
    }
}

/// A list that is being written: it replaces the one before when it is finished.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot {
    generation: i64,
}

impl Journal {
    /// Begins to write a list.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn begin_snapshot(&mut self) -> Result<Snapshot, Failure> {
        let now = self.generation()?;
        self.db
            .execute("DELETE FROM snapshot WHERE generation <> ?1", [now])?;
        Ok(Snapshot {
            generation: now + 1,
        })
    }

    /// Writes a page, and says how many of its accounts are new in this list. An object that comes twice, because
    /// the list changed between two pages, counts once. Of several objects with one address, which Confluent can
    /// have, the newest stays, with their number as its counter.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn write_page(&mut self, snapshot: Snapshot, page: &[Account]) -> Result<usize, Failure> {
        // A list can be fetched again: it need not be on the disk at once.
        self.db.execute_batch("PRAGMA synchronous=NORMAL")?;
        let transaction = self.db.transaction()?;
        let mut new = 0;
        for account in page {
            let values = params![
                snapshot.generation,
                account.address,
                account.id,
                account.mails,
                account.state,
                account.update_time,
                account.updated,
                account.raw,
            ];
            let added = transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO snapshot VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(values)?;
            new += added;
            if added == 0 {
                transaction.prepare_cached(AGAIN)?.execute(values)?;
            }
        }
        transaction.commit()?;
        self.db.execute_batch("PRAGMA synchronous=FULL")?;
        Ok(new)
    }

    /// Adds an account to the newest list that the list lacked.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn complete_list(&mut self, account: &Account) -> Result<(), Failure> {
        let generation = self.generation()?;
        self.write_page(Snapshot { generation }, std::slice::from_ref(account))?;
        Ok(())
    }

    /// The list is whole: it replaces the one before.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn finish_snapshot(&mut self, snapshot: Snapshot, now: i64) -> Result<(), Failure> {
        let transaction = self.db.transaction()?;
        transaction.execute(
            "INSERT OR REPLACE INTO meta VALUES ('generation', ?1), ('listed', ?2)",
            [snapshot.generation, now],
        )?;
        transaction.execute(
            "DELETE FROM snapshot WHERE generation <> ?1",
            [snapshot.generation],
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// The generation of the newest list; zero where there was none.
    pub(super) fn generation(&self) -> Result<i64, Failure> {
        Ok(self.meta("generation")?.unwrap_or(0))
    }

    /// When the newest list was finished.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn listed(&self) -> Result<Option<i64>, Failure> {
        self.meta("listed")
    }

    /// An account of the newest list.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn listed_account(&self, address: &str) -> Result<Option<Stored>, Failure> {
        let generation = self.generation()?;
        let query =
            format!("SELECT {COLUMNS} FROM snapshot WHERE generation = ?1 AND address = ?2");
        let mut query = self.db.prepare_cached(&query)?;
        let found = query.query_row(params![generation, address], Stored::of);
        Ok(found.optional()?)
    }

    /// Goes through the newest list, by address.
    ///
    /// # Errors
    ///
    /// The journal fails, or the function does.
    pub fn each_listed(
        &self,
        mut each: impl FnMut(Stored) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let query =
            format!("SELECT {COLUMNS} FROM snapshot WHERE generation = ?1 ORDER BY address");
        let mut query = self.db.prepare_cached(&query)?;
        let mut rows = query.query([self.generation()?])?;
        while let Some(row) = rows.next()? {
            each(Stored::of(row)?)?;
        }
        Ok(())
    }
}
