//! A newer list: what it settles, and who is not to be mailed any more.

use rusqlite::params;

use super::{Item, Journal, Status, Stored};
use crate::exit::Failure;
use crate::settle::{Evidence, Seen, Verdict};

impl Journal {
    /// The rows of a run with a status, and what the newest list says of each.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn with_listed(
        &self,
        run: i64,
        status: Status,
        mut each: impl FnMut(Item, Option<Stored>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            // A thousand at a time, because rows change meanwhile.
            let mut some = Vec::new();
            {
                let mut query = self.db.prepare_cached(
                    "SELECT id FROM item WHERE run = ?1 AND state = ?2 AND id > ?3
                     ORDER BY id LIMIT 1000",
                )?;
                let rows = query.query_map(params![run, status.as_str(), after], |row| {
                    row.get::<_, i64>(0)
                })?;
                for id in rows {
                    some.push(id?);
                }
            }
            let Some(last) = some.last() else {
                return Ok(());
            };
            after = *last;
            for id in some {
                let item = self.item_by_id(id)?;
                let listed = self.listed_account(&item.address)?;
                each(item, listed)?;
            }
        }
    }

    /// Records what a read said of an unknown outcome.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn record_read(
        &self,
        item: &Item,
        now: Option<&Seen>,
        outcome: (Status, &str),
        (unchanged, at): (bool, i64),
    ) -> Result<(), Failure> {
        let mut update = self.db.prepare_cached(
            "UPDATE item SET state = ?2, reason = ?3, after_mails = ?4, after_state = ?5,
                 unchanged_reads = unchanged_reads + ?6, read = CASE WHEN ?6 THEN ?7 ELSE read END,
                 ended = CASE WHEN ?2 = 'unknown' THEN ended ELSE ?7 END
             WHERE id = ?1",
        )?;
        let (status, reason) = outcome;
        update.execute(params![
            item.id,
            status.as_str(),
            reason,
            now.map(|it| it.mails),
            now.map(|it| it.state.as_str()),
            unchanged,
            at,
        ])?;
        Ok(())
    }

    /// The counter and the state before, from a newer list.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn set_before(&self, id: i64, before: Option<&Seen>) -> Result<(), Failure> {
        let mut update = self
            .db
            .prepare_cached("UPDATE item SET before_mails = ?2, before_state = ?3 WHERE id = ?1")?;
        update.execute(params![
            id,
            before.map(|it| it.mails),
            before.map(|it| it.state.as_str())
        ])?;
        Ok(())
    }

    /// What is presumed not to have been done is planned again.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn plan_presumed(&self, run: i64) -> Result<usize, Failure> {
        Ok(self.db.execute(
            "UPDATE item SET state = 'planned', reason = '', ended = NULL, unchanged_reads = 0,
                 read = NULL
             WHERE run = ?1 AND state = 'not_done' AND reason = 'presumed'",
            [run],
        )?)
    }

    /// Several changes as one, written to the disk once.
    ///
    /// # Errors
    ///
    /// The journal fails, or the function does; then nothing is changed.
    pub fn in_one_step<T>(
        &self,
        change: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let transaction = self.db.unchecked_transaction()?;
        let changed = change()?;
        transaction.commit()?;
        Ok(changed)
    }
}

/// What the journal knows for the table of [`crate::settle`].
pub fn evidence(item: &Item, now: Option<Seen>, at: i64) -> Evidence {
    // An attempt ends later than it begins; of one that was interrupted, the end is not known.
    let attempt = item.ended.max(item.sending).unwrap_or(at);
    Evidence {
        before: item.before.clone(),
        now,
        since_attempt: at - attempt,
        unchanged_reads: item.unchanged_reads,
        since_read: at - item.read.unwrap_or(at),
    }
}

/// The status and the reason of a verdict; `None` where nothing is recorded.
pub fn recorded(verdict: Verdict) -> Option<(Status, &'static str)> {
    use crate::settle::{Doubt, Note};
    Some(match verdict {
        Verdict::Wait(_) => return None,
        Verdict::Sent(Note::Once) => (Status::Done, "settled"),
        Verdict::Sent(Note::OthersToo) => (Status::Done, "others_too"),
        Verdict::Sent(Note::CancelledSince) => (Status::Done, "cancelled_since"),
        Verdict::Sent(Note::NoCounterBefore) => (Status::Done, "no_counter_before"),
        Verdict::PresumedNotSent => (Status::NotDone, "presumed"),
        Verdict::Responded => (Status::NotDone, "responded"),
        Verdict::Gone => (Status::Gone, "gone"),
        Verdict::Unknown(Doubt::UnchangedOnce) => (Status::Unknown, "unchanged_once"),
        Verdict::Unknown(Doubt::Shrank) => (Status::Unknown, "shrank"),
        Verdict::Unknown(Doubt::TooNew) => (Status::Unknown, "too_new"),
    })
}
