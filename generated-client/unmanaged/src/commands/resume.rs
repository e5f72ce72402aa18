//! `resume`: settles what is unknown, and goes on with what is planned.

use std::collections::HashSet;

use super::mailing::go;
use super::people::excluded;
use super::summary::print_run;
use crate::app::App;
use crate::clock::about;
use crate::exit::{Exit, Failure};
use crate::journal::{Journal, Run, Status};
use crate::run::{Ended, recheck};
use crate::service::Connection;

pub async fn resume(app: &mut App, resume: &crate::cli::Resume) -> Result<Exit, Failure> {
    let excluded = excluded(app, &resume.exclude_from)?;
    let (connection, mut journal) = app.connect().await?;
    let _lock = journal.lock()?;
    let run = match resume.run {
        Some(id) => Some(journal.run(id)?),
        None => journal.unfinished_run()?,
    };
    let Some(run) = run else {
        app.say("there is nothing to resume");
        return Ok(Exit::Done);
    };
    let wait = settle(app, &connection, &mut journal, &run).await?;
    if resume.retry_presumed {
        let again = journal.plan_presumed(run.id)?;
        app.say(&format!(
            "{again} people are planned again who are presumed not to have been mailed"
        ));
    }
    exclude(&journal, &run, &excluded, app.clock.now())?;
    let planned = journal.tally(run.id)?.count(Status::Planned);
    let exit = match planned > 0 && !resume.settle_only {
        true => go(app, &connection, &mut journal, run.id).await?,
        false => {
            if planned == 0 {
                journal.set_run_state(run.id, "finished", app.clock.now())?;
            }
            print_run(app, &journal, run.id)?;
            super::exit_of_run(&Ended::Finished, &journal.tally(run.id)?)
        }
    };
    if let Some(wait) = wait {
        app.say(&format!("the next read can settle more in {}", about(wait)));
    }
    Ok(exit)
}

/// People who were excluded since the plan get nothing.
fn exclude(
    journal: &Journal,
    run: &Run,
    excluded: &HashSet<String>,
    at: i64,
) -> Result<(), Failure> {
    if excluded.is_empty() {
        return Ok(());
    }
    journal.with_listed(run.id, Status::Planned, |item, _| {
        match excluded.contains(&item.address) {
            true => journal.mark(item.id, Status::Skipped, ("excluded", ""), at),
            false => Ok(()),
        }
    })
}

/// Reads the list, and settles by it.
async fn settle(
    app: &App,
    connection: &Connection,
    journal: &mut Journal,
    run: &Run,
) -> Result<Option<i64>, Failure> {
    journal.doubt_interrupted(run.id)?;
    // What the list says was so at its beginning at the latest.
    let at = app.clock.now();
    app.refresh(connection, journal).await?;
    look_for_missing(connection, journal, run).await?;
    recheck(journal, run, connection.service.is_confluent(), at)
}

/// Reads the accounts whose outcome is unknown and that the list lacks: a list can miss one that changed while
/// it was read.
async fn look_for_missing(
    connection: &Connection,
    journal: &mut Journal,
    run: &Run,
) -> Result<(), Failure> {
    let mut missing = Vec::new();
    journal.with_listed(run.id, Status::Unknown, |item, listed| {
        if listed.is_none() && item.before.is_some() {
            missing.push(item.address);
        }
        Ok(())
    })?;
    for address in missing {
        match connection.service.show(&address).await {
            Ok(found) => {
                for account in &found {
                    journal.complete_list(account)?;
                }
            }
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
