//! The entry of a client in the changelog, which a second run replaces.

use codegen::diff::{Class, Report};

use crate::diff::markdown::code_span as code;
use crate::diff::rows::{editions, rows};

/// The headings of the section where entries go.
const UNRELEASED: [&str; 2] = ["## Unreleased", "## [Unreleased]"];
/// How many lines of a class an entry has.
const MOST: usize = 30;

/// A changelog with the entry of a client, in the place of the one that it had; nothing where it has no
/// section for what is not released. What was released stays as it is.
pub(super) fn with_entry(text: &str, client: &str, report: &Report) -> Option<String> {
    // Lines may end as they do on Windows.
    if text.contains("\r\n") {
        let changed = with_entry(&text.replace("\r\n", "\n"), client, report)?;
        return Some(changed.replace('\n', "\r\n"));
    }
    let (before, section) = text.split_at(end_of_heading(text)?);
    let released = section.find("\n## ").map_or(section.len(), |at| at + 1);
    let (section, released) = section.split_at(released);
    let section = without_entry(section, client);
    // It is as it was released.
    if report.changes.is_empty() {
        return Some(format!("{before}{section}{released}"));
    }
    // Below the paragraph that names the revisions, above the first group of entries.
    let ends = [section.find("\n### "), section.find("\n<!-- `cargo")];
    let end = ends.into_iter().flatten().min();
    let (paragraph, rest) = section.split_at(end.map_or(section.len(), |at| at + 1));
    let entry = format!(
        "{}{}{}",
        start_of(client),
        entry(client, report),
        end_of(client)
    );
    let blank = if format!("{before}{paragraph}").ends_with("\n\n") {
        ""
    } else {
        "\n"
    };
    Some(format!(
        "{before}{paragraph}{blank}{entry}\n{rest}{released}"
    ))
}

/// A section without the entry of a client.
fn without_entry(section: &str, client: &str) -> String {
    let section = match section.ends_with('\n') || section.is_empty() {
        true => section.to_owned(),
        false => format!("{section}\n"),
    };
    let end = end_of(client);
    match (section.find(&start_of(client)), section.find(&end)) {
        (Some(from), Some(to)) if from < to => {
            let rest = &section[to + end.len()..];
            let rest = rest.strip_prefix('\n').unwrap_or(rest);
            format!("{}{rest}", &section[..from])
        }
        _ => section,
    }
}

/// What stands before the entry of a client.
fn start_of(client: &str) -> String {
    format!("<!-- `cargo xtask update` wrote this: {client} -->\n")
}

/// What stands behind it.
fn end_of(client: &str) -> String {
    format!("<!-- end: {client} -->\n")
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
