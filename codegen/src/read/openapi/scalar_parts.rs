//! `allOf` of what is no object: a type, and what refines it.

use openapiv3::{
    ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty,
};

use super::unions::{self, Kind};
use super::{enums, references, schema};
use crate::Problem;
use crate::read::node::Node;
use crate::schemas::wrap_reference;

/// Reads the members of an `allOf` that are all no objects, as one. An enum that has a name stays what it is.
pub(super) fn read(
    root: &Node,
    node: &Node,
    members: &[Node],
    mut data: SchemaData,
) -> Result<ReferenceOr<Schema>, Problem> {
    let (mut kind, mut schemas, mut named) = (None, Vec::new(), Vec::new());
    for member in members {
        let found = unions::kind_of(root, member, None)?;
        kind = Some(match kind {
            None => found,
            Some(known) => both(known, found).ok_or_else(|| {
                node.problem(
                    "`allOf` puts types together of which no value is both",
                    "let it refer to one of them",
                )
            })?,
        });
        let target = references::resolve(root, member, "schemas")?;
        if let (Some(name), Some(_)) = (references::name(member, "schemas")?, target.get("enum")) {
            named.push(name);
        }
        schemas.push(Schema {
            schema_data: schema::data(&target)?,
            schema_kind: schema::kind(root, &target)?,
        });
    }
    if let [only] = named.as_slice() {
        for member in members {
            enums::note_values(member, &mut data)?;
        }
        return Ok(wrap_reference(only, data));
    }
    let is_integer =
        |schema: &Schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Integer(_)));
    if kind == Some(Kind::Integer) {
        schemas.retain(is_integer);
    }
    let mut schemas = schemas.into_iter();
    let Some(mut first) = schemas.next() else {
        return Ok(unions::overlay(schema::any(), data));
    };
    schemas.for_each(|other| refine(&mut first.schema_kind, other.schema_kind));
    Ok(unions::overlay(ReferenceOr::Item(first), data))
}

/// The kind of the values that are of both kinds; nothing where there are none.
fn both(one: Kind, other: Kind) -> Option<Kind> {
    match (one, other) {
        (one, other) if one == other => Some(one),
        (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Some(Kind::Integer),
        _ => None,
    }
}

/// What a type is together with another one of its kind.
fn refine(kind: &mut SchemaKind, other: SchemaKind) {
    let (SchemaKind::Type(kind), SchemaKind::Type(other)) = (kind, other) else {
        return;
    };
    match (kind, other) {
        (Type::String(string), Type::String(other)) => {
            if string.enumeration.is_empty() {
                string.enumeration = other.enumeration;
            }
            if matches!(
                string.format,
                VariantOrUnknownOrEmpty::<StringFormat>::Empty
            ) {
                string.format = other.format;
            }
        }
        (Type::Integer(integer), Type::Integer(other)) => {
            if integer.enumeration.is_empty() {
                integer.enumeration = other.enumeration;
            }
            if integer.format.is_empty() {
                integer.format = other.format;
            }
        }
        (Type::Array(array), Type::Array(other)) if array.items.is_none() => {
            array.items = other.items
        }
        _ => {}
    }
}
