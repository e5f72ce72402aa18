//! What changed between two documents.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::api::Edition;
use super::kinds::{Class, Kind, Step};

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind, a row of the table.
    pub kind: &'static Kind,
    /// What it is about: the id of an operation, a schema or one of its properties, or `scopes`.
    pub subject: String,
    /// What changed in the document.
    pub what: String,
    /// What that changes in Rust, or for a program that runs; empty where the kind says all.
    pub effect: String,
}

/// Everything that changed, sorted: what breaks users comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The document that was there.
    pub old: Edition,
    /// The document that is there now.
    pub new: Edition,
    /// What changed.
    pub changes: Vec<Change>,
    /// How many sentences differ, of what both documents have.
    pub words: usize,
    /// The ids of all operations, by which they are shown as short as they can be.
    pub(super) ids: BTreeSet<String>,
}

impl Report {
    /// The least step of the version.
    pub fn step(&self) -> Step {
        let steps = self.changes.iter().map(|change| change.kind.step);
        let words = if self.words > 0 {
            Step::Patch
        } else {
            Step::None
        };
        steps.max().unwrap_or(Step::None).max(words)
    }

    /// Whether the facts are the same: nothing but sentences differs.
    pub fn has_equal_facts(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether there is a change of this class.
    pub fn has(&self, class: Class) -> bool {
        self.changes.iter().any(|change| change.kind.class == class)
    }

    /// A subject as it is shown: of the id of an operation, its last two parts, and as many more as tell it
    /// from others.
    pub fn short<'a>(&self, subject: &'a str) -> &'a str {
        if !self.ids.contains(subject) {
            return subject;
        }
        let dots: Vec<usize> = subject.match_indices('.').map(|(at, _)| at).collect();
        let starts = dots.iter().rev().skip(1).map(|at| at + 1);
        for start in starts {
            let tail = &subject[start - 1..];
            let same = self.ids.iter().filter(|id| id.ends_with(tail));
            if same.count() < 2 {
                return &subject[start..];
            }
        }
        subject
    }

    /// The report as JSON. Its members are documented in `docs/when-the-spec-changes.md`.
    pub fn to_json(&self) -> Value {
        let edition = |it: &Edition| json!({ "title": it.title, "version": it.version, "revision": it.revision });
        let changes = self.changes.iter().map(|change| {
            json!({
                "kind": change.kind.id,
                "class": change.kind.class.as_str(),
                "step": change.kind.step.as_str(),
                "subject": change.subject,
                "what": change.what,
                "effect": change.effect,
            })
        });
        json!({
            "format": 1,
            "old": edition(&self.old),
            "new": edition(&self.new),
            "step": self.step().as_str(),
            "changes": changes.collect::<Vec<_>>(),
            "words": self.words,
        })
    }
}
