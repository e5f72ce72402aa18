//! Schemas inside of others that `allOf` puts together from several: each becomes a schema of its own,
//! which is read once, however many others come across it. So one may come across itself.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::all_of;
use crate::Problem;
use crate::names::{pascal, unique};
use crate::read::node::Node;
use crate::schemas::each_schema;

/// How many schemas `allOf` may put into others, all together: a hundred times more than large documents
/// need, and not more than fits into memory.
const MOST: usize = 200_000;

/// What is known of a document's compositions.
#[derive(Debug, Default)]
pub(crate) struct Compositions<'a> {
    /// What each of them is, and the name of the schema that it becomes.
    found: Vec<(Node<'a>, String)>,
    /// Where in `found` each of them is, by the value that it is.
    positions: BTreeMap<*const Value, usize>,
    /// How many schemas were put into others so far.
    put_together: Cell<usize>,
}

impl<'a> Compositions<'a> {
    /// Finds those inside of the schemas of a document. No name of theirs collides with a schema's.
    pub fn find(root: &Node<'a>) -> Result<Self, Problem> {
        let mut found = Self::default();
        let Some(components) = root.get("components") else {
            return Ok(found);
        };
        let schemas = components.members_of("schemas")?;
        let mut taken: BTreeSet<String> = schemas.iter().map(|(name, _)| pascal(name)).collect();
        for (name, schema) in &schemas {
            found.find_within(schema, name, &mut taken)?;
        }
        Ok(found)
    }

    /// The name of the schema that a value becomes; nothing where it stays where it is.
    pub fn name_of(&self, node: &Node) -> Option<&str> {
        let position = self.positions.get(&std::ptr::from_ref(node.value()))?;
        Some(&self.found[*position].1)
    }

    /// Every schema that was found, and its name.
    pub fn all(&self) -> &[(Node<'a>, String)] {
        &self.found
    }

    /// Counts what is put into another schema.
    pub fn count(&self, schema: &ReferenceOr<Schema>, node: &Node) -> Result<(), Problem> {
        let mut schemas = 1;
        each_schema(schema, &mut |_| schemas += 1);
        self.put_together.set(self.put_together.get() + schemas);
        if self.put_together.get() <= MOST {
            return Ok(());
        }
        Err(node.problem(
            format!("`allOf` puts more than {MOST} schemas into others"),
            "let schemas refer to what they share by a property, or select fewer in a copy",
        ))
    }

    /// Finds those inside of a schema. `wanted` is what a type is called after that stands there.
    fn find_within(
        &mut self,
        node: &Node<'a>,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) -> Result<(), Problem> {
        for member in node.items_of("allOf")? {
            self.find_within(&member, wanted, taken)?;
        }
        for (name, property) in node.members_of("properties")? {
            self.find_at(&property, &format!("{wanted} {name}"), taken)?;
        }
        let parts = [("items", "item"), ("additionalProperties", "value")];
        for (key, word) in parts {
            if let Some(part) = node.get(key).filter(|part| part.value().is_object()) {
                self.find_at(&part, &format!("{wanted} {word}"), taken)?;
            }
        }
        Ok(())
    }

    fn find_at(
        &mut self,
        node: &Node<'a>,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) -> Result<(), Problem> {
        if node.get("allOf").is_none() || all_of::refined(node)?.is_some() {
            return self.find_within(node, wanted, taken);
        }
        let name = unique(pascal(wanted), taken);
        self.find_within(node, &name, taken)?;
        let position = self.found.len();
        self.positions
            .insert(std::ptr::from_ref(node.value()), position);
        self.found.push((node.clone(), name));
        Ok(())
    }
}
