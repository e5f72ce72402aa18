//! Discriminators: the property that says which member of a union an object is, and its values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::references;
use super::{Kind, Leaf};
use crate::Problem;
use crate::extensions::{Extension, Tags};
use crate::read::neutral;
use crate::read::node::Node;

/// A discriminator as a document writes it.
pub(super) struct Discriminator<'a> {
    pub property: &'a str,
    /// The values that stand for a schema, by its name.
    mapping: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Discriminator<'a> {
    /// The discriminator of a schema; nothing where there is none, or one that names no property.
    pub fn of(node: &Node<'a>) -> Option<Self> {
        let node = node.get("discriminator")?;
        let property = node.get("propertyName")?.text().ok()?;
        let mut mapping: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (value, target) in node.members_of("mapping").unwrap_or_default() {
            if let Ok(target) = target.text() {
                // A name, or a reference that ends in one.
                let name = target.rsplit('/').next().unwrap_or(target);
                mapping.entry(name).or_default().push(value);
            }
        }
        Some(Self { property, mapping })
    }

    /// Whether a value stands for another schema than the one called `name`.
    pub fn leads_elsewhere(&self, name: &str) -> bool {
        self.mapping.keys().any(|target| *target != name)
    }

    /// The names of the schemas that values stand for.
    pub fn targets(&self) -> impl Iterator<Item = &'a str> {
        self.mapping.keys().copied()
    }

    /// The values that stand for a schema: those of the mapping, else those that its property may have, else the
    /// name by which it is referred to.
    pub fn values(
        &self,
        root: &Node<'a>,
        node: &Node<'a>,
        names: &[&'a str],
    ) -> Result<Vec<String>, Problem> {
        let mapped = names.iter().filter_map(|name| self.mapping.get(name));
        let mut values: Vec<String> = mapped.flatten().map(ToString::to_string).collect();
        if values.is_empty() && neutral::is_neutral(root) {
            let tags = node.texts_of(Tags::KEY)?;
            values.extend(tags.into_iter().map(str::to_owned));
        }
        if values.is_empty() {
            values = texts(root, node, self.property)?;
        }
        if values.is_empty() {
            values.extend(names.last().map(|name| (*name).to_owned()));
        }
        Ok(values)
    }
}

/// The values that the property of an object may have, where they are text.
fn texts(root: &Node, node: &Node, name: &str) -> Result<Vec<String>, Problem> {
    let Some(property) = property(root, node, name, &mut BTreeSet::new())? else {
        return Ok(Vec::new());
    };
    let property = references::resolve(root, &property, "schemas")?;
    let values = property.items_of("enum")?;
    let texts = values.iter().filter_map(|value| match value.value() {
        Value::String(text) => Some(text.clone()),
        _ => None,
    });
    Ok(texts.collect())
}

/// A property of an object, or of what it is made of.
pub(in super::super) fn property<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    name: &str,
    seen: &mut BTreeSet<*const Value>,
) -> Result<Option<Node<'a>>, Problem> {
    let node = references::resolve(root, node, "schemas")?;
    if !seen.insert(std::ptr::from_ref(node.value())) {
        return Ok(None);
    }
    let own = node.get("properties").and_then(|all| all.get(name));
    if own.is_some() {
        return Ok(own);
    }
    // What comes later refines what comes before.
    for member in node.items_of("allOf")?.iter().rev() {
        if let Some(found) = property(root, member, name, seen)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The property that says which member an object is: one of a discriminator that all of them know.
pub(super) fn tag<'a>(leaves: &[Leaf<'a>]) -> Option<&'a str> {
    let mut objects = leaves.iter().filter(|leaf| leaf.kind == Kind::Object);
    let first = objects.next()?;
    let tags = first.tags.iter().filter(|(_, values)| !values.is_empty());
    // The outermost one comes last.
    let mut properties = tags.map(|(property, _)| *property).rev();
    properties.find(|property| {
        objects
            .clone()
            .all(|leaf| !values(leaf, property).is_empty())
    })
}

/// The values by which a member is known.
pub(in super::super) fn values<'l>(leaf: &'l Leaf, property: &str) -> &'l [String] {
    let mut tags = leaf.tags.iter();
    tags.find(|(known, _)| *known == property)
        .map_or(&[], |(_, values)| values)
}
