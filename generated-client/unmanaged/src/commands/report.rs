//! `runs` and `report`.

use serde_json::json;

use super::summary::run_json;
use crate::app::App;
use crate::cli::{Report, Runs};
use crate::clock::rfc3339;
use crate::exit::{Exit, Failure};
use crate::journal::{Item, Run, Status, Tally};
use crate::output::{Format, Printer};
use crate::plan::reason_in_words;
use crate::settle::Seen;
use crate::words::{people, thousands};

pub fn runs(app: &App, runs: &Runs) -> Result<Exit, Failure> {
    let journal = app.journal()?;
    let is_table = app.format() == Format::Table;
    let mut titles = vec![
        "run", "command", "state", "started", "people", "done", "unknown", "left",
    ];
    if !is_table {
        titles.extend(["by", "for"]);
    }
    titles.push("arguments");
    let mut printer = Printer::new(app.format(), app.screen, &titles)?;
    for run in journal.runs(runs.limit)? {
        let tally = journal.tally(run.id)?;
        let unknown = tally.count(Status::Unknown) + tally.count(Status::Sending);
        let mut cells = vec![
            run.id.to_string(),
            run.command.clone(),
            run.state.clone(),
            moment(run.started, is_table),
            tally.all().to_string(),
            tally.count(Status::Done).to_string(),
            unknown.to_string(),
            tally.count(Status::Planned).to_string(),
        ];
        if !is_table {
            cells.extend([format!("{}@{}", run.user, run.host), run.subject.clone()]);
        }
        cells.push(run.arguments.clone());
        printer.row(&cells, || run_json(&run, &tally))?;
    }
    printer.finish("")?;
    Ok(Exit::Done)
}

/// A time; to the minute for people.
fn moment(seconds: i64, is_table: bool) -> String {
    match is_table {
        true => rfc3339(seconds)
            .replace('T', " ")
            .chars()
            .take(16)
            .collect(),
        false => rfc3339(seconds),
    }
}

pub fn report(app: &App, report: &Report) -> Result<Exit, Failure> {
    let journal = app.journal()?;
    let run = match report.run {
        Some(id) => Some(journal.run(id)?),
        None => journal.runs(1)?.into_iter().next(),
    };
    let Some(run) = run else {
        let what = "there is no run in this journal";
        return Err(Failure::new(
            Exit::NotFound,
            what,
            "`unmanaged invite` makes one",
        ));
    };
    let mut printer = Printer::new(app.format(), app.screen, titles(app))?;
    journal.each_item(run.id, |item| {
        let address = match report.redact {
            true => journal.pseudonym(&item.address),
            false => item.address.clone(),
        };
        let cells = cells(app, &run, &item, address.clone());
        let state = item.status.word(run.cancels());
        let json = || {
            json!({
                "run": run.id, "address": address, "state": state, "reason": item.reason,
                "before": item.before.as_ref().map(seen), "after": item.after.as_ref().map(seen),
                "attempts": item.attempts, "lastAttempt": item.sending.map(rfc3339),
                "ended": item.ended.map(rfc3339), "error": item.error,
            })
        };
        Ok(printer.row(&cells, json)?)
    })?;
    printer.finish(&sums(&journal.tally(run.id)?, &run))?;
    Ok(Exit::Done)
}

fn titles(app: &App) -> &'static [&'static str] {
    match app.format() {
        Format::Table => &["address", "state", "emails", "last attempt", "why"],
        _ => &[
            "address",
            "state",
            "reason",
            "emails_before",
            "emails_after",
            "attempts",
            "last_attempt",
            "error",
        ],
    }
}

fn seen(seen: &Seen) -> serde_json::Value {
    json!({"mailsSentCount": seen.mails, "state": seen.state})
}

fn cells(app: &App, run: &Run, item: &Item, address: String) -> Vec<String> {
    let count = |seen: &Option<Seen>| seen.as_ref().map(|it| it.mails.to_string());
    let (before, after) = (count(&item.before), count(&item.after));
    let state = item.status.word(run.cancels()).to_owned();
    if app.format() != Format::Table {
        return vec![
            address,
            state,
            item.reason.clone(),
            before.unwrap_or_default(),
            after.unwrap_or_default(),
            item.attempts.to_string(),
            item.sending.map(rfc3339).unwrap_or_default(),
            item.error.clone(),
        ];
    }
    let emails = match (before, after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => before,
        (None, Some(after)) => format!("? → {after}"),
        (None, None) => String::new(),
    };
    let mut why = reason_in_words(&item.reason).to_owned();
    if item.status == Status::NotDone && !item.error.is_empty() {
        why = format!("{why}: {}", item.error);
    }
    let attempt = item.sending.map(|at| moment(at, true));
    vec![address, state, emails, attempt.unwrap_or_default(), why]
}

/// The counts, which add up to the people of the run.
fn sums(tally: &Tally, run: &Run) -> String {
    let counts = Status::ALL.map(|status| (status.word(run.cancels()), tally.count(status)));
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{} {word}", thousands(count)))
        .collect();
    let all = people(tally.all());
    format!("run {}: {all}: {}", run.id, counts.join(", "))
}
