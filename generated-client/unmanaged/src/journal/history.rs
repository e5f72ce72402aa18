//! What was done to people in earlier runs.

use super::{Journal, Status};
use crate::exit::Failure;
use crate::plan::History;

/// What was done to an account, for the fake.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The address.
    pub address: String,
    /// Whether its invitation was withdrawn.
    pub cancelled: bool,
    /// The counter before.
    pub mails_before: i64,
    /// When.
    pub at: i64,
}

impl Journal {
    /// What this journal knows of a person.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn history(&self, address: &str) -> Result<History, Failure> {
        let mut query = self.db.prepare_cached(
            "SELECT run.command, item.state, item.reason, item.run, coalesce(item.ended, item.sending, 0)
             FROM item JOIN run ON run.id = item.run
             WHERE address = ?1 AND item.state IN ('sending', 'done', 'not_done', 'unknown')
             ORDER BY 5, item.id",
        )?;
        let mut rows = query.query([address])?;
        let mut history = History {
            forgotten: self.is_forgotten(address)?,
            ..History::default()
        };
        while let Some(row) = rows.next()? {
            let (command, state): (String, String) = (row.get(0)?, row.get(1)?);
            let (reason, run, at): (String, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            history.add(
                command == "cancel",
                Status::parse(&state),
                &reason,
                (run, at),
            );
        }
        Ok(history)
    }

    /// What was done, in its order.
    ///
    /// # Errors
    ///
    /// The journal fails, or the function does.
    pub fn replay(&self, mut each: impl FnMut(Replay)) -> Result<(), Failure> {
        let mut query = self.db.prepare(
            "SELECT address, run.command = 'cancel', coalesce(before_mails, 0),
                 coalesce(item.ended, item.sending, 0)
             FROM item JOIN run ON run.id = item.run
             WHERE item.state = 'done' AND address LIKE '%@%' ORDER BY 4, item.id",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            each(Replay {
                address: row.get(0)?,
                cancelled: row.get(1)?,
                mails_before: row.get(2)?,
                at: row.get(3)?,
            });
        }
        Ok(())
    }
}
