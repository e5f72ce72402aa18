//! Members of a union that are objects: whether they can hold together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::all_of::REMARKS;
use super::super::references;
use super::kinds::Kind;
use super::leaves::Leaf;
use crate::Problem;
use crate::read::node::Node;

/// Whether a value can be of all of several members at once: they are objects with properties, none excludes
/// others, and each property is the same wherever it is.
pub(super) fn can_hold_together<'a>(root: &Node<'a>, leaves: &[Leaf<'a>]) -> Result<bool, Problem> {
    let mut all: BTreeMap<&str, Value> = BTreeMap::new();
    for leaf in leaves {
        if leaf.kind != Kind::Object || leaf.is_base {
            return Ok(false);
        }
        let mut own = Properties::default();
        own.gather(root, &leaf.node)?;
        if own.all.is_empty() || own.excludes_others || own.has_unions {
            return Ok(false);
        }
        for (name, property) in own.all {
            let property = without_remarks(property.value());
            match all.get(name) {
                Some(known) if *known != property => return Ok(false),
                Some(_) => {}
                None => drop(all.insert(name, property)),
            }
        }
    }
    Ok(true)
}

fn without_remarks(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        members.retain(|key, _| !REMARKS.contains(&key.as_str()));
    }
    schema
}

/// The properties of an object, and of all that it is made of.
#[derive(Default)]
pub(super) struct Properties<'a> {
    pub all: BTreeMap<&'a str, Node<'a>>,
    excludes_others: bool,
    has_unions: bool,
    seen: BTreeSet<*const Value>,
}

impl<'a> Properties<'a> {
    pub fn gather(&mut self, root: &Node<'a>, node: &Node<'a>) -> Result<(), Problem> {
        let node = references::resolve(root, node, "schemas")?;
        if !self.seen.insert(std::ptr::from_ref(node.value())) {
            return Ok(());
        }
        for member in node.items_of("allOf")? {
            self.gather(root, &member)?;
        }
        self.all.extend(node.members_of("properties")?);
        let others = node.get("additionalProperties");
        self.excludes_others |= others.is_some_and(|it| it.value() != &Value::Bool(true));
        self.has_unions |= node.get("oneOf").is_some() || node.get("anyOf").is_some();
        Ok(())
    }
}
