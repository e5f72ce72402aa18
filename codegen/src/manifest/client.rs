//! Makes entries as they would stand in a manifest.

use std::collections::BTreeMap;

use super::{Client, Entry, Place};

impl Client {
    /// An entry as it would stand in a manifest, for a document that has none: every operation
    /// that matches one of the globs, and nothing that the document leaves unsaid.
    pub fn new(name: &str, source: &str, operations: &[&str]) -> Self {
        let place = Place {
            file: "the selected operations".to_owned(),
            line_and_column: String::new(),
        };
        Self {
            name: name.to_owned(),
            source: source.to_owned(),
            url: None,
            overlays: Vec::new(),
            overlay_texts: Vec::new(),
            own_words: false,
            server: None,
            operations: operations
                .iter()
                .map(|glob| Entry {
                    value: (*glob).to_owned(),
                    place: place.clone(),
                })
                .collect(),
            leave_out: Vec::new(),
            strict: false,
            lenient: false,
            names: BTreeMap::new(),
            arguments: BTreeMap::new(),
            scopes: BTreeMap::new(),
            paging: BTreeMap::new(),
        }
    }

    /// The same client, made of another document and with other operations, where some are named.
    #[must_use]
    pub fn made_of(mut self, source: &str, operations: &[&str]) -> Self {
        let other = Self::new(&self.name, source, operations);
        self.source = other.source;
        if !operations.is_empty() {
            self.operations = other.operations;
        }
        self.strict = false;
        self
    }

    /// The same client, for which an operation that cannot be generated is an error, and is not left out.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The same client, of a document that is only compared with another one: what the manifest says of
    /// operations that the document does not have, or that it says itself, is no error.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.strict = false;
        self.lenient = true;
        self
    }

    /// The same client, with the text of one of its overlays. They are applied in the order in which they are
    /// added.
    #[must_use]
    pub fn overlay(mut self, name: &str, text: &str) -> Self {
        self.overlay_texts.push((name.to_owned(), text.to_owned()));
        self
    }

    /// The same client, with the operations of another one, too.
    #[must_use]
    pub fn and_operations_of(mut self, other: &Self) -> Self {
        self.operations.extend(other.operations.iter().cloned());
        self
    }

    /// The same client, with all operations.
    #[must_use]
    pub fn of_everything(mut self) -> Self {
        let all = Self::new(&self.name, &self.source, &["**"]);
        self.operations = all.operations;
        self
    }

    /// The same client of an API on another server, which `option` of the command line names: `https`, or
    /// `http` on this machine. Without a path, it gets that of the server in the spec.
    #[must_use]
    pub fn server(mut self, url: &str, option: &str) -> Self {
        self.server = Some(Entry {
            value: url.to_owned(),
            place: Place {
                file: option.to_owned(),
                line_and_column: String::new(),
            },
        });
        self
    }
}
