//! Unions: `oneOf`, `anyOf`, and a base that stands for all that extend it.
//!
//! What is left in the neutral document is a schema of its own with `oneOf` or `anyOf`, whose members a value can be
//! told apart by: unions in unions are flattened, `null` is what it is elsewhere, constraints are left out, scalars
//! of one type are one member, and what can only be one member is that member.

mod kinds;
mod leaves;
mod objects;
mod scalars;
mod subtypes;
mod tags;

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};

use super::{all_of, schema};
use crate::Problem;
use crate::extensions::{Extension, Tags};
use crate::read::node::Node;
use crate::schemas::{reference_to, sole_reference, wrap_reference};
use leaves::Unions;
use tags::{Discriminator, tag};

pub(super) use kinds::{Kind, of as kind_of, stated};
pub(super) use leaves::{Leaf, Unions as Context};
pub(super) use scalars::Planned;
pub(crate) use subtypes::Subtypes;
pub(super) use tags::{property, values};

/// What a union comes to.
pub(super) enum Plan<'a> {
    /// Any value: no member says what it is, or one admits every value.
    Any,
    /// Its only member.
    One(Planned<'a>),
    /// One object with the properties of all members.
    Together(Vec<Leaf<'a>>),
    /// Several members, and the property that says which one an object is.
    Many(Vec<Planned<'a>>, Option<&'a str>),
}

impl<'a> Plan<'a> {
    fn of(mut members: Vec<Planned<'a>>, tag: Option<&'a str>) -> Self {
        match members.len() {
            0 | 1 => members.pop().map_or(Self::Any, Self::One),
            _ => Self::Many(members, tag),
        }
    }
}

impl<'a> Unions<'_, 'a> {
    /// What the union that a schema is comes to, and whether `null` is a value of it.
    pub fn plan(self, node: &Node<'a>) -> Result<(Plan<'a>, bool), Problem> {
        let kinds = kinds::of_mixed_values(node)?;
        if !kinds.is_empty() {
            let members = scalars::of_values(node, &kinds)?;
            return Ok((Plan::of(members, None), false));
        }
        if let Some((only, nullable)) = self.only_union(node)? {
            return Ok((Plan::One(Planned::Leaf(only)), nullable));
        }
        let leaves = self.leaves(node)?;
        if leaves.all.is_empty() || leaves.all.iter().any(|leaf| leaf.kind == Kind::Any) {
            return Ok((Plan::Any, leaves.nullable));
        }
        let tag = tag(&leaves.all);
        let may_hold_together =
            tag.is_none() && node.get("anyOf").is_some() && leaves.all.len() > 1;
        if may_hold_together && objects::can_hold_together(self.root, &leaves.all)? {
            return Ok((Plan::Together(leaves.all), leaves.nullable));
        }
        let planned = scalars::merge(self.root, leaves.all)?;
        // A discriminator says that others may follow.
        if planned.len() == 1 && tag.is_some() && Discriminator::of(node).is_some() {
            return Ok((Plan::Many(planned, tag), leaves.nullable));
        }
        Ok((Plan::of(planned, tag), leaves.nullable))
    }

    /// Whether a schema has to be one of its own, wherever it stands.
    pub fn is_own(self, node: &Node<'a>) -> Result<bool, Problem> {
        if !self.is_plain(node)? {
            return Ok(node.get("properties").is_some() && !self.members(node)?.is_empty());
        }
        let (plan, _) = self.plan(node)?;
        Ok(matches!(plan, Plan::Together(_) | Plan::Many(..)))
    }
}

/// Reads a union; nothing where the schema is none, or something else besides.
pub(super) fn read(root: &Node, node: &Node) -> Result<Option<ReferenceOr<Schema>>, Problem> {
    let (none, compositions) = (Subtypes::default(), root.compositions());
    let unions = Unions {
        root,
        subtypes: compositions.map_or(&none, |it| it.subtypes()),
    };
    if !unions.is_plain(node)? {
        return Ok(None);
    }
    let data = schema::data(node)?;
    if let Some(name) = compositions.and_then(|it| it.name_of(node)) {
        let (_, nullable) = unions.plan(node)?;
        return Ok(Some(wrap_reference(name, or_null(data, nullable))));
    }
    read_apart(unions, node, data).map(Some)
}

/// Whether a schema has properties, and is a union besides.
pub(super) fn is_beside(node: &Node) -> Result<bool, Problem> {
    let subtypes = &Subtypes::default();
    let unions = Unions {
        root: node,
        subtypes,
    };
    Ok(node.get("properties").is_some() && !unions.members(node)?.is_empty())
}

fn or_null(data: SchemaData, nullable: bool) -> SchemaData {
    SchemaData {
        nullable: data.nullable || nullable,
        ..data
    }
}

