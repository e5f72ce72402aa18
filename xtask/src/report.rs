//! Tells a maintainer what was done, or what is wrong.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use codegen::{Diagnostics, Note, NoteKind, Summary, escape_control};
use serde_json::json;
use similar::{ChangeTag, TextDiff};

use crate::changes::{Change, Changes};
use crate::generate::Named;
use crate::scopes;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const STRONG: Style = Style::new().bold();

/// How many lines of a list are shown.
const SHORT: usize = 12;

/// How many places of one note are shown.
const FEW: usize = 3;

/// What every client was made of, and which files changed.
pub(crate) fn done(out: &mut dyn Write, clients: &[Named], changes: &Changes) -> io::Result<()> {
    for Named { name, generated } in clients {
        summary(out, name, &generated.summary)?;
    }
    for change in &changes.files {
        headline(out, change)?;
    }
    other_scopes(out, changes)?;
    if changes.is_empty() {
        writeln!(out, "{GOOD}up to date{GOOD:#}: nothing changed")?;
    }
    Ok(())
}

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

/// What a client was made of, what was left out, and what else is to be known of it.
fn summary(out: &mut dyn Write, name: &str, summary: &Summary) -> io::Result<()> {
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}: {} operations ({} left out), {} schemas ({} left out)",
        escape_control(name),
        summary.operations.len(),
        summary.operations_left_out.len(),
        summary.schemas,
        summary.schemas_left_out,
    )?;
    let left_out = summary.operations_left_out.iter();
    for id in left_out.clone().take(SHORT) {
        writeln!(out, "    left out {}", escape_control(id))?;
    }
    more(out, "    ", left_out.len())?;
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
        NoteKind::NoServer => "no server",
        NoteKind::NotCovered => "not covered",
        NoteKind::Renamed => "renamed",
        NoteKind::UnknownFormat => "format",
        _ => "note",
    }
}

/// Warns of each client that asks for other scopes than it did: they may not be allowed.
fn other_scopes(out: &mut dyn Write, changes: &Changes) -> io::Result<()> {
    for change in scopes::changes(changes) {
        writeln!(
            out,
            "{WARNING}warning{WARNING:#}: {}: the client asks for other scopes than before",
            shown(&change.file)
        )?;
        for scope in &change.added {
            writeln!(out, "         {ADDED}+ {}{ADDED:#}", escape_control(scope))?;
        }
        for scope in &change.removed {
            writeln!(
                out,
                "         {REMOVED}- {}{REMOVED:#}",
                escape_control(scope)
            )?;
        }
        writeln!(
            out,
            "  help: where administrators allow exact scopes, they have to allow the new ones first, or no \
             call is authorized; `.scopes([...])` of the builder, or `Api::SCOPES` of a facade, keeps a set"
        )?;
    }
    Ok(())
}

/// How many lines of a list were not shown.
fn more(out: &mut dyn Write, indent: &str, lines: usize) -> io::Result<()> {
    match lines.saturating_sub(SHORT) {
        0 => Ok(()),
        more => writeln!(out, "{indent}     … and {more} more"),
    }
}

/// What would change, and the command that changes it.
pub(crate) fn stale(out: &mut dyn Write, changes: &Changes) -> io::Result<()> {
    for change in &changes.files {
        headline(out, change)?;
        difference(out, change)?;
    }
    other_scopes(out, changes)?;
    writeln!(
        out,
        "{BAD}error{BAD:#}: the generated clients are not what `spec/` and the generator make\n  \
         help: run `cargo xtask regenerate`, and commit what it changes"
    )
}

/// Which clients are no longer in the manifest, before anything of them is removed.
pub(crate) fn gone(out: &mut dyn Write, changes: &Changes, check: bool) -> io::Result<()> {
    let what = if check { "would be" } else { "will be" };
    for name in &changes.gone {
        let folder = changes.folder.join(name);
        let below = |change: &&Change| change.path.starts_with(name);
        writeln!(
            out,
            "{BAD}warning{BAD:#}: the client `{}` is not in the manifest: its {} files in {} {what} removed",
            escape_control(name),
            changes.files.iter().filter(below).count(),
            shown(&folder),
        )?;
    }
    out.flush()
}

/// What else is to be said.
pub(crate) fn notes(out: &mut dyn Write, notes: &[String]) -> io::Result<()> {
    for note in notes {
        writeln!(out, "{STRONG}note{STRONG:#}: {}", escape_control(note))?;
    }
    Ok(())
}

/// Who is waited for.
pub(crate) fn waiting(out: &mut dyn Write, folder: &Path, holder: &str) -> io::Result<()> {
    writeln!(
        out,
        "waiting for {}, which writes to {}",
        escape_control(holder),
        shown(folder)
    )?;
    out.flush()
}

/// What became of a write that was interrupted.
pub(crate) fn recovered(out: &mut dyn Write, folder: &Path, taken_back: bool) -> io::Result<()> {
    let what = if taken_back {
        "taken back"
    } else {
        "completed"
    };
    writeln!(
        out,
        "an earlier task did not finish writing to {}: its write is {what}",
        shown(folder)
    )
}

/// Everything that is wrong with the input.
pub(crate) fn errors(out: &mut dyn Write, wrong: &Diagnostics) -> io::Result<()> {
    for problem in wrong.iter() {
        writeln!(out, "{BAD}error{BAD:#}: {problem}")?;
    }
    Ok(())
}

/// What went wrong while a task ran.
pub(crate) fn failure(out: &mut dyn Write, failure: &io::Error) -> io::Result<()> {
    let failure = failure.to_string();
    writeln!(out, "{BAD}error{BAD:#}: {}", escape_control(&failure))
}

fn headline(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let what = match (&change.before, &change.after) {
        (None, _) => "new",
        (_, None) => "removed",
        _ => "changed",
    };
    let (added, removed) = counts(change);
    writeln!(
        out,
        "{what:>8} {STRONG}{}{STRONG:#} {ADDED}+{added}{ADDED:#} {REMOVED}-{removed}{REMOVED:#}",
        shown(&change.path),
    )
}

/// A path, as a terminal may be shown it.
fn shown(path: &Path) -> String {
    escape_control(&path.to_string_lossy()).into_owned()
}

fn counts(change: &Change) -> (usize, usize) {
    let diff = diff(change);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|line| line.tag() == tag)
            .count()
    };
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

/// The first lines of a difference.
fn difference(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let diff = diff(change);
    let changed: Vec<_> = diff
        .iter_all_changes()
        .filter(|line| line.tag() != ChangeTag::Equal)
        .collect();
    for line in changed.iter().take(SHORT) {
        let (style, sign) = match line.tag() {
            ChangeTag::Insert => (ADDED, '+'),
            _ => (REMOVED, '-'),
        };
        let text = escape_control(line.value().trim_end_matches('\n'));
        writeln!(out, "         {style}{sign} {text}{style:#}")?;
    }
    more(out, "    ", changed.len())
}

fn diff(change: &Change) -> TextDiff<'_, '_, str> {
    let before = change.before.as_deref().unwrap_or_default();
    let after = change.after.as_deref().unwrap_or_default();
    TextDiff::from_lines(before, after)
}
