//! What a response says of the list that it is a page of: values at its top, and in those of its objects that are
//! about the page.

use std::borrow::Borrow;

use heck::ToSnakeCase as _;
use openapiv3::{
    ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use crate::lower::has_type;
use crate::schemas::{component, object, target, wrapped_reference};

/// Objects of a response that say something of the page, in snake case.
const ABOUT_THE_PAGE: &[&str] = &[
    "links",
    "list_metadata",
    "meta",
    "metadata",
    "next",
    "page",
    "page_info",
    "page_metadata",
    "pages",
    "pagination",
    "paging",
    "response_metadata",
];

/// How many objects are in each other that say something of the page.
const DEEPEST: usize = 3;

/// A property.
pub(super) struct Fact<'a> {
    /// Its name, and those of the objects that it is in.
    pub path: String,
    /// Its name in snake case.
    pub name: String,
    pub kind: Kind,
    pub description: &'a str,
}

/// The type of a property.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text { is_uri: bool },
    Number,
    Flag,
}

impl Kind {
    pub const TEXT: Self = Self::Text { is_uri: false };
}

/// The properties of a response that can say something of the list.
pub(super) fn of<'a>(document: &'a OpenAPI, response: &'a ObjectType) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut waiting = vec![(String::new(), response, 0)];
    while let Some((within, object, depth)) = waiting.pop() {
        for (wire, property) in &object.properties {
            let (path, name) = (format!("{within}{wire}"), wire.to_snake_case());
            if facts.iter().any(|known: &Fact| known.path == path) {
                continue;
            }
            if let Some(kind) = kind(property) {
                let schema = property.as_item();
                let description = schema.and_then(|it| it.schema_data.description.as_deref());
                facts.push(Fact {
                    path,
                    name,
                    kind,
                    description: description.unwrap_or_default(),
                });
            } else if depth < DEEPEST && ABOUT_THE_PAGE.contains(&name.as_str()) {
                let objects = objects_of(document, property).into_iter();
                waiting.extend(objects.map(|object| (format!("{path}."), object, depth + 1)));
            }
        }
    }
    facts
}

/// The type of a value, if it can say something of a list.
pub(crate) fn kind<T: Borrow<Schema>>(schema: &ReferenceOr<T>) -> Option<Kind> {
    let schema: &Schema = schema.as_item()?.borrow();
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) if integer.enumeration.is_empty() => {
            Some(Kind::Number)
        }
        SchemaKind::Type(Type::Number(number)) if number.enumeration.is_empty() => {
            Some(Kind::Number)
        }
        SchemaKind::Type(Type::Boolean(_)) => Some(Kind::Flag),
        SchemaKind::Type(Type::String(string)) if string.enumeration.is_empty() => {
            match &string.format {
                VariantOrUnknownOrEmpty::Unknown(format)
                    if matches!(format.as_str(), "int64" | "uint64") =>
                {
                    Some(Kind::Number)
                }
                format if has_type(format) => None,
                VariantOrUnknownOrEmpty::Unknown(format) => Some(Kind::Text {
                    is_uri: matches!(format.as_str(), "uri" | "uri-reference" | "url"),
                }),
                VariantOrUnknownOrEmpty::<StringFormat>::Item(_)
                | VariantOrUnknownOrEmpty::Empty => Some(Kind::TEXT),
            }
        }
        _ => None,
    }
}

/// Whether a value is text, and nothing more special.
pub(super) fn is_text<T: Borrow<Schema>>(schema: &ReferenceOr<T>) -> bool {
    matches!(kind(schema), Some(Kind::Text { .. }))
}

/// The object that a schema is, or the objects that it may be by `anyOf`.
pub(super) fn objects_of<'a>(
    document: &'a OpenAPI,
    property: &'a ReferenceOr<Box<Schema>>,
) -> Vec<&'a ObjectType> {
    let schema = match property {
        ReferenceOr::Reference { reference } => component(document, target(reference)),
        ReferenceOr::Item(schema) => match wrapped_reference(schema) {
            Some(name) => component(document, name),
            None => Some(&**schema),
        },
    };
    match schema.map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Object(object))) => vec![object],
        Some(SchemaKind::AnyOf { any_of }) => {
            let members = any_of.iter();
            members.filter_map(|it| object(document, it)).collect()
        }
        _ => Vec::new(),
    }
}

/// The property of an object, or of one within it: `metadata.next`. A name may have dots in it.
pub(super) fn property_within<'a>(
    document: &'a OpenAPI,
    object: &'a ObjectType,
    path: &str,
) -> Option<&'a ReferenceOr<Box<Schema>>> {
    if let Some(property) = object.properties.get(path) {
        return Some(property);
    }
    path.match_indices('.').find_map(|(dot, _)| {
        let objects = objects_of(document, object.properties.get(&path[..dot])?).into_iter();
        let rest = &path[dot + 1..];
        objects
            .filter_map(|object| property_within(document, object, rest))
            .next()
    })
}
