//! Tells a maintainer what was done, or what is wrong.

use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use codegen::{Diagnostics, escape_control};
use similar::{ChangeTag, TextDiff};

use crate::changes::{Change, Changes};
use crate::diff::text;
use crate::generate::Named;
use crate::{revisions, scopes, summary};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
pub(crate) const STRONG: Style = Style::new().bold();

/// How many lines of a list are shown.
pub(crate) const SHORT: usize = 12;

/// What every client was made of, and which files changed.
pub(crate) fn done(out: &mut dyn Write, clients: &[Named], changes: &Changes) -> io::Result<()> {
    for Named { name, generated } in clients {
        let is_new = changes.is_new(name);
        summary::print(out, name, &generated.summary, is_new)?;
    }
    what_changed(out, clients, changes)?;
    for change in &changes.files {
        headline(out, change)?;
    }
    other_scopes(out, changes)?;
    if changes.is_empty() {
        writeln!(out, "{GOOD}up to date{GOOD:#}: nothing changed")?;
    }
    Ok(())
}

/// What changed in the clients that were there, in words.
fn what_changed(out: &mut dyn Write, clients: &[Named], changes: &Changes) -> io::Result<()> {
    for revision in revisions::of(changes) {
        // The only client of a crate is in `src`.
        let name = match clients {
            [only] if revision.name == "src" => &only.name,
            _ => &revision.name,
        };
        text::print(out, name, &revision.report)?;
        let Some((gone, new)) = &revision.generator else {
            continue;
        };
        writeln!(
            out,
            "  {WARNING}the generator changed{WARNING:#}: the API did not"
        )?;
        if gone.is_empty() && new.is_empty() {
            writeln!(out, "         what is public is the same")?;
        }
        for (style, sign, lines) in [(REMOVED, '-', gone), (ADDED, '+', new)] {
            for line in lines.iter().take(SHORT) {
                writeln!(
                    out,
                    "         {style}{sign} {}{style:#}",
                    escape_control(line)
                )?;
            }
            more(out, "    ", lines.len())?;
        }
    }
    Ok(())
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
pub(crate) fn more(out: &mut dyn Write, indent: &str, lines: usize) -> io::Result<()> {
    match lines.saturating_sub(SHORT) {
        0 => Ok(()),
        more => writeln!(out, "{indent}     … and {more} more"),
    }
}

/// What would change, and the command that changes it.
pub(crate) fn stale(out: &mut dyn Write, clients: &[Named], changes: &Changes) -> io::Result<()> {
    what_changed(out, clients, changes)?;
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

/// A file, and what became of it.
pub(crate) fn headline(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let what = match (&change.before, &change.after) {
        (None, _) => "new",
        (_, None) => "removed",
        _ => "changed",
    };
    writeln!(out, "{what:>8} {STRONG}{}{STRONG:#}", shown(&change.path))
}

/// A path, as a terminal may be shown it.
fn shown(path: &Path) -> String {
    escape_control(&path.to_string_lossy()).into_owned()
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

/// A number of things: `1 spec`, `2 specs`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
