//! Schemas that others extend: with a discriminator, such a one stands for all that extend it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::references;
use super::tags::Discriminator;
use crate::Problem;
use crate::read::node::Node;

/// How many members all unions of a document may have, together: many times more than large documents need.
const MOST: usize = 400_000;

/// Which schemas of a document extend which others.
#[derive(Debug, Default)]
pub(crate) struct Subtypes<'a> {
    /// The schemas that extend a schema directly, by its name.
    extended_by: BTreeMap<&'a str, Vec<&'a str>>,
    /// The schemas that stand for all that extend them, with their names.
    bases: BTreeMap<*const Value, &'a str>,
    /// The schemas that extend such a one.
    subtypes: BTreeSet<*const Value>,
    /// How many members of unions were found so far.
    members: Cell<usize>,
}

impl<'a> Subtypes<'a> {
    /// Finds those of a document. What cannot be read is told where it is read.
    pub fn find(root: &Node<'a>) -> Self {
        let mut found = Self::default();
        let components = root.get("components");
        let schemas = components.and_then(|all| all.members_of("schemas").ok());
        let schemas = schemas.unwrap_or_default();
        for (name, schema) in &schemas {
            for member in schema.items_of("allOf").unwrap_or_default() {
                if let Ok(Some(base)) = references::name(&member, "schemas") {
                    found.extended_by.entry(base).or_default().push(name);
                }
            }
        }
        for (name, schema) in &schemas {
            let is_union = ["oneOf", "anyOf"]
                .iter()
                .any(|key| schema.get(key).is_some());
            let Some(discriminator) = Discriminator::of(schema).filter(|_| !is_union) else {
                continue;
            };
            if found.extended_by.contains_key(name) || discriminator.leads_elsewhere(name) {
                found.bases.insert(std::ptr::from_ref(schema.value()), name);
            }
        }
        found.mark(&schemas);
        found
    }

    /// Marks the schemas that extend a base, also through others.
    fn mark(&mut self, schemas: &[(&'a str, Node<'a>)]) {
        let mut waiting: Vec<&str> = self.bases.values().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            for extending in self.of(name) {
                if seen.insert(*extending) {
                    waiting.push(extending);
                }
            }
        }
        let marked = schemas.iter().filter(|(name, _)| seen.contains(name));
        let marked = marked.map(|(_, schema)| std::ptr::from_ref(schema.value()));
        self.subtypes = marked.collect();
    }

    /// The name of a schema that stands for all that extend it; nothing where it is none.
    pub fn base(&self, node: &Node) -> Option<&'a str> {
        self.bases.get(&std::ptr::from_ref(node.value())).copied()
    }

    /// Whether a schema extends one that stands for all that do, and so is another type.
    pub fn is_subtype(&self, node: &Node) -> bool {
        self.subtypes.contains(&std::ptr::from_ref(node.value()))
    }

    /// The schemas that extend a schema directly, in the order of the alphabet.
    pub fn of(&self, name: &str) -> &[&'a str] {
        self.extended_by.get(name).map_or(&[], Vec::as_slice)
    }

    /// Counts a member of a union.
    pub fn count(&self, node: &Node) -> Result<(), Problem> {
        self.members.set(self.members.get() + 1);
        if self.members.get() <= MOST {
            return Ok(());
        }
        Err(node.problem(
            format!("the unions of the document have more than {MOST} members"),
            "select fewer operations in a copy of the document",
        ))
    }
}
