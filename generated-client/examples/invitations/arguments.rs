//! What the program can be told.

use clap::Parser;

/// Lists all unmanaged users of a customer, and invites one of them: checks, sends, reads.
///
/// Without a customer it does so on a Cloud Identity of its own, on this machine.
#[derive(Parser)]
pub struct Arguments {
    /// The customer to look at, such as C01234567. The credentials are those of the environment:
    /// GOOGLE_APPLICATION_CREDENTIALS, or what gcloud has written.
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,

    /// The administrator for whom a service account acts.
    #[arg(long, value_name = "ADDRESS", requires = "customer")]
    pub subject: Option<String>,

    /// The address to invite. Google sends an email to it.
    #[arg(long, value_name = "ADDRESS", requires = "customer")]
    pub invite: Option<String>,

    /// Prints the list as JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// Prints the list as CSV.
    #[arg(long)]
    csv: bool,
}

/// How a list is printed.
#[derive(Clone, Copy)]
pub enum Form {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

impl Arguments {
    /// How the list is printed.
    pub fn form(&self) -> Form {
        match (self.json, self.csv) {
            (true, _) => Form::Json,
            (_, true) => Form::Csv,
            _ => Form::Table,
        }
    }
}
