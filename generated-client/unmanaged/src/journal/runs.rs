//! The runs: who did what, when, and how far it came.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Journal, PlanRow};
use crate::exit::{Exit, Failure};

/// What a run is planned with.
#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    /// `invite`, `remind` or `cancel`.
    pub command: &'a str,
    /// When.
    pub now: i64,
    /// The administrator for whom it calls.
    pub subject: Option<&'a str>,
    /// The customer.
    pub customer: &'a str,
    /// The arguments, without addresses.
    pub arguments: &'a str,
    /// How many lines of its input have no address.
    pub malformed: usize,
    /// How many lines of its input repeat an address.
    pub duplicates: usize,
}

/// A run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// `invite`, `remind` or `cancel`.
    pub command: String,
    /// `running`, `interrupted` or `finished`.
    pub state: String,
    /// When it began.
    pub started: i64,
    /// When it last ended.
    pub ended: Option<i64>,
    /// Who started it.
    pub user: String,
    /// On which machine.
    pub host: String,
    /// The administrator for whom it calls.
    pub subject: String,
    /// The arguments.
    pub arguments: String,
    /// How many lines of its input have no address.
    pub malformed: i64,
    /// How many lines of its input repeat an address.
    pub duplicates: i64,
}

const COLUMNS: &str = "id, command, state, started, ended, user, host, coalesce(subject, ''), \
                       arguments, malformed, duplicates";

impl Run {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            command: row.get(1)?,
            state: row.get(2)?,
            started: row.get(3)?,
            ended: row.get(4)?,
            user: row.get(5)?,
            host: row.get(6)?,
            subject: row.get(7)?,
            arguments: row.get(8)?,
            malformed: row.get(9)?,
            duplicates: row.get(10)?,
        })
    }

    /// Whether it withdraws invitations.
    pub fn cancels(&self) -> bool {
        self.command == "cancel"
    }
}

impl Journal {
    /// Empties the plan that is being made. It is in memory until it becomes a run.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn begin_plan(&mut self) -> Result<(), Failure> {
        self.db.execute_batch(
            "DROP TABLE IF EXISTS temp.plan;
             CREATE TEMP TABLE plan (
                 address TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL,
                 before_mails INTEGER, before_state TEXT, place INTEGER NOT NULL
             ) WITHOUT ROWID;",
        )?;
        Ok(())
    }

    /// Adds a person to the plan. Says whether they were not in it yet.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn add_to_plan(&self, row: &PlanRow<'_>) -> Result<bool, Failure> {
        let mut insert = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO temp.plan VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let state = if row.reason.is_empty() {
            "planned"
        } else {
            "skipped"
        };
        let added = insert.execute(params![
            row.address,
            state,
            row.reason,
            row.before.as_ref().map(|it| it.mails),
            row.before.as_ref().map(|it| it.state.as_str()),
            row.place,
        ])?;
        Ok(added > 0)
    }

    /// How many people of the plan have each reason; the empty one is that they are in it.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn plan_counts(&self) -> Result<Vec<(String, i64)>, Failure> {
        let mut query = self.db.prepare(
            "SELECT reason, count(*) FROM temp.plan GROUP BY reason ORDER BY count(*) DESC, reason",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes a run of the plan, in one step.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn create_run(&mut self, new: &NewRun<'_>) -> Result<i64, Failure> {
        let transaction = self.db.transaction()?;
        transaction.execute(
            "INSERT INTO run (command, state, started, user, host, subject, customer, arguments,
                 malformed, duplicates)
             VALUES (?1, 'running', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                new.command,
                new.now,
                user(),
                host(),
                new.subject,
                new.customer,
                new.arguments,
                i64::try_from(new.malformed).unwrap_or(i64::MAX),
                i64::try_from(new.duplicates).unwrap_or(i64::MAX),
            ],
        )?;
        let id = transaction.last_insert_rowid();
        transaction.execute(
            "INSERT INTO item (run, address, state, reason, before_mails, before_state)
             SELECT ?1, address, state, reason, before_mails, before_state
             FROM temp.plan ORDER BY place, address",
            [id],
        )?;
        transaction.commit()?;
        self.db.execute_batch("DROP TABLE IF EXISTS temp.plan")?;
        Ok(id)
    }

    /// A run by its number.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn run(&self, id: i64) -> Result<Run, Failure> {
        let query = format!("SELECT {COLUMNS} FROM run WHERE id = ?1");
        let found = self.db.query_row(&query, [id], Run::of).optional()?;
        found.ok_or_else(|| {
            let what = format!("there is no run {id} in this journal");
            Failure::new(Exit::NotFound, what, "`unmanaged runs` lists them")
        })
    }

    /// The newest runs first; all of them where the limit is zero.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn runs(&self, limit: u32) -> Result<Vec<Run>, Failure> {
        let query = format!("SELECT {COLUMNS} FROM run ORDER BY id DESC LIMIT ?1");
        let limit = if limit == 0 { -1 } else { i64::from(limit) };
        let mut query = self.db.prepare(&query)?;
        let rows = query.query_map([limit], Run::of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest run that has something left to do.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn unfinished_run(&self) -> Result<Option<Run>, Failure> {
        let query = format!(
            "SELECT {COLUMNS} FROM run WHERE EXISTS (SELECT 1 FROM item WHERE item.run = run.id \
             AND item.state IN ('planned', 'sending', 'unknown')) ORDER BY id DESC LIMIT 1"
        );
        Ok(self.db.query_row(&query, [], Run::of).optional()?)
    }

    /// Says how far a run came.
    ///
    /// # Errors
    ///
    /// The journal fails.
    pub fn set_run_state(&self, id: i64, state: &str, now: i64) -> Result<(), Failure> {
        let ended = (state != "running").then_some(now);
        self.db.execute(
            "UPDATE run SET state = ?2, ended = ?3 WHERE id = ?1",
            params![id, state, ended],
        )?;
        Ok(())
    }
}

fn user() -> String {
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    let found = names.iter().find_map(|name| std::env::var(name).ok());
    found.unwrap_or_else(|| "unknown".to_owned())
}

fn host() -> String {
    let file = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let variable = || {
        ["HOSTNAME", "COMPUTERNAME"]
            .iter()
            .find_map(|it| std::env::var(it).ok())
    };
    let host = file
        .or_else(variable)
        .unwrap_or_else(|| "unknown".to_owned());
    host.trim().to_owned()
}
