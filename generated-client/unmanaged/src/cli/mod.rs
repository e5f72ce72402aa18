//! The command line.

mod arguments;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exit::Exit;
use crate::output::Format;
use crate::words::Rate;

pub use arguments::{
    Accounts, Auth, Cancel, Check, Completion, Forget, Invite, List, Login, Mailing, People, Purge,
    Remind, Report, Resume, Runs, Show, Sql,
};

/// Finds the unmanaged Google accounts of your domains, and invites their users.
///
/// Every email is recorded in a journal before it is requested, so that nobody gets two by mistake, and a run
/// can be interrupted and resumed at any time. Try everything with `--fake` first: it needs no account.
#[derive(Debug, Parser)]
#[command(name = "unmanaged", version, after_help = Exit::table(), max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Use a fake on this machine, with a journal of its own: for training and demos.
    #[arg(long, global = true, conflicts_with = "profile")]
    pub fake: bool,
    /// The profile that `auth login` has written, if not `default`.
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// The customer's id, such as C01234567, if not the profile's.
    #[arg(long, global = true, value_name = "ID")]
    pub customer: Option<String>,
    /// The administrator for whom a service account acts, if not the profile's.
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub subject: Option<String>,
    /// Whose invitations.
    #[arg(long, global = true, value_enum)]
    pub service: Option<ServiceName>,
    /// The form of the output; a table if nothing is said.
    #[arg(long, short, global = true, value_enum, value_name = "FORM")]
    pub output: Option<Format>,
    /// At most this many requests, such as 50/min. The server's quota is respected without it.
    #[arg(long, global = true, value_name = "RATE")]
    pub rate: Option<Rate>,
    /// Show no progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// Whose invitations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ServiceName {
    /// Google's Cloud Identity.
    #[default]
    Google,
    /// Confluent Cloud: list, show, invite and cancel.
    Confluent,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up who calls, and check that it works.
    #[command(subcommand)]
    Auth(Auth),
    /// List accounts; refreshes the snapshot that `sql` reads.
    List(List),
    /// Count accounts by state and by domain.
    Stats,
    /// Show one account, as the API has it.
    Show(Show),
    /// Ask whether addresses can be invited.
    Check(Check),
    /// Invite: plan, ask, then send one email to each person of the plan.
    Invite(Invite),
    /// Send another email to people who were invited and have not responded.
    Remind(Remind),
    /// Withdraw invitations. No email is sent.
    Cancel(Cancel),
    /// List the runs of the journal.
    Runs(Runs),
    /// Go on with a run that was interrupted, and settle what is unknown.
    Resume(Resume),
    /// Say what became of everyone in a run.
    Report(Report),
    /// Remove a person from the journal; they are not mailed again.
    Forget(Forget),
    /// Remove old runs from the journal.
    Purge(Purge),
    /// Query the newest snapshot and the journal; SELECT alone.
    Sql(Sql),
    /// Print the completions of a shell.
    Completion(Completion),
    /// Print the man page.
    Man,
}
