//! The files beside a document, which its references may lead to.

use std::collections::BTreeMap;

use crate::Source;
use crate::read;

/// The texts of the files beside a document, by their paths from its folder, such as `schemas/pet.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Adds a file. `path` is one of those that [`Files::named_in`] returns.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// The paths of the files that a document refers to, or one of the files beside it, which is called by
    /// its own path then. Each is in the folder of the document or below it, and JSON or YAML by its name;
    /// whatever else is referred to is not to be read. There are none in what cannot be parsed.
    pub fn named_in(document: &Source, beside: Option<&str>) -> Vec<String> {
        read::files_named_in(document, beside)
    }

    /// The files, sorted by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.0.iter();
        files.map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
