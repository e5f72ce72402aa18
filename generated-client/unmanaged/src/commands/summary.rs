//! What is printed of a plan and of a run.

use serde_json::{Map, Value, json};

use super::mailing::Request;
use crate::app::App;
use crate::clock::{about, rfc3339};
use crate::exit::{Exit, Failure};
use crate::journal::{Journal, Run, Status, Tally};
use crate::output::{Format, print_one};
use crate::plan::reason_in_words;
use crate::run::Ended;
use crate::words::{Rate, counted, people, thousands};

/// What Google is known to allow, where no rate is set.
const USUAL: Rate = Rate { per_second: 1.0 };
/// How many accounts a page of the list has.
const PAGE: i64 = 200;

/// The counts of a plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// `invite`, `remind` or `cancel`.
    pub command: &'static str,
    /// How many people something is done to.
    pub people: i64,
    /// How many are skipped, by reason.
    pub skipped: Vec<(String, i64)>,
    /// How many lines have no address.
    pub malformed: usize,
    /// How many lines repeat an address.
    pub duplicates: usize,
    /// About how many requests it takes.
    pub requests: i64,
    /// About how many seconds it takes.
    pub seconds: i64,
}

/// About how many requests and seconds a plan takes: one request a person, and a list every ten minutes.
pub fn estimate(people: i64, listed: i64, rate: Option<Rate>) -> (i64, i64) {
    let rate = rate.unwrap_or(USUAL).per_second;
    let pages = (listed + PAGE - 1) / PAGE;
    let in_ten_minutes = rate * 600.0;
    let mut requests = people as f64;
    if people > 0 {
        // At most half of the time is spent on lists.
        requests += (requests / in_ten_minutes).floor() * (pages as f64).min(in_ten_minutes / 2.0);
    }
    (requests.ceil() as i64, (requests / rate).ceil() as i64)
}

impl Plan {
    /// Reads the plan that was made.
    pub fn read(
        journal: &Journal,
        request: &Request,
        listed: i64,
        rate: Option<Rate>,
    ) -> Result<Self, Failure> {
        let counts = journal.plan_counts()?;
        let people = counts.iter().find(|(reason, _)| reason.is_empty());
        let people = people.map_or(0, |(_, count)| *count);
        let (requests, seconds) = estimate(people, listed, rate);
        let named = request.named.as_ref();
        Ok(Self {
            command: request.command,
            people,
            skipped: counts
                .into_iter()
                .filter(|(it, _)| !it.is_empty())
                .collect(),
            malformed: named.map_or(0, |named| named.malformed),
            duplicates: named.map_or(0, |named| named.duplicates),
            requests,
            seconds,
        })
    }

    fn json(&self) -> Value {
        let skipped: Map<String, Value> = self
            .skipped
            .iter()
            .map(|(reason, count)| (reason.clone(), (*count).into()))
            .collect();
        json!({
            "command": self.command, "people": self.people, "skipped": skipped,
            "malformed": self.malformed, "duplicates": self.duplicates,
            "requests": self.requests, "seconds": self.seconds,
        })
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let done = if self.command == "cancel" {
            "withdraw"
        } else {
            "send"
        };
        let mut lines = vec![(done, people(self.people))];
        for (reason, count) in &self.skipped {
            let words = reason_in_words(reason);
            lines.push(("skip", format!("{:>7}  {words}", thousands(*count))));
        }
        let extra = [
            (self.malformed, "lines without an address"),
            (self.duplicates, "lines that repeat an address"),
        ];
        for (count, words) in extra.into_iter().filter(|(count, _)| *count > 0) {
            lines.push(("skip", format!("{count:>7}  {words}")));
        }
        let time = about(self.seconds);
        let requests = counted(self.requests, "request");
        lines.push(("time", format!("about {requests}, {time}")));
        lines
    }
}

