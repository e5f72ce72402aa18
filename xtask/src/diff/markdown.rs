//! Writes a report for a pull request.
//!
//! What a document says stands in code spans alone: there nothing is a mention, a link or HTML.

use codegen::diff::Report;
use codegen::escape_control;

use super::rows::{editions, rows};

/// How long a report may be: the body of a pull request holds 65,536 characters.
const LONGEST: usize = 60_000;
/// How long a cell may be.
const CELL: usize = 400;

/// A report under the name of a client or a file.
pub(crate) fn report(name: &str, report: &Report) -> String {
    let mut text = format!(
        "### {}: {}\n\n",
        code(name),
        code(&editions(&report.old, &report.new))
    );
    let rows = rows(report);
    if rows.is_empty() {
        return text + "No change.\n";
    }
    text.push_str("| | what | changed | for users |\n|---|---|---|---|\n");
    let count = rows.len();
    for (at, row) in rows.iter().enumerate() {
        let line = format!(
            "| {} | {} | {} | {} |\n",
            row.class,
            code(&row.subject),
            code(&row.what),
            code(&row.effect)
        );
        if text.len() + line.len() > LONGEST {
            text.push_str(&format!(
                "\n… and {} more lines: run `cargo xtask diff`.\n",
                count - at
            ));
            break;
        }
        text.push_str(&line);
    }
    text
}

/// A text as a code span within a table, where a bar ends a cell; nothing of nothing.
pub(crate) fn code(text: &str) -> String {
    code_span(text).replace('|', "\\|")
}

/// A text as a code span; nothing of nothing.
pub(crate) fn code_span(text: &str) -> String {
    let text = escape_control(text).replace('`', "'");
    let text = text.trim();
    match text.char_indices().nth(CELL) {
        _ if text.is_empty() => String::new(),
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
