//! The names of types: each is given out once.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use crate::names::{distinct, pascal, unique};
use crate::schemas::{destinations, sole_reference};

/// The names of a client's types, while they are being given out.
#[derive(Default)]
pub(super) struct TypeNames {
    /// The name of each schema of the document.
    own: BTreeMap<String, String>,
    /// The name of what a reference to a schema leads to in the end: one to a reference is one to the
    /// type behind both.
    behind: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    renamed: Vec<(String, String)>,
}

impl TypeNames {
    /// Names the schemas of a document.
    pub fn new(document: &OpenAPI) -> Self {
        let Some(components) = &document.components else {
            return Self::default();
        };
        let wires = components.schemas.keys().map(String::as_str);
        let own = distinct(wires, pascal, &BTreeSet::new());
        let destinations = destinations(&components.schemas).unwrap_or_default();
        let behind = |(wire, end): (&str, &str)| Some((wire.to_owned(), own.get(end)?.clone()));
        let mut names = Self {
            behind: destinations.into_iter().filter_map(behind).collect(),
            taken: own.values().cloned().collect(),
            own: own
                .into_iter()
                .map(|(wire, name)| (wire.to_owned(), name))
                .collect(),
            renamed: Vec::new(),
        };
        for (wire, name) in &names.own {
            note(
                &mut names.renamed,
                &format!("schema {wire}"),
                &pascal(wire),
                name,
            );
        }
        names
    }

    /// The name of a schema of the document.
    pub fn of(&self, wire: &str) -> String {
        self.own.get(wire).cloned().unwrap_or_default()
    }

    /// The type that a reference leads to; nothing where the schema is none.
    pub fn behind(&self, schema: &ReferenceOr<Schema>) -> Option<String> {
        self.behind.get(sole_reference(schema)?).cloned()
    }

    /// Takes a name that no type has yet: the wanted one if possible.
    pub fn reserve(&mut self, wanted: &str) -> String {
        let by_rule = pascal(wanted);
        let name = unique(by_rule.clone(), &mut self.taken);
        self.note(&format!("type {by_rule}"), &by_rule, &name);
        name
    }

    /// Takes a name for a type that is printed nowhere.
    pub fn reserve_unnoted(&mut self, wanted: &str) -> String {
        unique(pascal(wanted), &mut self.taken)
    }

    /// Notes what is called otherwise than by rule.
    pub fn note(&mut self, about: &str, by_rule: &str, name: &str) {
        note(&mut self.renamed, about, by_rule, name);
    }

    /// What is called otherwise than by rule.
    pub fn renamed(self) -> Vec<(String, String)> {
        self.renamed
    }
}

fn note(renamed: &mut Vec<(String, String)>, about: &str, by_rule: &str, name: &str) {
    if by_rule != name {
        renamed.push((about.to_owned(), name.to_owned()));
    }
}
