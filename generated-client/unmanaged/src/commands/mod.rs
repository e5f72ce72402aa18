//! The commands, a file for each.

mod auth;
mod check;
mod clean;
mod invite;
mod list;
mod mailing;
mod people;
mod report;
mod resume;
mod sql;
mod summary;

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use crate::app::App;
use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure};

pub use summary::{estimate, exit_of_run};

/// Runs what needs neither folders nor credentials.
///
/// # Errors
///
/// Standard output fails.
pub fn without_app(cli: &Cli) -> Result<Option<Exit>, Failure> {
    match &cli.command {
        Command::Completion(wanted) => {
            let mut text = Vec::new();
            clap_complete::generate(wanted.shell, &mut Cli::command(), "unmanaged", &mut text);
            io::stdout().write_all(&text)?;
            Ok(Some(Exit::Done))
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut io::stdout())?;
            Ok(Some(Exit::Done))
        }
        _ => Ok(None),
    }
}

/// Runs a command.
///
/// # Errors
///
/// It fails.
pub async fn dispatch(app: &mut App, command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Auth(auth) => auth::auth(app, auth).await,
        Command::List(list) => list::list(app, &list).await,
        Command::Stats => list::stats(app).await,
        Command::Show(show) => check::show(app, &show).await,
        Command::Check(check) => check::check(app, &check).await,
        Command::Invite(invite) => invite::invite(app, invite).await,
        Command::Remind(remind) => invite::remind(app, remind).await,
        Command::Cancel(cancel) => invite::cancel(app, cancel).await,
        Command::Runs(runs) => report::runs(app, &runs),
        Command::Resume(resume) => resume::resume(app, &resume).await,
        Command::Report(report) => report::report(app, &report),
        Command::Forget(forget) => clean::forget(app, &forget),
        Command::Purge(purge) => clean::purge(app, &purge),
        Command::Sql(sql) => sql::sql(app, &sql),
        // They are done already.
        Command::Completion(_) | Command::Man => Ok(Exit::Done),
    }
}
