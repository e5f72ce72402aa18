//! `auth login` and `auth check`.

use std::path::{Path, PathBuf};

use futures_util::StreamExt as _;
use generated_client::cloudidentity::scope;
use generated_client::runtime::Error;
use serde_json::json;

use crate::app::App;
use crate::cli::{Auth, Login};
use crate::exit::{Exit, Failure, exit_of};
use crate::folders::shown;
use crate::output::Printer;
use crate::profile::{Profile, Source};
use crate::service::{self, Service, google_client};
use crate::words::thousands;

pub async fn auth(app: &mut App, auth: Auth) -> Result<Exit, Failure> {
    match auth {
        Auth::Login(login) => {
            write(app, login)?;
            check(app).await
        }
        Auth::Check => check(app).await,
    }
}

/// Writes the profile.
fn write(app: &App, login: Login) -> Result<(), Failure> {
    if app.global.fake {
        return Err(Failure::usage(
            "the fake has no profile",
            "leave out --fake",
        ));
    }
    let is_confluent = app.global.service == Some(crate::cli::ServiceName::Confluent);
    let credentials = source(login)?;
    let acts_for = matches!(credentials, Source::Key { .. } | Source::Keyless { .. });
    let (customer, subject) = (app.global.customer.clone(), app.global.subject.clone());
    if !is_confluent && customer.is_none() {
        return Err(Failure::usage(
            "--customer is missing",
            "the Admin console shows the id, such as C01234567, under Account, Account settings",
        ));
    }
    if acts_for && subject.is_none() {
        return Err(Failure::usage(
            "--subject is missing",
            "a service account acts for an administrator: give the address of one",
        ));
    }
    let profile = Profile {
        service: if is_confluent { "confluent" } else { "google" }.to_owned(),
        customer,
        subject,
        credentials,
    };
    // A key that cannot be used is not written into a profile.
    service::connect(&profile, None)?;
    let name = app.global.profile.as_deref().unwrap_or("default");
    let path = app.folders.profile(name)?;
    profile.write(&path)?;
    app.say(&format!("wrote the profile `{name}`: {}", shown(&path)));
    Ok(())
}

fn source(login: Login) -> Result<Source, Failure> {
    Ok(match (login.key, login.keyless, login.user) {
        (Some(path), _, _) => Source::Key {
            path: absolute(&path)?,
        },
        (_, Some(account), _) => Source::Keyless { account },
        (_, _, Some(path)) => Source::User {
            path: absolute(&path)?,
        },
        _ => Source::Environment,
    })
}

/// A profile is used from any folder.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::fs::canonicalize(path).map_err(|error| {
        let what = format!("{} cannot be read: {}", shown(path), error.kind());
        Failure::usage(what, "give the path of the file")
    })
}

/// What was looked at, and what was found.
struct Finding {
    what: &'static str,
    result: &'static str,
    more: String,
}

impl Finding {
    fn new(what: &'static str, result: &'static str, more: impl Into<String>) -> Self {
        Self {
            what,
            result,
            more: more.into(),
        }
    }
}

async fn check(app: &mut App) -> Result<Exit, Failure> {
    let (connection, mut journal) = app.connect().await?;
    let mut findings = vec![Finding::new("credentials", "ok", "found")];
    let first = connection.service.pages().next().await;
    let exit = match first {
        Some(Err(error)) => {
            explain(app, &connection.service, &error, &mut findings).await;
            exit_of(&error)
        }
        _ => {
            let count = app.refresh(&connection, &mut journal).await?;
            if !connection.service.is_confluent() {
                findings.push(Finding::new("API", "ok", "enabled"));
                findings.push(Finding::new("scope", "ok", scope::FULL));
            }
            let accounts = format!("{} readable", thousands(count));
            findings.push(Finding::new("accounts", "ok", accounts));
            Exit::Done
        }
    };
    let journal = shown(journal.folder());
    findings.push(Finding::new("journal", "ok", journal));
    let titles = ["what", "result", "more"];
    let mut printer = Printer::new(app.format(), app.screen, &titles)?;
    for finding in &findings {
        let cells = [
            finding.what.to_owned(),
            finding.result.to_owned(),
            finding.more.clone(),
        ];
        let json = json!({"what": finding.what, "result": finding.result, "more": finding.more});
        printer.row(&cells, || json)?;
    }
    printer.finish("")?;
    Ok(exit)
}

/// Says what is missing where the list cannot be read.
async fn explain(app: &App, service: &Service, error: &Error, findings: &mut Vec<Finding>) {
    let reason = error.google().and_then(|google| google.reason());
    let message = error.to_string();
    if matches!(reason, Some("SERVICE_DISABLED" | "accessNotConfigured")) {
        let fix = "gcloud services enable cloudidentity.googleapis.com, in the project of the \
                   credentials";
        findings.push(Finding::new("API", "missing", fix));
    } else if error.oauth_code() == Some("unauthorized_client") && !service.is_confluent() {
        findings.push(scope_that_is_missing(app).await);
    } else {
        findings.push(Finding::new("accounts", "missing", message));
    }
}

/// Which of the two scopes is not allowed: a token is asked for with the narrower one.
async fn scope_that_is_missing(app: &App) -> Finding {
    let narrow = async {
        let profile = app.profile()?;
        let client = google_client(&profile, scope::READ_ONLY)?;
        let customer = client.customer(profile.customer.unwrap_or_default())?;
        match customer
            .invitations()
            .page_size(1)
            .max_pages(1)
            .pages()
            .next()
            .await
        {
            Some(Err(error)) => Err(Failure::from(error)),
            _ => Ok(()),
        }
    };
    let place = "Admin console, Security, Access and data control, API controls, Domain-wide \
                 delegation";
    let more = match narrow.await {
        Ok(()) => format!(
            "{} is not allowed; only {} is. {place}: add the first to the entry",
            scope::FULL,
            scope::READ_ONLY
        ),
        Err(_) => format!(
            "{} is not allowed. {place}: add the client id with it",
            scope::FULL
        ),
    };
    Finding::new("scope", "missing", more)
}
