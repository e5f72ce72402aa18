//! What a change of the generated files means: what the API changed, or that the generator did.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::diff::{Api, Report, diff};
use codegen::{Client, Diagnostics, Files, Source};

use crate::changes::{Change, Changes};
use crate::diff::guarded;
use crate::present::DOCUMENT;

/// What changed in a client that is on disk already.
pub(crate) struct Revision {
    /// What the client is called.
    pub name: String,
    /// What the API changed.
    pub report: Report,
    /// Where the API changed nothing and code did: what is no longer public, and what is now.
    pub generator: Option<(Vec<String>, Vec<String>)>,
}

/// What changed in each client that is on disk: its neutral document says what it was made of, so both are
/// seen by the generator as it is now.
///
/// A neutral document that cannot be read was edited by hand: nothing is told of it.
pub(crate) fn of(changes: &Changes) -> Vec<Revision> {
    let clients: BTreeSet<&str> = changes.files.iter().filter_map(client).collect();
    let clients = clients
        .into_iter()
        .filter(|name| !changes.gone.iter().any(|gone| gone == name));
    let revisions = clients.map(|name| revision(name, changes).ok().flatten());
    revisions.flatten().collect()
}

/// The client that a file belongs to.
fn client(change: &Change) -> Option<&str> {
    change.path.components().next()?.as_os_str().to_str()
}

/// What changed in a client; nothing where it is new.
fn revision(name: &str, changes: &Changes) -> Result<Option<Revision>, Diagnostics> {
    let document = Path::new(name).join(DOCUMENT);
    let mut files = changes.files.iter();
    let document = files.find(|change| change.path == document);
    let report = match document.map(|it| (&it.before, &it.after)) {
        Some((Some(before), Some(after))) => {
            let (before, after) = (neutral(name, before)?, neutral(name, after)?);
            guarded(name, || diff(&before, &after).map_err(Into::into))?
        }
        Some(_) => return Ok(None),
        None => Report::default(),
    };
    let generator = report.has_equal_facts().then(|| public(name, changes));
    Ok(Some(Revision {
        name: name.to_owned(),
        report,
        generator: generator.flatten(),
    }))
}

/// What a client was made of, by its neutral document.
pub(crate) fn neutral(name: &str, text: &str) -> Result<Api, Diagnostics> {
    let client = Client::new(name, DOCUMENT, &["**"]).lenient();
    let source = Source {
        name: DOCUMENT,
        text,
    };
    guarded(name, || Api::read(&client, &source, &Files::default()))
}

/// The lines of code that say what is public, and that are no longer there or are new; nothing where no line
/// of code differs.
fn public(name: &str, changes: &Changes) -> Option<(Vec<String>, Vec<String>)> {
    let of_client = |change: &&Change| client(change) == Some(name);
    let (mut gone, mut new, mut differs) = (Vec::new(), Vec::new(), false);
    for change in changes.files.iter().filter(of_client) {
        if change.path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let (before, after) = (code(&change.before), code(&change.after));
        differs |= before != after;
        let (before, after) = (declarations(&before), declarations(&after));
        gone.extend(before.difference(&after).cloned());
        new.extend(after.difference(&before).cloned());
    }
    differs.then_some((gone, new))
}

/// The lines of a file that are no comment.
fn code(text: &Option<String>) -> Vec<String> {
    let lines = text.as_deref().unwrap_or_default().lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(str::to_owned).collect()
}

/// The lines that declare something public: items, fields and methods, and rows of tables.
fn declarations(lines: &[String]) -> BTreeSet<String> {
    let is_row = |line: &str| {
        let name = line.split(['(', ':']).next().unwrap_or_default();
        line.ends_with(',')
            && !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let declarations = lines.iter();
    let declarations = declarations
        .filter(|line| line.starts_with("pub ") || line.starts_with("runtime::") || is_row(line));
    let declarations =
        declarations.map(|line| line.trim_end_matches([' ', '{', ';', ',']).to_owned());
    declarations.collect()
}
