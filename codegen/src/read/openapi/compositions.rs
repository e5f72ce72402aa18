//! Schemas inside of others that `allOf` puts together from several: each becomes a schema of its own,
//! which is read once, however many others come across it. So one may come across itself.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::all_of;
use super::unions::{Context, Subtypes};
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
    /// The schemas that refer to themselves only, and what is wrong with each.
    endless: BTreeMap<&'a str, Problem>,
    /// How many schemas were put into others so far.
    put_together: Cell<usize>,
    subtypes: Subtypes<'a>,
}

impl<'a> Compositions<'a> {
    /// Finds those inside of the schemas of a document. No name of theirs collides with a schema's. `endless`
    /// are the schemas that refer to themselves only.
    pub fn find(root: &Node<'a>, endless: BTreeMap<&'a str, Problem>) -> Self {
        let mut found = Self {
            endless,
            subtypes: Subtypes::find(root),
            ..Self::default()
        };
        let schemas = super::components(root, "schemas");
        let mut taken: BTreeSet<String> = schemas.iter().map(|(name, _)| pascal(name)).collect();
        for (name, schema) in &schemas {
            found.find_within(root, schema, name, &mut taken);
        }
        // What is wrong is told where it is read.
        root.take_findings();
        found
    }

    /// Which schemas extend which others.
    pub fn subtypes(&self) -> &Subtypes<'a> {
        &self.subtypes
    }

    /// What is wrong with a schema that refers to itself only.
    pub fn check_end(&self, name: &str) -> Result<(), Problem> {
        self.endless.get(name).cloned().map_or(Ok(()), Err)
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
        self.count_all(schemas, node)
    }

    /// Counts several schemas that are put into another one.
    pub fn count_all(&self, schemas: usize, node: &Node) -> Result<(), Problem> {
        self.put_together.set(self.put_together.get() + schemas);
        if self.put_together.get() <= MOST {
            return Ok(());
        }
        Err(node.problem(
            format!("`allOf` puts more than {MOST} schemas into others"),
            "let schemas refer to what they share by a property, or select fewer in a copy",
        ))
    }

    /// Finds those inside of a schema. `wanted` is what a type is called after that stands there. What has
    /// another form than it should is told where it is read.
    fn find_within(
        &mut self,
        root: &Node<'a>,
        node: &Node<'a>,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) {
        for member in node.items_of("allOf").unwrap_or_default() {
            self.find_within(root, &member, wanted, taken);
        }
        for key in ["anyOf", "oneOf"] {
            for member in node.items_of(key).unwrap_or_default() {
                let wanted = match member.remark_of("title") {
                    Some(title) => format!("{wanted} {title}"),
                    None => wanted.to_owned(),
                };
                // What is a union itself becomes a part of the one around it.
                match Context::is_union(&member) {
                    true => self.find_within(root, &member, &wanted, taken),
                    false => self.find_at(root, &member, &wanted, taken),
                }
            }
        }
        for (name, property) in node.members_of("properties").unwrap_or_default() {
            self.find_at(root, &property, &format!("{wanted} {name}"), taken);
        }
        let parts = [("items", "item"), ("additionalProperties", "value")];
        for (key, word) in parts {
            if let Some(part) = node.get(key).filter(|part| part.value().is_object()) {
                self.find_at(root, &part, &format!("{wanted} {word}"), taken);
            }
        }
    }

    fn find_at(
        &mut self,
        root: &Node<'a>,
        node: &Node<'a>,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) {
        if !matches!(self.is_own(root, node), Ok(true)) {
            return self.find_within(root, node, wanted, taken);
        }
        let name = unique(pascal(wanted), taken);
        self.find_within(root, node, &name, taken);
        let position = self.found.len();
        self.positions
            .insert(std::ptr::from_ref(node.value()), position);
        self.found.push((node.clone(), name));
    }

    /// Whether a schema becomes one of its own.
    fn is_own(&self, root: &Node<'a>, node: &Node<'a>) -> Result<bool, Problem> {
        let unions = Context {
            root,
            subtypes: &self.subtypes,
        };
        match node.get("allOf") {
            Some(_) => Ok(!matches!(
                all_of::refined(root, node, &self.subtypes),
                Ok(Some(_))
            )),
            None => unions.is_own(node),
        }
    }
}
