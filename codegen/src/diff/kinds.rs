//! The kinds of changes: what each means in the document, in the Rust API and in behaviour.

use std::fmt;

/// How much a change asks of the users of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Class {
    /// Code that was written for the old client may not compile.
    Breaking,
    /// All code compiles, and does something else.
    Behaviour,
    /// All code compiles, with a warning, which fails a build under `-D warnings`.
    Deprecated,
    /// There is more to use.
    Added,
    /// The document differs, and the client does not, or not for its users.
    Changed,
}

/// The least step of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Step {
    /// None.
    None,
    /// The third number; a comment is another one.
    Patch,
    /// The second number; before 1.0 the third.
    Minor,
    /// The first number; before 1.0 the second.
    Major,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// What it is called in JSON. It stays the same from version to version.
    pub id: &'static str,
    /// What a change of this kind is called when the documents are exchanged.
    pub mirror: &'static str,
    /// How much it asks of users.
    pub class: Class,
    /// The least step of the version.
    pub step: Step,
    /// What changed in the document.
    pub document: &'static str,
    /// What changes in the Rust API; empty where nothing does.
    pub rust: &'static str,
    /// What changes when a program runs; empty where nothing does.
    pub behaviour: &'static str,
}

impl Class {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Behaviour => "behaviour",
            Self::Deprecated => "deprecated",
            Self::Added => "added",
            Self::Changed => "changed",
        }
    }
}

impl Step {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Every kind, in the order in which changes are told.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    let all = [
        super::table::api::ALL,
        super::table::operations::ALL,
        super::table::parameters::ALL,
        super::table::schemas::ALL,
    ];
    all.into_iter().flatten().copied()
}
