//! `allOf`: a schema and what refines it, or several schemas in one.

use std::collections::BTreeSet;

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{references, schema};
use crate::Problem;
use crate::read::node::Node;
use crate::schemas::{boxed, wrap_reference};

/// What a property may say without becoming another one.
const REMARKS: &[&str] = &["description", "example", "readOnly", "title"];

/// Reads an `allOf`. One reference that the other members only refine is the type that it refers to, and
/// not a second one like it; everything else is an object with the properties of all members. Inside of
/// another schema that is a schema of its own.
pub(super) fn read(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    let data = schema::data(node)?;
    if let Some((member, name)) = refined(node)? {
        references::resolve(root, &member, "schemas")?;
        return Ok(wrap_reference(name, data));
    }
    match node.compositions().and_then(|it| it.name_of(node)) {
        Some(name) => Ok(wrap_reference(name, data)),
        None => merged(root, node, data),
    }
}

/// Reads an `allOf` that is a schema of its own, although it stands inside of another. What it says of its
/// place, such as that the value may be null, is said there.
pub(super) fn read_apart(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
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
    merged(root, node, data)
}

/// The only reference of an `allOf`, and the name that it has, where all other members only refine it.
pub(super) fn refined<'a>(node: &Node<'a>) -> Result<Option<(Node<'a>, &'a str)>, Problem> {
    let mut named = Vec::new();
    let mut only_refined = node.get("properties").is_none();
    for member in node.items_of("allOf")? {
        match references::name(&member, "schemas")? {
            Some(name) => named.push((member, name)),
            None => only_refined &= is_refinement(&member)?,
        }
    }
    Ok(named.pop().filter(|_| only_refined && named.is_empty()))
}

/// Whether a member says nothing that would make another type: which properties are required, and remarks
/// about them.
fn is_refinement(node: &Node) -> Result<bool, Problem> {
    for (key, member) in node.members()? {
        match key {
            "required" | "type" => {}
            "properties" => {
                for (_, property) in member.members()? {
                    let remarks = property.members()?;
                    if !remarks.iter().all(|(key, _)| REMARKS.contains(key)) {
                        return Ok(false);
                    }
                }
            }
            other if REMARKS.contains(&other) || other.starts_with("x-") => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn merged(root: &Node, node: &Node, data: SchemaData) -> Result<ReferenceOr<Schema>, Problem> {
    let mut object = ObjectType::default();
    gather(root, node, &mut object, &mut BTreeSet::new())?;
    Ok(ReferenceOr::Item(Schema {
        schema_data: data,
        schema_kind: SchemaKind::Type(Type::Object(object)),
    }))
}

/// Gathers the properties of a schema and of all that it is made of.
fn gather<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    object: &mut ObjectType,
    seen: &mut BTreeSet<&'a str>,
) -> Result<(), Problem> {
    if let Some(name) = references::name(node, "schemas")? {
        if !seen.insert(name) {
            return Ok(());
        }
        if let Some(compositions) = root.compositions() {
            compositions.check_end(name)?;
        }
    }
    let node = references::resolve(root, node, "schemas")?;
    for member in node.items_of("allOf")? {
        gather(root, &member, object, seen)?;
    }
    if !matches!(node.text_of("type")?, None | Some("object")) {
        return Err(node.problem(
            "`allOf` puts something together that is no object",
            "let it refer to one schema, or to objects only",
        ));
    }
    for (name, property) in node.members_of("properties")? {
        let remarks = property.members()?;
        let only_remarks = remarks.iter().all(|(key, _)| REMARKS.contains(key));
        if only_remarks && object.properties.contains_key(name) {
            continue;
        }
        let schema = schema::read(root, &property)?;
        if let Some(compositions) = root.compositions() {
            compositions.count(&schema, &property)?;
        }
        object.properties.insert(name.to_owned(), boxed(schema));
    }
    object.required.extend(schema::required(&node)?);
    object.required.sort();
    object.required.dedup();
    Ok(())
}
