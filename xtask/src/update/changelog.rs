//! The entry of a client in the changelog, which a second run replaces.

use codegen::diff::{Class, Report};

use crate::diff::markdown::code;
use crate::diff::rows::{editions, rows};

/// The headings of the section where entries go.
const UNRELEASED: [&str; 2] = ["## Unreleased", "## [Unreleased]"];
/// How many lines of a class an entry has.
const MOST: usize = 30;

/// A changelog with the entry of a client, in the place of the one that it had; nothing where it has no
/// section for what is not released.
pub(super) fn with_entry(text: &str, client: &str, report: &Report) -> Option<String> {
    let (start, end) = (
        format!("<!-- `cargo xtask update` wrote this: {client} -->\n"),
        format!("<!-- end: {client} -->\n"),
    );
    let without = match (text.find(&start), text.find(&end)) {
        (Some(from), Some(to)) if from < to => {
            let rest = text[to + end.len()..].strip_prefix('\n');
            let rest = rest.unwrap_or(&text[to + end.len()..]);
            format!("{}{rest}", &text[..from])
        }
        _ => text.to_owned(),
    };
    let without = match without.ends_with('\n') {
        true => without,
        false => without + "\n",
    };
    let line = end_of_heading(&without)?;
    // It is as it was released.
    if report.changes.is_empty() {
        return Some(without);
    }
    // Below the paragraph that names the revisions, above the first group of entries.
    let rest = &without[line..];
    let ends = [
        rest.find("\n### "),
        rest.find("\n<!-- `cargo"),
        rest.find("\n## "),
    ];
    let end_of_paragraph = ends
        .into_iter()
        .flatten()
        .min()
        .map_or(without.len(), |at| line + at + 1);
    let (before, rest) = without.split_at(end_of_paragraph);
    Some(format!(
        "{before}{start}{}{end}\n{rest}",
        entry(client, report)
    ))
}

/// Where the line of the heading ends.
fn end_of_heading(text: &str) -> Option<usize> {
    let mut end = 0;
    text.split_inclusive('\n').find_map(|line| {
        end += line.len();
        let is_heading = |heading: &str| heading.eq_ignore_ascii_case(line.trim_end());
        UNRELEASED.iter().any(|it| is_heading(it)).then_some(end)
    })
}

fn entry(client: &str, report: &Report) -> String {
    let mut text = format!(
        "**{}**: {} ({}).\n\n",
        client,
        code(&editions(&report.old, &report.new)),
        match report.step() {
            codegen::diff::Step::Major => "a breaking step",
            codegen::diff::Step::Minor => "a minor step",
            _ => "a patch",
        }
    );
    let told = [
        Class::Breaking,
        Class::Behaviour,
        Class::Deprecated,
        Class::Added,
    ];
    let rows = rows(report);
    for class in told.map(Class::as_str) {
        let of_class = rows.iter().filter(|row| row.class == class);
        let lines: Vec<String> = of_class
            .map(|row| {
                let parts = [&row.what, &row.effect].map(|part| code(part));
                let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                format!("- {class}: {}: {}\n", code(&row.subject), parts.join("; "))
            })
            .collect();
        text.extend(lines.iter().take(MOST).map(String::as_str));
        if let more @ 1.. = lines.len().saturating_sub(MOST) {
            text.push_str(&format!("- {class}: … and {more} more\n"));
        }
    }
    text
}
