//! Lowers the parts of a request body: an argument or a setter for each property of its schema.

use openapiv3::{
    ArrayType, Encoding as StatedEncoding, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind,
    StringType, Type, VariantOrUnknownOrEmpty,
};

use super::formats::UPLOAD;
use super::request_bodies::Request;
use super::schemas::Types;
use super::signature::Arguments;
use crate::media_types::{essence, is_binary_string, is_json};
use crate::model::{Argument, Place, Role};
use crate::names::parameter;
use crate::schemas::{boxed, resolve, string};

/// Adds an argument for each part that has to be there, and a setter for each other one.
pub(super) fn add(
    request: &Request,
    object: &ObjectType,
    arguments: &mut Arguments,
    types: &mut Types,
) {
    let mut properties: Vec<_> = object.properties.iter().collect();
    let is_required = |name: &String, schema: &ReferenceOr<Schema>| {
        let read_only = schema.as_item().is_some_and(|it| it.schema_data.read_only);
        request.required && object.required.contains(name) && !read_only
    };
    properties.sort_by_key(|(name, _)| *name);
    for (name, schema) in properties {
        let schema = schema.clone().unbox();
        let stated = request.stated_encoding(name);
        let (place, lowered) = match File::of(request.document, &schema, stated) {
            Some(File::One) => (Place::File(name.clone()), stand_in(UPLOAD)),
            Some(File::Several) => (Place::File(name.clone()), list_of(stand_in(UPLOAD))),
            None => {
                let wanted = format!("{} {name}", arguments.of());
                (Place::Part(name.clone()), types.lower(&schema, &wanted))
            }
        };
        let data = resolve(request.document, &schema).map(|it| &it.schema_data);
        let own = schema.as_item().map(|it| &it.schema_data);
        let doc = own.or(data).and_then(|data| data.description.clone());
        arguments.add_part(
            Argument {
                name: parameter(name),
                doc: doc.unwrap_or_default(),
                deprecated: data.is_some_and(|data| data.deprecated),
                max_length: None,
                role: match is_required(name, &schema) {
                    true => Role::Argument,
                    false => Role::Setter,
                },
                place,
            },
            lowered,
        );
    }
}

/// A part that is sent as it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum File {
    One,
    Several,
}

impl File {
    /// Whether a property is a file, or a list of them: by its format, or by a content type that is none of
    /// text or JSON.
    pub fn of(
        document: &OpenAPI,
        schema: &ReferenceOr<Schema>,
        stated: Option<&StatedEncoding>,
    ) -> Option<Self> {
        let schema = resolve(document, schema)?;
        let kind = stated.and_then(|stated| stated.content_type.as_deref());
        let is_own_form = kind.is_some_and(|kind| {
            let kind = essence(kind);
            !is_json(&kind) && !kind.starts_with("text/")
        });
        match Self::by_format(document, schema) {
            None if is_own_form => Some(match is_list(schema) {
                true => Self::Several,
                false => Self::One,
            }),
            by_format => by_format,
        }
    }

    /// Whether values of a schema are files by their format. Of a union, one member is enough: an upload can be
    /// anything else that is sent.
    fn by_format(document: &OpenAPI, schema: &Schema) -> Option<Self> {
        let of =
            |schema: &ReferenceOr<Schema>| Self::by_format(document, resolve(document, schema)?);
        match &schema.schema_kind {
            _ if is_binary_string(schema) => Some(Self::One),
            SchemaKind::Type(Type::Array(ArrayType { items, .. })) => {
                let items = items.clone()?.unbox();
                let is_file = resolve(document, &items).is_some_and(is_binary_string);
                is_file.then_some(Self::Several)
            }
            SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
                let members = members.iter().filter(|it| !is_union(document, it));
                members.filter_map(of).max()
            }
            _ => None,
        }
    }
}

/// Whether a schema is a union, which may lead back to itself.
fn is_union(document: &OpenAPI, schema: &ReferenceOr<Schema>) -> bool {
    resolve(document, schema).is_some_and(|schema| {
        matches!(
            schema.schema_kind,
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. }
        )
    })
}

fn is_list(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::Array(_)))
}

/// The schema of a type that is no value of a document.
pub(super) fn stand_in(format: &str) -> ReferenceOr<Schema> {
    ReferenceOr::Item(string(StringType {
        format: VariantOrUnknownOrEmpty::Unknown(format.to_owned()),
        ..StringType::default()
    }))
}

fn list_of(items: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: Default::default(),
        schema_kind: SchemaKind::Type(Type::Array(ArrayType {
            items: Some(boxed(items)),
            min_items: None,
            max_items: None,
            unique_items: false,
        })),
    })
}