/// Prints a plan: as data where it is all there is, and before a question to the person who is asked.
pub fn print_plan(app: &App, plan: &Plan, is_all: bool) -> Result<(), Failure> {
    let lines = plan.lines();
    if is_all && app.format() != Format::Table {
        let mut cells = vec![
            ("people", plan.people.to_string()),
            ("requests", plan.requests.to_string()),
            ("seconds", plan.seconds.to_string()),
            ("malformed", plan.malformed.to_string()),
            ("duplicates", plan.duplicates.to_string()),
        ];
        let skipped = plan.skipped.iter();
        cells.extend(skipped.map(|(reason, count)| (reason.as_str(), count.to_string())));
        return Ok(print_one(app.format(), app.screen, &cells, &plan.json())?);
    }
    if is_all {
        print_one(app.format(), app.screen, &lines, &Value::Null)?;
    } else {
        for (name, text) in &lines {
            app.say(&format!("{name:<9} {text}"));
        }
    }
    match (is_all, plan.people) {
        (true, _) => app.say("dry run: nothing was sent"),
        (false, 0) => app.say("there is nobody to do anything to"),
        _ => {}
    }
    Ok(())
}

/// Prints the counts of a run.
pub fn print_run(app: &App, journal: &Journal, run: i64) -> Result<(), Failure> {
    let (run, tally) = (journal.run(run)?, journal.tally(run)?);
    let shown = |status: &Status| tally.count(*status) > 0 || *status == Status::Done;
    let mut cells = vec![("run", run.id.to_string()), ("state", run.state.clone())];
    for status in Status::ALL.iter().filter(|status| shown(status)) {
        let name = status.word(run.cancels());
        cells.push((name, thousands(tally.count(*status))));
    }
    cells.push(("people", thousands(tally.all())));
    print_one(app.format(), app.screen, &cells, &run_json(&run, &tally))?;
    advise(app, &run, &tally);
    Ok(())
}

/// A run, for programs.
pub fn run_json(run: &Run, tally: &Tally) -> Value {
    let mut reasons = Map::new();
    for (status, reason, count) in tally.0.iter().filter(|(_, reason, _)| !reason.is_empty()) {
        let name = format!("{}: {reason}", status.word(run.cancels()));
        reasons.insert(name, (*count).into());
    }
    let mut counts = Map::new();
    for status in Status::ALL {
        let name = status.word(run.cancels()).replace(' ', "_");
        counts.insert(name, tally.count(status).into());
    }
    json!({
        "run": run.id, "command": run.command, "state": run.state,
        "started": rfc3339(run.started), "ended": run.ended.map(rfc3339),
        "user": run.user, "host": run.host, "subject": run.subject,
        "arguments": run.arguments, "malformed": run.malformed, "duplicates": run.duplicates,
        "people": tally.all(), "counts": counts, "reasons": reasons,
    })
}

/// What to do next.
fn advise(app: &App, run: &Run, tally: &Tally) {
    let id = run.id;
    let planned = tally.count(Status::Planned);
    let unknown = tally.count(Status::Unknown) + tally.count(Status::Sending);
    if planned > 0 {
        let planned = people(planned);
        app.say(&format!("left: {planned}; `unmanaged resume {id}` goes on"));
    }
    if unknown > 0 {
        let unknown = counted(unknown, "outcome");
        app.say(&format!(
            "unknown: {unknown}; `unmanaged resume {id}` settles them, from 15 minutes after the attempt; \
             nobody is mailed again by a guess"
        ));
    }
}

/// Says why a run ended early.
pub fn tell_failure(app: &App, ended: &Ended) {
    match ended {
        Ended::Finished => {}
        Ended::Interrupted => app.say("interrupted, after the calls in flight"),
        Ended::Failed(failure) => app.say(&failure.to_string()),
    }
}

/// The exit code of a run.
pub fn exit_of_run(ended: &Ended, tally: &Tally) -> Exit {
    let failed = tally
        .0
        .iter()
        .any(|(status, reason, _)| *status == Status::NotDone && reason != "responded");
    match ended {
        Ended::Interrupted => Exit::Interrupted,
        Ended::Failed(failure) => failure.exit,
        Ended::Finished if tally.count(Status::Unknown) > 0 => Exit::Unknown,
        Ended::Finished if failed => Exit::SomeFailed,
        Ended::Finished => Exit::Done,
    }
}
