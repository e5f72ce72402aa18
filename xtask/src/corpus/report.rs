//! Reports the outcomes of the specs: for people, and for programs.

use std::io::{self, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use codegen::escape_control;
use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{ContentArrangement, Table};
use serde::Serialize;
use serde_json::json;

use super::worker::{Made, Outcome, Report};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// The outcomes of all specs together.
#[derive(Serialize)]
struct Totals {
    documents: usize,
    failed: usize,
    methods: usize,
    types: usize,
    lines: usize,
    seconds: f64,
}

impl Totals {
    fn of(reports: &[Report], time: Duration) -> Self {
        let sum = |count: fn(&Made) -> usize| made(reports).map(count).sum();
        Self {
            documents: reports.len(),
            failed: reports.iter().filter_map(failure).count(),
            methods: sum(|made| made.methods),
            types: sum(|made| made.types),
            lines: sum(|made| made.lines),
            seconds: time.as_secs_f64(),
        }
    }
}

/// Prints a table of what failed, and the totals.
pub(super) fn print(out: &mut dyn Write, reports: &[Report], time: Duration) -> io::Result<()> {
    let totals = Totals::of(reports, time);
    if totals.failed > 0 {
        let mut table = Table::new();
        table
            .load_preset(UTF8_BORDERS_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_header(["document", "reason"]);
        for (document, reason) in reports.iter().filter_map(failure) {
            table.add_row([shown(document), shown(reason)]);
        }
        writeln!(out, "{table}")?;
    }
    writeln!(
        out,
        "{} documents: {GOOD}{} generated{GOOD:#}, {BAD}{} failed{BAD:#}; {} methods, {} types, {} lines \
         of code, {:.1} s",
        totals.documents,
        totals.documents - totals.failed,
        totals.failed,
        totals.methods,
        totals.types,
        totals.lines,
        totals.seconds,
    )
}

/// A text of several lines, as a terminal may be shown it.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(escape_control).collect();
    lines.join("\n")
}

/// Everything, as JSON.
pub(super) fn json(reports: &[Report], time: Duration) -> String {
    let value = json!({ "totals": Totals::of(reports, time), "documents": reports });
    format!("{value:#}\n")
}

fn failure(report: &Report) -> Option<(&str, &str)> {
    match &report.outcome {
        Outcome::Failed { reason } => Some((&report.document, reason)),
        Outcome::Generated(_) => None,
    }
}

fn made(reports: &[Report]) -> impl Iterator<Item = &Made> {
    reports.iter().filter_map(|report| match &report.outcome {
        Outcome::Generated(made) => Some(made),
        Outcome::Failed { .. } => None,
    })
}
