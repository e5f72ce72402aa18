//! Tells what a client was made of: for people, and for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use codegen::{Note, NoteKind, Summary, escape_control};
use serde_json::json;

use crate::changes::Changes;
use crate::generate::Named;
use crate::report::{SHORT, STRONG, WARNING, more};

/// How many places of one note are shown.
const FEW: usize = 3;

/// What a client was made of, as JSON.
pub(crate) fn json(client: &Named, changes: &Changes, notes: &[String]) -> serde_json::Value {
    let summary = &client.generated.summary;
    let left_out = summary.left_out.iter().map(|left_out| {
        let problems = left_out.problems.iter().map(|problem| {
            json!({ "place": problem.place(), "what": problem.what(), "help": problem.help() })
        });
        json!({ "operation": left_out.operation, "problems": problems.collect::<Vec<_>>() })
    });
    let files = changes
        .files
        .iter()
        .map(|change| change.path.to_string_lossy());
    json!({
        "name": client.name,
        "operations": summary.operations,
        "not_selected": summary.operations_left_out,
        "left_out": left_out.collect::<Vec<_>>(),
        "schemas": summary.schemas,
        "notes": summary.notes,
        "messages": notes,
        "changed_files": files.collect::<Vec<_>>(),
    })
}

/// What a client was made of, what was not selected or left out, and what else is to be known of it.
///
/// Which operations are not selected is told of a client that is new.
pub(crate) fn print(
    out: &mut dyn Write,
    name: &str,
    summary: &Summary,
    is_new: bool,
) -> io::Result<()> {
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}: {} operations ({} not selected), {} schemas ({} not used)",
        escape_control(name),
        summary.operations.len(),
        summary.operations_left_out.len(),
        summary.schemas,
        summary.schemas_left_out,
    )?;
    if is_new {
        let others = summary.operations_left_out.iter();
        for id in others.clone().take(SHORT) {
            writeln!(out, "    not selected {}", escape_control(id))?;
        }
        more(out, "    ", others.len())?;
    }
    cannot_be_generated(out, summary)?;
    notes_of(out, &summary.notes)
}

/// The operations that cannot be generated, with the reasons.
fn cannot_be_generated(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    if summary.left_out.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "{WARNING}warning{WARNING:#}: {} operations cannot be generated, and are left out",
        summary.left_out.len()
    )?;
    for left_out in &summary.left_out {
        writeln!(out, "    {}", escape_control(&left_out.operation))?;
        for problem in &left_out.problems {
            let place = escape_control(problem.place());
            writeln!(out, "        {place}: {}", escape_control(problem.what()))?;
            writeln!(out, "        help: {}", escape_control(problem.help()))?;
        }
    }
    Ok(())
}

/// What else is to be known of a client. Of what is the same in many places, the first ones.
fn notes_of(out: &mut dyn Write, notes: &[Note]) -> io::Result<()> {
    let mut by_text: BTreeMap<(NoteKind, &str), Vec<&str>> = BTreeMap::new();
    for note in notes {
        let places = by_text.entry((note.kind, &note.what)).or_default();
        places.push(&note.about);
    }
    for ((kind, what), places) in by_text {
        let kind = kind_of_note(kind);
        for about in places.iter().take(FEW) {
            let (about, what) = (escape_control(about), escape_control(what));
            writeln!(out, "{kind:>12} {about} {what}")?;
        }
        if let more @ 1.. = places.len().saturating_sub(FEW) {
            writeln!(
                out,
                "{:>12} … and {more} more: {}",
                "",
                escape_control(what)
            )?;
        }
    }
    Ok(())
}

fn kind_of_note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::AnyValue => "any JSON",
        NoteKind::Corrected => "corrected",
        NoteKind::Ignored => "ignored",
        NoteKind::NoOperations => "no operations",
        NoteKind::NoScopes => "no scopes",
        NoteKind::NoServer => "no server",
        NoteKind::NotCovered => "not covered",
        NoteKind::Server => "server",
        NoteKind::Renamed => "renamed",
        NoteKind::UnknownFormat => "format",
        _ => "note",
    }
}
