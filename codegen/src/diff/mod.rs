//! What changed between two documents: in words, in the Rust API, and in behaviour.
//!
//! The facts of the documents and the models of their clients are compared, and never printed text. Every
//! change is of one of the [`kinds`], which say what it means.

mod access;
mod api;
mod arguments;
mod details;
mod facts;
mod kinds;
mod leaves;
mod matching;
mod methods;
mod report;
mod sent;
mod shapes;
pub(crate) mod surface;
mod table;
mod types;
mod values;
mod whole;
mod witness;
mod words;

use std::collections::BTreeSet;

use crate::Problem;
pub use api::{Api, Edition};
pub use kinds::{Class, Kind, Step, kinds};
pub use report::{Change, Report};
pub use witness::witness;

/// Compares two documents.
///
/// # Errors
///
/// A mistake in the generator: it cannot make a client of one of them.
pub fn diff(old: &Api, new: &Api) -> Result<Report, Problem> {
    let mut found = Found::default();
    let are_equal = old.facts.whole == new.facts.whole
        && facts::naming(&old.facts) == facts::naming(&new.facts)
        && old.left_out() == new.left_out();
    if !are_equal {
        let (one, other) = (old.surface()?, new.surface()?);
        whole::compare(old, new, &mut found)?;
        methods::compare(old, new, &mut found)?;
        types::compare(one, other, &mut found);
        details::compare(old, new, &mut found)?;
        whole::unexplained(one, other, &mut found);
    }
    whole::not_selected(old, new, &mut found);
    let mut changes = found.changes;
    changes.sort_by(|one, other| key(one).cmp(&key(other)));
    changes.dedup();
    Ok(Report {
        old: old.edition(),
        new: new.edition(),
        changes,
        words: facts::words(&old.facts, &new.facts),
        ids: old.operations().union(&new.operations()).cloned().collect(),
    })
}

/// What code can name with the client of the old document, and cannot with that of the new one, or not with
/// the same types. It is empty exactly if nothing is [`Class::Breaking`].
///
/// # Errors
///
/// A mistake in the generator: it cannot make a client of one of them.
pub fn broken(old: &Api, new: &Api) -> Result<Vec<String>, Problem> {
    let (one, other) = (old.surface()?.promises(), new.surface()?.promises());
    Ok(one.difference(&other).cloned().collect())
}

/// What changes are sorted by.
fn key(change: &Change) -> (Class, &str, &str, &str, &str) {
    let Change {
        kind,
        subject,
        what,
        effect,
    } = change;
    (kind.class, subject, kind.id, what, effect)
}

/// The changes that were found.
#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    /// The subjects of which enough is said.
    told: BTreeSet<String>,
}

impl Found {
    /// Adds a change.
    fn add(
        &mut self,
        kind: &'static Kind,
        subject: impl Into<String>,
        what: impl Into<String>,
        effect: impl Into<String>,
    ) {
        let subject = subject.into();
        self.told.insert(subject.clone());
        self.changes.push(Change {
            kind,
            subject,
            what: what.into(),
            effect: effect.into(),
        });
    }

    /// Adds a change from one value to another.
    fn turn(&mut self, kind: &'static Kind, subject: &str, old: &str, new: &str, effect: &str) {
        if old != new {
            self.add(kind, subject, arrow(old, new), effect);
        }
    }

    /// Whether a change of this class was found.
    fn has(&self, class: Class) -> bool {
        self.changes.iter().any(|change| change.kind.class == class)
    }
}

/// A change, as it is shown.
fn arrow(old: &str, new: &str) -> String {
    let shown = |text: &str| match text {
        "" => "none".to_owned(),
        text => text.to_owned(),
    };
    format!("{} → {}", shown(old), shown(new))
}

/// A type as it is shown: without the modules that everybody knows.
fn plain(kind: &str) -> String {
    kind.replace("::std::collections::", "")
        .replace("types::", "")
        .replace("runtime::", "")
        .replace("names::", "")
}
