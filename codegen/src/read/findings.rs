//! What is found wrong with parts of a document while it is read.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::{Note, NoteKind, Problem};

/// A document, and what was found wrong with its parts.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub document: OpenAPI,
    /// What belongs to no part of it.
    pub whole: Findings,
    /// By the id of the operation that has them in itself.
    pub operations: BTreeMap<String, Findings>,
    /// By the name of the schema that has them in itself.
    pub schemas: BTreeMap<String, Findings>,
}

/// What was found wrong with a part of a document.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What cannot be generated: operations that reach it are left out.
    pub problems: Vec<Problem>,
    /// What was read as something else than it says: the kind, the place, and what that is.
    pub notes: Vec<(NoteKind, String, String)>,
}

impl Findings {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.notes.is_empty()
    }

    /// The notes, as they are shown.
    pub fn notes(&self) -> impl Iterator<Item = Note> + '_ {
        self.notes.iter().map(|(kind, place, what)| Note {
            kind: *kind,
            about: place.clone(),
            what: what.clone(),
        })
    }
}

impl From<OpenAPI> for Read {
    fn from(document: OpenAPI) -> Self {
        Self {
            document,
            ..Self::default()
        }
    }
}
