//! Prints a report for a terminal: aligned, and in colour where there is one.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use codegen::diff::Report;
use codegen::escape_control;

use super::rows::{Row, editions, rows};
use crate::report::STRONG;

/// The widest that a column is made for the rows that are longer.
const WIDEST: [usize; 2] = [48, 56];

/// Prints a report under the name of a client or a file.
pub(crate) fn print(out: &mut dyn Write, name: &str, report: &Report) -> io::Result<()> {
    let editions = editions(&report.old, &report.new);
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}  {}",
        escape_control(name),
        escape_control(&editions)
    )?;
    let rows = rows(report);
    if rows.is_empty() {
        return writeln!(out, "  no change");
    }
    let rows: Vec<[String; 4]> = rows.iter().map(shown).collect();
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths
            .filter(|width| *width <= WIDEST[column - 1])
            .max()
            .unwrap_or(0)
    };
    let (subjects, whats) = (width(1), width(2));
    for [class, subject, what, effect] in &rows {
        let style = style(class);
        let line = format!("{subject:<subjects$}  {what:<whats$}  {effect}");
        writeln!(out, "  {style}{class:<10}{style:#} {}", line.trim_end())?;
    }
    Ok(())
}

fn shown(row: &Row) -> [String; 4] {
    let parts = [row.class, &row.subject, &row.what, &row.effect];
    parts.map(|text| escape_control(text).into_owned())
}

/// The colour of a class.
pub(crate) fn style(class: &str) -> Style {
    match class {
        "breaking" => AnsiColor::Red.on_default().bold(),
        "behaviour" => AnsiColor::Yellow.on_default().bold(),
        "deprecated" => AnsiColor::Yellow.on_default(),
        "added" => AnsiColor::Green.on_default(),
        _ => Style::new().dimmed(),
    }
}
