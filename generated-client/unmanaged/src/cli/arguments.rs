//! The arguments of each command.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;

use crate::words::{Age, StateName};

/// Who calls.
#[derive(Debug, Subcommand)]
pub enum Auth {
    /// Write a profile, and check it. A key is kept where it is: the profile holds its path.
    Login(Login),
    /// Say what works, and what is missing: the API, the delegation, the scope, the accounts.
    Check,
}

/// How to authenticate.
#[derive(Args, Debug)]
pub struct Login {
    /// A service account's key, or GAM's oauth2service.json.
    #[arg(long, value_name = "FILE", group = "who")]
    pub key: Option<PathBuf>,
    /// A service account without a key, for whom the credentials of the environment sign.
    #[arg(long, value_name = "ADDRESS", group = "who")]
    pub keyless: Option<String>,
    /// An administrator's own credentials: the file that gcloud has written.
    #[arg(long, value_name = "FILE", group = "who")]
    pub user: Option<PathBuf>,
    /// The credentials of the environment, as Google's own tools look for them.
    #[arg(long, group = "who")]
    pub environment: bool,
}

/// Which accounts.
#[derive(Args, Clone, Debug, Default)]
pub struct Accounts {
    /// Only accounts in these states: not-yet-sent, invited, accepted, declined.
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    pub state: Vec<StateName>,
    /// Only accounts of this domain.
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
}

/// People, by address.
#[derive(Args, Clone, Debug, Default)]
pub struct People {
    /// Addresses.
    #[arg(value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    /// A file of addresses: CSV of GAM, of the console, of a spreadsheet, or one a line. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub from_csv: Vec<PathBuf>,
    /// The column that holds the addresses, by its title or its number, where it is not plain.
    #[arg(long, value_name = "COLUMN", requires = "from_csv")]
    pub column: Option<String>,
}

/// What bounds a command that mails people.
#[derive(Args, Clone, Debug, Default)]
pub struct Mailing {
    /// At most this many people; the others wait for the next run.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// A file of addresses that get nothing: works council, legal hold. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub exclude_from: Vec<PathBuf>,
    /// Print the plan, and send nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Ask no question. Needs --max-people.
    #[arg(long, requires = "max_people")]
    pub yes: bool,
    /// Refuse a plan of more people than this.
    #[arg(long, value_name = "N")]
    pub max_people: Option<u32>,
}

/// Arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
    /// Which accounts.
    #[command(flatten)]
    pub accounts: Accounts,
    /// Only accounts that have not changed for so long, such as 14d.
    #[arg(long, value_name = "AGE")]
    pub updated_before: Option<Age>,
    /// At most this many; 0 shows all. A table on a terminal shows 20 unless set.
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
}

/// Arguments of `show`.
#[derive(Args, Debug)]
pub struct Show {
    /// The address.
    pub address: String,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// People.
    #[command(flatten)]
    pub people: People,
}

/// Arguments of `invite`.
#[derive(Args, Debug)]
pub struct Invite {
    /// People.
    #[command(flatten)]
    pub people: People,
    /// Which accounts.
    #[command(flatten)]
    pub accounts: Accounts,
    /// What bounds it.
    #[command(flatten)]
    pub mailing: Mailing,
    /// Skip people who were invited within this time.
    #[arg(long, value_name = "AGE", default_value = "14d")]
    pub invited_within: Age,
    /// Ask, for each address that the list lacks, whether it can be invited: accounts younger than 48 hours.
    #[arg(long)]
    pub check_unlisted: bool,
    /// Send again where an earlier email is presumed not sent.
    #[arg(long)]
    pub retry_presumed: bool,
}

/// Arguments of `remind`.
#[derive(Args, Debug)]
pub struct Remind {
    /// People who were invited longer ago than this.
    #[arg(long, value_name = "AGE", default_value = "14d")]
    pub older_than: Age,
    /// Only people who got fewer emails than this.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub max_mails: u32,
    /// Only accounts of this domain.
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// What bounds it.
    #[command(flatten)]
    pub mailing: Mailing,
    /// Allow less than 7 days, and more than 3 emails.
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `cancel`.
#[derive(Args, Debug)]
pub struct Cancel {
    /// People.
    #[command(flatten)]
    pub people: People,
    /// Which accounts.
    #[command(flatten)]
    pub accounts: Accounts,
    /// Only people who were invited longer ago than this.
    #[arg(long, value_name = "AGE")]
    pub older_than: Option<Age>,
    /// At most this many people.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Print the plan, and cancel nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Ask no question. Needs --max-people.
    #[arg(long, requires = "max_people")]
    pub yes: bool,
    /// Refuse a plan of more people than this.
    #[arg(long, value_name = "N")]
    pub max_people: Option<u32>,
}

/// Arguments of `runs`.
#[derive(Args, Debug)]
pub struct Runs {
    /// At most this many, the newest first; 0 shows all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,
}

/// Arguments of `resume`.
#[derive(Args, Debug)]
pub struct Resume {
    /// The run; the newest that is not finished if not set.
    pub run: Option<i64>,
    /// Send again where an email is presumed not sent.
    #[arg(long)]
    pub retry_presumed: bool,
    /// A file of addresses that get nothing from now on. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub exclude_from: Vec<PathBuf>,
    /// Settle what is unknown, and send nothing.
    #[arg(long)]
    pub settle_only: bool,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct Report {
    /// The run; the newest if not set.
    pub run: Option<i64>,
    /// Print a pseudonym in place of each address.
    #[arg(long)]
    pub redact: bool,
}

/// Arguments of `forget`.
#[derive(Args, Debug)]
pub struct Forget {
    /// The address.
    pub address: String,
}

/// Arguments of `purge`.
#[derive(Args, Debug)]
pub struct Purge {
    /// Runs that ended longer ago than this, such as 180d.
    #[arg(long, value_name = "AGE")]
    pub older_than: Age,
}

/// Arguments of `sql`.
#[derive(Args, Debug)]
pub struct Sql {
    /// A SELECT over `userinvitations`, `runs` and `sends`.
    pub query: String,
}

/// Arguments of `completion`.
#[derive(Args, Debug)]
pub struct Completion {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}
