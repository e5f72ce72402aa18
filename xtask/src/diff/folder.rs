//! Compares two folders of specs, file by file, on all processors.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use codegen::diff::{Class, Report, diff};
use codegen::{Client, Diagnostics, Problem, escape_control};
use serde_json::{Map, Value, json};

use super::{Diff, FailOn, Format, guarded, print, print_json, side, unprintable, witness};
use crate::diff::spec::Spec;
use crate::report::{self, STRONG};
use crate::write::cannot;

type Outcome = Result<Report, Diagnostics>;

/// Compares the files that both folders have.
pub(super) fn run(
    task: &Diff,
    old: &Path,
    new: &Path,
    out: &mut dyn Write,
) -> Result<bool, Diagnostics> {
    let (one, other) = (specs(old)?, specs(new)?);
    let names: Vec<&String> = one.intersection(&other).collect();
    let outcomes = every(&names, |name| {
        pair(task, &old.join(name), &new.join(name), name)
    });
    let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    let met = |outcome: &Outcome| match (outcome, task.fail_on) {
        (Ok(report), Some(class)) => class.is_met(report),
        _ => false,
    };
    let sides = Sides {
        gone: one.difference(&other).cloned().collect(),
        new: other.difference(&one).cloned().collect(),
    };
    let good = failed == 0 && !outcomes.iter().any(met) && !sides.are_against(task.fail_on);
    let pairs: Vec<(&String, Outcome)> = names.into_iter().zip(outcomes).collect();
    tell(task.format, &pairs, &sides, out).map_err(unprintable)?;
    Ok(good)
}

/// The specs that only one folder has.
struct Sides {
    gone: Vec<String>,
    new: Vec<String>,
}

impl Sides {
    /// A spec that is gone breaks its users.
    fn are_against(&self, fail_on: Option<FailOn>) -> bool {
        match fail_on {
            None => false,
            Some(FailOn::Any) => !self.gone.is_empty() || !self.new.is_empty(),
            Some(_) => !self.gone.is_empty(),
        }
    }
}

fn tell(
    format: Format,
    pairs: &[(&String, Outcome)],
    sides: &Sides,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    if format == Format::Json {
        return print_json(out, &json(pairs, sides));
    }
    for (name, outcome) in pairs {
        match outcome {
            Ok(report) if report.has_equal_facts() => {}
            Ok(report) => print(out, format, name, report)?,
            Err(wrong) => report::errors(out, wrong)?,
        }
    }
    let count = |is: &dyn Fn(&Report) -> bool| {
        let reports = pairs
            .iter()
            .filter_map(|(_, outcome)| outcome.as_ref().ok());
        reports.filter(|report| is(report)).count()
    };
    let of = |class: Class| count(&|report| report.has(class));
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}: {} breaking, {} behaviour, {} deprecated, {} added, {} changed, \
         {} with equal facts, {} failed",
        report::counted(pairs.len(), "spec"),
        of(Class::Breaking),
        of(Class::Behaviour),
        of(Class::Deprecated),
        of(Class::Added),
        of(Class::Changed),
        count(&Report::has_equal_facts),
        pairs.iter().filter(|(_, outcome)| outcome.is_err()).count(),
    )?;
    for (word, names) in [("gone", &sides.gone), ("new", &sides.new)] {
        for name in names {
            writeln!(out, "{word}: {}", escape_control(name))?;
        }
    }
    Ok(())
}

/// Everything that was found.
fn json(pairs: &[(&String, Outcome)], sides: &Sides) -> Value {
    let reports = pairs.iter().map(|(name, outcome)| {
        let value = match outcome {
            Ok(report) => report.to_json(),
            Err(wrong) => json!({ "error": wrong.to_string() }),
        };
        ((*name).clone(), value)
    });
    let reports: Map<_, _> = reports.collect();
    json!({ "format": 1, "specs": reports, "gone": sides.gone, "new": sides.new })
}

fn pair(task: &Diff, old: &Path, new: &Path, name: &str) -> Outcome {
    let globs: Vec<&str> = task.select.iter().map(String::as_str).collect();
    let globs = if globs.is_empty() { vec!["**"] } else { globs };
    let read = |path: &Path| {
        let spec = Spec::of_file(path)?;
        let client = Client::new("client", &spec.name, &globs);
        side(spec, client.lenient())
    };
    let (old, new) = (read(old)?, read(new)?);
    let report = guarded(name, || diff(&old.api, &new.api).map_err(Into::into))?;
    if let Some(folder) = &task.witness
        && !report.has_equal_facts()
    {
        let root = crate::workspace_root();
        let name = name.split_once('.').map_or(name, |(name, _)| name);
        let version = report
            .old
            .version
            .replace(|c: char| !c.is_alphanumeric(), "-");
        witness::write(&folder.join(format!("{name}-{version}")), &old, &new, &root)?;
    }
    Ok(report)
}

/// Does something for every name, as many at a time as there are processors.
pub(crate) fn every<T: Send>(
    names: &[&String],
    make: impl Fn(&str) -> Result<T, Diagnostics> + Sync,
) -> Vec<Result<T, Diagnostics>> {
    let outcomes: Vec<Mutex<Option<Result<T, Diagnostics>>>> =
        names.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        while let Some((at, name)) = take(&next, names) {
            let outcome = make(name);
            if let Ok(mut place) = outcomes[at].lock() {
                *place = Some(outcome);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            // A spec may be nested as deeply as the parser allows.
            let _ = thread::Builder::new()
                .stack_size(64 << 20)
                .spawn_scoped(scope, work);
        }
    });
    let lost = || {
        Problem::new(
            "codegen",
            "",
            "a spec was not compared",
            "run the command again",
        )
    };
    let outcomes = outcomes.into_iter();
    let outcomes = outcomes.map(|outcome| outcome.into_inner().ok().flatten());
    outcomes
        .map(|outcome| outcome.unwrap_or_else(|| Err(lost().into())))
        .collect()
}

fn take<'a>(next: &AtomicUsize, names: &[&'a String]) -> Option<(usize, &'a String)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    names.get(at).map(|name| (at, *name))
}

/// The names of the specs of a folder.
fn specs(folder: &Path) -> Result<BTreeSet<String>, Problem> {
    let entries = std::fs::read_dir(folder).map_err(|error| cannot(folder, "read", &error))?;
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(|error| cannot(folder, "read", &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_spec = [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| name.ends_with(end));
        if is_spec && name != "index.json" && entry.path().is_file() {
            names.insert(name);
        }
    }
    Ok(names)
}
