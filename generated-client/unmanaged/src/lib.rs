//! `unmanaged`, a command for administrators: it finds the unmanaged Google accounts of a customer, and invites
//! their users.
//!
//! The library is what the program is made of. It is public for the tests, and not an API.
//!
//! * [`plan`] decides who would get an email, and why others would not: a pure function.
//! * [`settle`] decides what became of an email whose outcome is unknown: one table, a pure function.
//! * [`input`] reads addresses as people keep them.
//! * [`journal`] is where every email is recorded before it is requested.
//! * [`run`] goes through a plan, and survives.

pub mod app;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod exit;
pub mod folders;
pub mod input;
pub mod journal;
pub mod output;
pub mod plan;
pub mod profile;
pub mod run;
pub mod service;
pub mod settle;
pub mod words;

#[cfg(feature = "fake")]
mod fake;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use app::App;
use cli::Cli;
use exit::{Exit, Failure};

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let outcome = run_command(cli);
    let exit = outcome.unwrap_or_else(|failure| {
        // Of a closed pipe there is nothing to tell, and of a closed standard error nobody.
        if failure.exit != Exit::Done {
            let _ = writeln!(io::stderr().lock(), "{failure}");
        }
        failure.exit
    });
    exit.into()
}

/// What clap prints: help and the version are successes.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    match error.use_stderr() {
        true => Exit::Usage.into(),
        false => Exit::Done.into(),
    }
}

fn run_command(cli: Cli) -> Result<Exit, Failure> {
    // Neither needs a folder, credentials or a runtime.
    if let Some(exit) = commands::without_app(&cli)? {
        return Ok(exit);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut app = App::new(cli.global)?;
        commands::dispatch(&mut app, cli.command).await
    })
}
