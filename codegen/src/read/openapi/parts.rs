//! What an `allOf` is made of, and what the members of a union are together.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ObjectType, ReferenceOr, Schema};

use super::all_of::REMARKS;
use super::shared_properties::{self, Shared};
use super::unions::{self, Context, Kind, Leaf, Subtypes};
use super::{references, schema};
use crate::read::node::Node;
use crate::schemas::{boxed, is_any};
use crate::{NoteKind, Problem};

/// What an `allOf` is made of.
#[derive(Clone, Default)]
pub(super) struct Parts<'a> {
    /// The properties of all objects.
    pub object: ObjectType,
    /// The unions.
    pub unions: Vec<Node<'a>>,
    /// Those that are neither.
    pub scalars: Vec<Node<'a>>,
    /// Whether a part says that it is an object.
    pub is_object: bool,
    seen: BTreeSet<&'a str>,
    /// What states each property.
    stated: BTreeMap<&'a str, Vec<Node<'a>>>,
    /// What this is within, where it is of a property that several parts have.
    around: Around<'a>,
}

/// What a property is within that several parts of an `allOf` have.
#[derive(Clone, Default)]
pub(super) struct Around<'a> {
    /// How many such properties there are around it.
    pub depth: usize,
    /// The schemas that are being put together.
    pub schemas: BTreeSet<&'a str>,
}

impl<'a> Parts<'a> {
    /// Nothing yet of what is within such a property.
    pub fn within(around: Around<'a>) -> Self {
        Self {
            around,
            ..Self::default()
        }
    }

    /// Gathers what a schema is made of. That there is an end has been checked.
    pub fn gather(&mut self, root: &Node<'a>, node: &Node<'a>) -> Result<(), Problem> {
        if let Some(name) = references::name(node, "schemas")? {
            if !self.seen.insert(name) {
                return Ok(());
            }
            if let Some(compositions) = root.compositions() {
                compositions.check_end(name)?;
            }
        }
        let found = references::resolve(root, node, "schemas")?;
        for member in found.items_of("allOf")? {
            self.gather(root, &member)?;
        }
        let unions = Context {
            root,
            subtypes: &Subtypes::default(),
        };
        let is_union = !unions.members(&found)?.is_empty();
        if is_union {
            self.unions.push(found.clone());
        }
        match unions::stated(&found)? {
            None => {}
            Some(Kind::Object) => self.is_object = true,
            Some(_) if is_union => {}
            // The reference says what it is called.
            Some(_) => self.scalars.push(node.clone()),
        }
        for (name, property) in found.members_of("properties")? {
            self.add(root, name, &property)?;
        }
        if let Some(values) = schema::values_of_map(root, &found) {
            self.object.additional_properties.get_or_insert(values);
        }
        self.object.required.extend(schema::required(&found)?);
        self.object.required.sort();
        self.object.required.dedup();
        Ok(())
    }

    /// Whether nothing is said of what a value is.
    pub fn says_nothing(&self) -> bool {
        let object = &self.object;
        let has_form = !object.properties.is_empty() || !object.required.is_empty();
        !self.is_object && !has_form && object.additional_properties.is_none()
    }

    /// Whether a member is none that has been gathered already.
    pub fn is_new(&mut self, leaf: &Leaf<'a>) -> bool {
        leaf.name.is_none_or(|name| self.seen.insert(name))
    }

    fn add(&mut self, root: &Node<'a>, name: &'a str, property: &Node<'a>) -> Result<(), Problem> {
        let remarks = property.members()?;
        let only_remarks = remarks.iter().all(|(key, _)| REMARKS.contains(key));
        if only_remarks && self.object.properties.contains_key(name) {
            return Ok(());
        }
        let stated = self.stated.entry(name).or_default();
        stated.push(property.clone());
        let around = || Around {
            depth: self.around.depth + 1,
            schemas: &self.around.schemas | &self.seen,
        };
        let schema = match shared_properties::of(root, stated, around)? {
            Shared::Known => return Ok(()),
            Shared::Together(schema) => *schema,
            Shared::Last => schema::read(root, property),
        };
        if let Some(compositions) = root.compositions() {
            compositions.count(&schema, property)?;
        }
        self.object
            .properties
            .insert(name.to_owned(), boxed(schema));
        Ok(())
    }

    /// Adds the properties of members of which any may hold: what all of them require is required. A property that
    /// they do not agree on may be anything; `agree` says that there is none.
    pub fn add_together(
        &mut self,
        root: &Node<'a>,
        leaves: &[Leaf<'a>],
        agree: bool,
    ) -> Result<(), Problem> {
        let mut required: Option<BTreeSet<String>> = None;
        for leaf in leaves.iter().filter(|leaf| leaf.kind == Kind::Object) {
            let mut own = Parts::default();
            own.gather(root, &leaf.node)?;
            if !own.unions.is_empty() {
                let what =
                    "the unions in this member are not looked at: other properties are dropped";
                leaf.node.note(NoteKind::AnyValue, what);
            }
            for (name, schema) in own.object.properties {
                match agree && self.object.properties.contains_key(&name) {
                    true => {}
                    false => self.add_or_any(name, schema, &leaf.node),
                }
            }
            let own = BTreeSet::from_iter(own.object.required);
            required = Some(match required {
                Some(all) => all.intersection(&own).cloned().collect(),
                None => own,
            });
        }
        self.object.required.extend(required.unwrap_or_default());
        self.object.required.sort();
        self.object.required.dedup();
        Ok(())
    }
    /// Adds a property. One that is something else already may be anything.
    fn add_or_any(&mut self, name: String, schema: ReferenceOr<Box<Schema>>, node: &Node) {
        let Some(known) = self.object.properties.get_mut(&name) else {
            self.object.properties.insert(name, schema);
            return;
        };
        let is_alike = match (&*known, &schema) {
            (ReferenceOr::Item(known), ReferenceOr::Item(schema)) => {
                is_any(known) || known.schema_kind == schema.schema_kind
            }
            (known, schema) => known == schema,
        };
        if !is_alike {
            let what =
                format!("members of the union do not agree on `{name}`: any JSON value is taken");
            node.note(NoteKind::AnyValue, what);
            *known = boxed(schema::any());
        }
    }
}
