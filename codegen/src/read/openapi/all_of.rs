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
/// not a second one like it; everything else is an object with the properties of all members.
pub(super) fn read(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    references::check_end(root, node)?;
    let members = node.items_of("allOf")?;
    let mut named = Vec::new();
    for member in &members {
        named.extend(references::name(member, "schemas")?);
    }
    let others = || members.iter().filter(|it| it.get("$ref").is_none());
    let mut only_refined = node.get("properties").is_none();
    for other in others() {
        only_refined &= is_refinement(other)?;
    }
    let data = schema::data(node)?;
    match named.as_slice() {
        [name] if only_refined => {
            references::resolve(root, node_of(&members, name), "schemas")?;
            Ok(wrap_reference(name, data))
        }
        _ => merged(root, node, data),
    }
}

/// The member that refers to a schema of this name.
fn node_of<'n, 'a>(members: &'n [Node<'a>], name: &str) -> &'n Node<'a> {
    let refers =
        |it: &&Node| matches!(references::name(it, "schemas"), Ok(Some(found)) if found == name);
    members.iter().find(refers).unwrap_or(&members[0])
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

/// Gathers the properties of a schema and of all that it is made of. That there is an end has been
/// checked.
fn gather<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    object: &mut ObjectType,
    seen: &mut BTreeSet<&'a str>,
) -> Result<(), Problem> {
    if let Some(name) = references::name(node, "schemas")?
        && !seen.insert(name)
    {
        return Ok(());
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
        let schema = boxed(schema::read(root, &property)?);
        object.properties.insert(name.to_owned(), schema);
    }
    object.required.extend(schema::required(&node)?);
    object.required.sort();
    object.required.dedup();
    Ok(())
}
