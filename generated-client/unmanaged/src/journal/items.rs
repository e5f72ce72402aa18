//! The rows of people: what was planned, what was sent, and what is not known.

use rusqlite::{Row, params};

use super::Journal;
use crate::exit::Failure;
use crate::settle::Seen;

/// How far a person's row has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nothing was requested yet.
    Planned,
    /// Nothing is requested; the reason says why.
    Skipped,
    /// It may be requested at this moment.
    Sending,
    /// It was done.
    Done,
    /// It was not done.
    NotDone,
    /// It may have been done.
    Unknown,
    /// The account is not there any more.
    Gone,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Sending,
        Self::Done,
        Self::NotDone,
        Self::Unknown,
        Self::Gone,
        Self::Skipped,
    ];

    /// What the journal calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Skipped => "skipped",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::NotDone => "not_done",
            Self::Unknown => "unknown",
            Self::Gone => "gone",
        }
    }

    /// What people call it.
    pub fn word(self, cancels: bool) -> &'static str {
        match (self, cancels) {
            (Self::Done, false) => "sent",
            (Self::NotDone, false) => "not sent",
            (Self::Done, true) => "cancelled",
            (Self::NotDone, true) => "not cancelled",
            _ => self.as_str(),
        }
    }

    pub(super) fn parse(text: &str) -> Self {
        let found = Self::ALL.iter().find(|status| status.as_str() == text);
        // The schema allows no other word.
        found.copied().unwrap_or(Self::Unknown)
    }
}

/// A person of a plan.
#[derive(Clone, Debug)]
pub struct PlanRow<'a> {
    /// The address, in lower case.
    pub address: &'a str,
    /// Why nothing is requested; empty where something is.
    pub reason: &'a str,
    /// What the list says.
    pub before: Option<Seen>,
    /// Its place in the order of the run.
    pub place: i64,
}

/// A person's row.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub id: i64,
    /// The address.
    pub address: String,
    /// How far it has come.
    pub status: Status,
    /// Why.
    pub reason: String,
    /// What the list said before.
    pub before: Option<Seen>,
    /// What it said afterwards, where it was read.
    pub after: Option<Seen>,
    /// How many attempts were made.
    pub attempts: i64,
    /// When the newest attempt began.
    pub sending: Option<i64>,
    /// When its outcome was recorded.
    pub ended: Option<i64>,
    /// How many reads said that nothing had changed.
    pub unchanged_reads: i64,
    /// When the last of them was.
    pub read: Option<i64>,
    /// The error, which holds no address.
    pub error: String,
}

const COLUMNS: &str = "id, address, state, reason, before_mails, before_state, after_mails, \
                       after_state, attempts, sending, ended, unchanged_reads, read, error";

impl Item {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let seen = |mails: usize| -> rusqlite::Result<Option<Seen>> {
            let count: Option<i64> = row.get(mails)?;
            let state: Option<String> = row.get(mails + 1)?;
            Ok(count.map(|count| Seen::new(count, state.unwrap_or_default())))
        };
        Ok(Self {
            id: row.get(0)?,
            address: row.get(1)?,
            status: Status::parse(&row.get::<_, String>(2)?),
            reason: row.get(3)?,
            before: seen(4)?,
            after: seen(6)?,
            attempts: row.get(8)?,
            sending: row.get(9)?,
            ended: row.get(10)?,
            unchanged_reads: row.get(11)?,
            read: row.get(12)?,
            error: row.get(13)?,
        })
    }
}

/// How many rows of a run have each status and reason.
#[derive(Clone, Debug, Default)]
pub struct Tally(pub Vec<(Status, String, i64)>);

impl Tally {
    /// How many have a status.
    pub fn count(&self, status: Status) -> i64 {
        let rows = self.0.iter().filter(|(it, _, _)| *it == status);
        rows.map(|(_, _, count)| count).sum()
    }

    /// How many there are.
    pub fn all(&self) -> i64 {
        self.0.iter().map(|(_, _, count)| count).sum()
    }
}

impl Journal {
    /// The next rows that are planned.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn next_planned(&self, run: i64) -> Result<Option<Item>, Failure> {
        let query = format!(
            "SELECT {COLUMNS} FROM item WHERE run = ?1 AND state = 'planned' ORDER BY id LIMIT 1"
        );
        let mut query = self.db.prepare_cached(&query)?;
        let mut rows = query.query_map([run], Item::of)?;
        Ok(rows.next().transpose()?)
    }

    /// A row by its number.
    pub(super) fn item_by_id(&self, id: i64) -> Result<Item, Failure> {
        let query = format!("SELECT {COLUMNS} FROM item WHERE id = ?1");
        let mut query = self.db.prepare_cached(&query)?;
        Ok(query.query_row([id], Item::of)?)
    }

    /// Records that something is about to be requested. Once this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// The journal fails; then nothing may be requested.
    pub fn mark_sending(&self, id: i64, now: i64) -> Result<(), Failure> {
        let mut update = self.db.prepare_cached(
            "UPDATE item SET state = 'sending', sending = ?2, ended = NULL, error = '',
                 attempts = attempts + 1, unchanged_reads = 0, read = NULL
             WHERE id = ?1 AND state = 'planned'",
        )?;
        match update.execute([id, now])? {
            1 => Ok(()),
            _ => Err(rusqlite::Error::StatementChangedRows(0).into()),
        }
    }

    /// Records an outcome.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn mark(
        &self,
        id: i64,
        status: Status,
        (reason, error): (&str, &str),
        now: i64,
    ) -> Result<(), Failure> {
        let mut update = self.db.prepare_cached(
            "UPDATE item SET state = ?2, reason = ?3, error = ?4,
                 ended = CASE WHEN ?2 = 'planned' THEN NULL ELSE ?5 END
             WHERE id = ?1",
        )?;
        update.execute(params![id, status.as_str(), reason, error, now])?;
        Ok(())
    }

    /// What was requested by a process that has ended may have been done.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn doubt_interrupted(&self, run: i64) -> Result<usize, Failure> {
        Ok(self.db.execute(
            "UPDATE item SET state = 'unknown', reason = 'interrupted'
             WHERE run = ?1 AND state = 'sending'",
            [run],
        )?)
    }

    /// Goes through the rows of a run.
    ///
    /// # Errors
    ///
    /// The journal fails, or the function does.
    pub fn each_item(
        &self,
        run: i64,
        mut each: impl FnMut(Item) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let query = format!("SELECT {COLUMNS} FROM item WHERE run = ?1 ORDER BY id");
        let mut query = self.db.prepare(&query)?;
        let mut rows = query.query([run])?;
        while let Some(row) = rows.next()? {
            each(Item::of(row)?)?;
        }
        Ok(())
    }

    /// How many rows of a run have each status.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn tally(&self, run: i64) -> Result<Tally, Failure> {
        let mut query = self.db.prepare_cached(
            "SELECT state, reason, count(*) FROM item WHERE run = ?1 GROUP BY state, reason
             ORDER BY count(*) DESC, reason",
        )?;
        let rows = query.query_map([run], |row| {
            let status = Status::parse(&row.get::<_, String>(0)?);
            Ok((status, row.get(1)?, row.get(2)?))
        })?;
        Ok(Tally(rows.collect::<Result<_, _>>()?))
    }
}