/// Reads a union that is a schema of its own, or what it comes to.
pub(super) fn read_apart(
    unions: Unions,
    node: &Node,
    data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let (plan, nullable) = unions.plan(node)?;
    let data = or_null(data, nullable);
    Ok(match plan {
        Plan::Any => overlay(schema::any(), data),
        Plan::One(member) => overlay(read_member(unions.root, member)?.0, data),
        Plan::Together(leaves) => all_of::together(unions.root, &leaves, data)?,
        Plan::Many(members, tag) => {
            let members = members.into_iter().map(|member| {
                let (mut schema, values) = read_tagged(unions.root, member, tag)?;
                if let ReferenceOr::Item(schema) = &mut schema {
                    schema.schema_data.nullable = false;
                }
                Ok((schema, values))
            });
            let members = members.collect::<Result<_, Problem>>()?;
            let any = node.get("anyOf").is_some();
            ReferenceOr::Item(of_members(members, tag, any, data))
        }
    })
}

/// A union of members that have been read, with the values of the tag for each.
pub(super) fn of_members(
    members: Vec<(ReferenceOr<Schema>, Vec<String>)>,
    tag: Option<&str>,
    any: bool,
    mut data: SchemaData,
) -> Schema {
    let mut discriminator = tag.map(|tag| openapiv3::Discriminator {
        property_name: tag.to_owned(),
        ..openapiv3::Discriminator::default()
    });
    let mut all = Vec::new();
    for (mut member, values) in members {
        match (&mut member, &mut discriminator) {
            (ReferenceOr::Reference { reference }, Some(discriminator)) => {
                let mapped = values.into_iter().map(|value| (value, reference.clone()));
                discriminator.mapping.extend(mapped);
            }
            (ReferenceOr::Item(member), Some(_)) if !values.is_empty() => {
                Tags(values).set(&mut member.schema_data.extensions);
            }
            _ => {}
        }
        all.push(member);
    }
    if let Some(discriminator) = &mut discriminator {
        discriminator.mapping.sort_keys();
    }
    data.discriminator = discriminator;
    Schema {
        schema_data: data,
        schema_kind: match any {
            true => SchemaKind::AnyOf { any_of: all },
            false => SchemaKind::OneOf { one_of: all },
        },
    }
}

/// The members of a union that has been read, or the only one.
pub(super) fn members_of(schema: ReferenceOr<Schema>) -> Vec<ReferenceOr<Schema>> {
    match schema {
        ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::OneOf { one_of: all } | SchemaKind::AnyOf { any_of: all },
            ..
        }) => all,
        only => vec![only],
    }
}

/// Reads a member, with the values of the tag by which it is known.
fn read_tagged(
    root: &Node,
    member: Planned,
    tag: Option<&str>,
) -> Result<(ReferenceOr<Schema>, Vec<String>), Problem> {
    let known = match (&member, tag) {
        (Planned::Leaf(leaf), Some(tag)) => values(leaf, tag).to_vec(),
        _ => Vec::new(),
    };
    let (schema, title) = read_member(root, member)?;
    Ok(match sole_reference(&schema) {
        Some(name) => (reference_to(name), known),
        None => (titled(schema, title), known),
    })
}

/// A schema that says what it is called.
pub(super) fn titled(schema: ReferenceOr<Schema>, title: Option<String>) -> ReferenceOr<Schema> {
    match schema {
        ReferenceOr::Item(mut schema) => {
            let data = &mut schema.schema_data;
            if data.description.is_none() {
                data.description.clone_from(&title);
            }
            data.title = title;
            ReferenceOr::Item(schema)
        }
        reference => reference,
    }
}

/// Reads a member, and what it is called where it is no reference.
fn read_member(
    root: &Node,
    member: Planned,
) -> Result<(ReferenceOr<Schema>, Option<String>), Problem> {
    match member {
        Planned::Schema(schema) => Ok((ReferenceOr::Item(*schema), None)),
        Planned::Leaf(leaf) => match leaf.name {
            Some(name) if leaf.is_base => {
                let base = all_of::read_base(root, &leaf.node)?;
                Ok((base, Some(name.to_owned())))
            }
            Some(name) => Ok((reference_to(name), None)),
            None => {
                let title = leaf.node.remark_of("title").map(str::to_owned);
                let schema = schema::read(root, &leaf.node);
                Ok((scalars::with_kind(schema, leaf.kind), title))
            }
        },
    }
}

/// A schema of which something more is said where it stands.
pub(super) fn overlay(schema: ReferenceOr<Schema>, data: SchemaData) -> ReferenceOr<Schema> {
    let schema = match (sole_reference(&schema), schema.as_item()) {
        (Some(name), None) => return wrap_reference(name, data),
        (_, Some(schema)) => schema.clone(),
        (None, None) => return schema,
    };
    let own = schema.schema_data;
    ReferenceOr::Item(Schema {
        schema_kind: schema.schema_kind,
        schema_data: SchemaData {
            description: data.description.or(own.description),
            nullable: data.nullable || own.nullable,
            deprecated: data.deprecated || own.deprecated,
            read_only: data.read_only || own.read_only,
            write_only: data.write_only || own.write_only,
            default: data.default.or(own.default),
            discriminator: data.discriminator.or(own.discriminator),
            extensions: match data.extensions.is_empty() {
                true => own.extensions,
                false => data.extensions,
            },
            ..SchemaData::default()
        },
    })
}
