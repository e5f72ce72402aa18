//! The lines of a report: what is alike and about the same is one line.

use std::collections::BTreeMap;

use codegen::diff::{Change, Edition, Report};

/// A line of a report.
pub(crate) struct Row {
    pub class: &'static str,
    pub subject: String,
    pub what: String,
    pub effect: String,
    kind: &'static str,
}

/// How many lines may say the same of several things, before they are one.
const ALIKE: usize = 3;

/// Kinds of which there may be many about one thing: they are told in one line.
const TOGETHER: &[&str] = &[
    "client-scopes-added",
    "client-scopes-removed",
    "operation-scopes-added",
    "operation-scopes-removed",
    "property-added",
    "schema-added",
    "value-added",
    "value-removed",
];

/// The lines of a report.
pub(crate) fn rows(report: &Report) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut last: Option<(&str, String)> = None;
    for change in &report.changes {
        let (subject, what) = told(report, change);
        let key = TOGETHER
            .contains(&change.kind.id)
            .then(|| (change.kind.id, subject.clone()));
        if key.is_some()
            && key == last
            && let Some(row) = rows.last_mut()
        {
            row.what.push_str(", ");
            row.what.push_str(what.trim_start_matches(['+', '-', ' ']));
            row.effect = together(change.kind.id, &row.effect);
            continue;
        }
        last = key;
        rows.push(Row {
            class: change.kind.class.as_str(),
            subject,
            what,
            effect: change.effect.clone(),
            kind: change.kind.id,
        });
    }
    let mut rows = alike(rows);
    if report.words > 0 {
        rows.push(Row {
            class: "words",
            subject: match report.words {
                1 => "1 sentence differs".to_owned(),
                words => format!("{words} sentences differ"),
            },
            what: String::new(),
            effect: String::new(),
            kind: "words",
        });
    }
    rows
}

/// Where many lines say the same of several things, one says it of all.
fn alike(rows: Vec<Row>) -> Vec<Row> {
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let key = |row: &Row| (row.kind.to_owned(), row.what.clone(), row.effect.clone());
    for row in &rows {
        *counts.entry(key(row)).or_default() += 1;
    }
    let mut told = Vec::new();
    for mut row in rows {
        match counts.get_mut(&key(&row)) {
            Some(0) => continue,
            Some(count) if *count > ALIKE => {
                let more = std::mem::take(count) - 1;
                row.subject = format!("{} and {more} more", row.subject);
            }
            _ => {}
        }
        told.push(row);
    }
    told
}

/// What a change is about, and what it is.
fn told(report: &Report, change: &Change) -> (String, String) {
    match change.kind.id {
        "property-added" => match change.subject.rsplit_once('.') {
            Some((schema, name)) => (schema.to_owned(), format!("+ {name}")),
            None => (change.subject.clone(), change.what.clone()),
        },
        "schema-added" => ("schemas".to_owned(), format!("+ {}", change.subject)),
        _ => (
            report.short(&change.subject).to_owned(),
            change.what.clone(),
        ),
    }
}

/// The effect of several changes.
fn together(kind: &str, effect: &str) -> String {
    match kind {
        "property-added" => "fields".to_owned(),
        "schema-added" => "types".to_owned(),
        "value-added" => "variants, until now `Unrecognized`".to_owned(),
        "value-removed" => "the variants are gone".to_owned(),
        _ => effect.to_owned(),
    }
}

/// From which document to which: by their revisions, or else by their versions.
pub(crate) fn editions(old: &Edition, new: &Edition) -> String {
    let shown = match (&old.revision, &new.revision) {
        (Some(old), Some(new)) => (old, new),
        _ => (&old.version, &new.version),
    };
    match shown.0 == shown.1 {
        true => shown.0.clone(),
        false => format!("{} → {}", shown.0, shown.1),
    }
}
