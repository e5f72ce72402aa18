//! `allOf`: a schema and what refines it, or several schemas in one.

use std::collections::BTreeSet;

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::parts::Parts;
use super::unions::{self, Context, Kind, Leaf, Plan, Planned, Subtypes};
use super::{enums, references, scalar_parts, schema};
use crate::Problem;
use crate::read::node::Node;
use crate::schemas::{reference_to, wrap_reference};

/// What a property may say without becoming another one.
pub(super) const REMARKS: &[&str] = &["description", "example", "readOnly", "title"];

/// What a member may say besides without becoming another type: which values are valid.
const CONSTRAINTS: &[&str] = &[
    "default",
    "deprecated",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "pattern",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Reads an `allOf`, or what stands beside a union. One reference that the other members only refine is the type that
/// it refers to, and not a second one like it; everything else is an object with the properties of all members.
/// Inside of another schema that is a schema of its own.
pub(super) fn read(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    let (none, compositions) = (Subtypes::default(), root.compositions());
    let subtypes = compositions.map_or(&none, |it| it.subtypes());
    let mut data = schema::data(node)?;
    data.nullable |= says_null(node)?;
    if let Some((member, name)) = refined(root, node, subtypes)? {
        references::resolve(root, &member, "schemas")?;
        enums::note_values(node, &mut data)?;
        return Ok(wrap_reference(name, data));
    }
    match compositions.and_then(|it| it.name_of(node)) {
        Some(name) => Ok(wrap_reference(name, data)),
        None => merged(Context { root, subtypes }, node, data),
    }
}

/// Whether a member that has no type says that the value may be null.
fn says_null(node: &Node) -> Result<bool, Problem> {
    for member in node.items_of("allOf")? {
        if member.lenient_flag("nullable") && member.get("type").is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads a schema that is one of its own, although it stands inside of another. What it says of its place, such as
/// that the value may be null, is said there.
pub(super) fn read_apart(
    root: &Node,
    subtypes: &Subtypes,
    node: &Node,
) -> Result<ReferenceOr<Schema>, Problem> {
    let SchemaData {
        description,
        deprecated,
        ..
    } = schema::data(node)?;
    let data = SchemaData {
        description,
        deprecated,
        ..SchemaData::default()
    };
    let unions = Context { root, subtypes };
    match unions.is_plain(node)? {
        true => unions::read_apart(unions, node, data),
        false => merged(unions, node, data),
    }
}

/// Reads the properties that a base has by itself.
pub(super) fn read_base(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    let (mut parts, data) = (Parts::default(), schema::data(node)?);
    parts.gather(root, node)?;
    Ok(object(parts.object, data))
}

/// The only reference of an `allOf`, and the name that it has, where all other members only refine it.
pub(super) fn refined<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    subtypes: &Subtypes,
) -> Result<Option<(Node<'a>, &'a str)>, Problem> {
    if subtypes.is_subtype(node) {
        return Ok(None);
    }
    let (mut named, mut unnamed) = (Vec::new(), Vec::new());
    let others = ["anyOf", "oneOf", "properties"];
    let mut only_refined = others.iter().all(|key| node.get(key).is_none());
    for member in node.items_of("allOf")? {
        match references::name(&member, "schemas")? {
            Some(name) => named.push((member, name)),
            None => {
                only_refined &= is_refinement(&member)?;
                unnamed.push(member);
            }
        }
    }
    let Some((only, name)) = named.pop().filter(|_| only_refined && named.is_empty()) else {
        return Ok(None);
    };
    for member in unnamed {
        for (property, _) in member.members_of("properties")? {
            // One that is not there yet is another property, of any value.
            if unions::property(root, &only, property, &mut BTreeSet::new())?.is_none() {
                return Ok(None);
            }
        }
    }
    Ok(Some((only, name)))
}

/// Whether a member says nothing that would make another type: which values are valid, and remarks.
fn is_refinement(node: &Node) -> Result<bool, Problem> {
    for (key, member) in node.members()? {
        match key {
            "properties" => {
                for (_, property) in member.members()? {
                    let remarks = property.members()?;
                    if !remarks.iter().all(|(key, _)| REMARKS.contains(key)) {
                        return Ok(false);
                    }
                }
            }
            "additionalProperties" if !member.value().is_object() => {}
            other if REMARKS.contains(&other) || CONSTRAINTS.contains(&other) => {}
            other if other.starts_with("x-") => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Reads several schemas as one: an object, a scalar, or a union of which every member is that besides.
fn merged<'a>(
    unions: Context<'_, 'a>,
    node: &Node<'a>,
    data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let root = unions.root;
    if let [only] = node.items_of("allOf")?.as_slice()
        && node.get("properties").is_none()
        && unions.members(node)?.is_empty()
        && references::name(only, "schemas")?.is_none()
    {
        return Ok(unions::overlay(schema::read(root, only), data));
    }
    let mut parts = Parts::default();
    parts.gather(root, node)?;
    if !parts.scalars.is_empty() {
        if !parts.object.properties.is_empty() || !parts.unions.is_empty() {
            return Err(node.problem(
                "`allOf` puts an object together with something that is none",
                "let it refer to one schema, or to objects only",
            ));
        }
        return scalar_parts::read(root, node, &parts.scalars, data);
    }
    beside_unions(unions, parts, data)
}

/// An object together with the unions that stand beside it. One union becomes a union of which every member has the
/// properties besides; of several, no value says which members it is: they are one object.
fn beside_unions<'a>(
    unions: Context<'_, 'a>,
    mut parts: Parts<'a>,
    data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let root = unions.root;
    let mut several = Vec::new();
    let mut waiting = std::mem::take(&mut parts.unions);
    waiting.reverse();
    while let Some(union) = waiting.pop() {
        let (plan, _) = unions.plan(&union)?;
        match plan {
            Plan::Any => {}
            Plan::One(Planned::Leaf(leaf)) if parts.is_new(&leaf) => {
                parts.gather(root, &leaf.node)?;
                waiting.append(&mut parts.unions);
            }
            Plan::One(_) => {}
            Plan::Together(leaves) => parts.add_together(root, &leaves, true)?,
            plan => several.push((union, plan)),
        }
    }
    match several.pop() {
        None if parts.says_nothing() => Ok(unions::overlay(schema::any(), data)),
        None => Ok(object(parts.object, data)),
        Some((union, _)) if several.is_empty() && parts.object.properties.is_empty() => {
            unions::read_apart(unions, &union, data)
        }
        Some((_, Plan::Many(members, tag))) if several.is_empty() => {
            distributed(unions, &parts, (members, tag), data)
        }
        Some(last) => {
            for (union, _) in several.into_iter().chain([last]) {
                let leaves = unions.leaves(&union)?.all;
                parts.add_together(root, &leaves, false)?;
            }
            Ok(object(parts.object, data))
        }
    }
}

/// A union of which every member has the properties of an object besides. A member that has them already is what it
/// is without.
fn distributed<'a>(
    unions: Context<'_, 'a>,
    common: &Parts<'a>,
    (members, tag): (Vec<Planned<'a>>, Option<&'a str>),
    data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let (root, mut all) = (unions.root, Vec::new());
    for member in members {
        let leaf = match member {
            Planned::Leaf(leaf) if leaf.kind == Kind::Object => leaf,
            // Nothing else has properties.
            _ => continue,
        };
        let values = unions::values(&leaf, tag.unwrap_or_default()).to_vec();
        let mut own = Parts::default();
        own.gather(root, &leaf.node)?;
        let mut properties = common.object.properties.keys();
        let has_all = properties.all(|name| own.object.properties.contains_key(name));
        if let (true, Some(name), false) = (has_all, leaf.name, leaf.is_base) {
            all.push((reference_to(name), values));
            continue;
        }
        if let Some(compositions) = root.compositions() {
            compositions.count_all(common.object.properties.len(), &leaf.node)?;
        }
        let mut with_common = common.clone();
        if !with_common.is_new(&leaf) {
            // It leads back to the union around it.
            continue;
        }
        with_common.gather(root, &leaf.node)?;
        let title = match leaf.name {
            Some(name) => Some(name.to_owned()),
            None => leaf.node.remark_of("title").map(str::to_owned),
        };
        if !with_common.unions.is_empty() {
            let nested = beside_unions(unions, with_common, SchemaData::default())?;
            let members = unions::members_of(nested).into_iter();
            all.extend(members.map(|member| (member, values.clone())));
            continue;
        }
        let schema = object(with_common.object, schema::data(&leaf.node)?);
        all.push((unions::titled(schema, title), values));
    }
    let union = unions::of_members(all, tag, false, data);
    Ok(ReferenceOr::Item(union))
}

/// One object with the properties of all members of a union, any of which may hold.
pub(super) fn together<'a>(
    root: &Node<'a>,
    leaves: &[Leaf<'a>],
    data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let mut parts = Parts::default();
    parts.add_together(root, leaves, true)?;
    Ok(object(parts.object, data))
}

pub(super) fn object(object: ObjectType, data: SchemaData) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: data,
        schema_kind: SchemaKind::Type(Type::Object(object)),
    })
}
