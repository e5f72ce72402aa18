//! `forget` and `purge`.

use crate::app::App;
use crate::cli::{Forget, Purge};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::words::counted;

pub fn forget(app: &App, forget: &Forget) -> Result<Exit, Failure> {
    let address = input::address(&forget.address)
        .map_err(|why| Failure::usage(why, "addresses look like ada@example.com"))?;
    let mut journal = app.journal()?;
    let _lock = journal.lock()?;
    let rows = journal.forget(&address, app.clock.now())?;
    let rows = counted(i64::try_from(rows).unwrap_or(i64::MAX), "row");
    app.say(&format!(
        "removed from {rows} of the journal; a keyed hash stays, so that they are not mailed again"
    ));
    Ok(Exit::Done)
}

pub fn purge(app: &App, purge: &Purge) -> Result<Exit, Failure> {
    let mut journal = app.journal()?;
    let _lock = journal.lock()?;
    let runs = journal.purge(app.clock.now() - purge.older_than.0)?;
    let runs = counted(i64::try_from(runs).unwrap_or(i64::MAX), "run");
    app.say(&format!(
        "removed {runs}; runs with something unsettled stay"
    ));
    Ok(Exit::Done)
}
