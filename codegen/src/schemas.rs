//! Small questions about schemas, and a walk through them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};

/// Members of a document whose own members are named by its author, and are none that OpenAPI knows.
pub(crate) const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "encoding",
    "headers",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
];

/// Where the schemas of a document stand.
const PREFIX: &str = "#/components/schemas/";

/// A reference to the schema called `name`.
pub(crate) fn reference_to<T>(name: &str) -> ReferenceOr<T> {
    ReferenceOr::Reference {
        reference: format!("{PREFIX}{name}"),
    }
}

/// The name of the schema that a reference leads to.
pub(crate) fn target(reference: &str) -> &str {
    reference.strip_prefix(PREFIX).unwrap_or(reference)
}

/// A reference that something more is said of. OpenAPI 3.0 gives a reference no room for more, so
/// it becomes the only member of an `allOf`.
pub(crate) fn wrap_reference(name: &str, data: SchemaData) -> ReferenceOr<Schema> {
    if data == SchemaData::default() {
        return reference_to(name);
    }
    ReferenceOr::Item(Schema {
        schema_data: data,
        schema_kind: SchemaKind::AllOf {
            all_of: vec![reference_to(name)],
        },
    })
}

/// A schema as a property or an item has it.
pub(crate) fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

/// The schema that a bare or wrapped reference leads to.
pub(crate) fn sole_reference(schema: &ReferenceOr<Schema>) -> Option<&str> {
    match schema {
        ReferenceOr::Reference { reference } => Some(target(reference)),
        ReferenceOr::Item(schema) => wrapped_reference(schema),
    }
}

/// The schema that a wrapped reference leads to.
pub(crate) fn wrapped_reference(schema: &Schema) -> Option<&str> {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => match all_of.as_slice() {
            [ReferenceOr::Reference { reference }] => Some(target(reference)),
            _ => None,
        },
        _ => None,
    }
}

/// The schema called `name`.
pub(crate) fn component<'a>(document: &'a OpenAPI, name: &str) -> Option<&'a Schema> {
    document.components.as_ref()?.schemas.get(name)?.as_item()
}

/// Where references lead in the end: for each schema the one that is no reference to another any more.
/// Where there is a reference cycle instead, the first schema that leads there.
pub(crate) fn destinations(
    schemas: &IndexMap<String, ReferenceOr<Schema>>,
) -> Result<BTreeMap<&str, &str>, &str> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for name in schemas.keys() {
        let (mut way, mut at) = (BTreeSet::new(), name.as_str());
        let end = loop {
            if let Some(end) = known.get(at) {
                break *end;
            }
            if !way.insert(at) {
                return Err(name);
            }
            match schemas.get(at).and_then(sole_reference) {
                Some(next) => at = next,
                None => break at,
            }
        };
        known.extend(way.into_iter().map(|passed| (passed, end)));
    }
    Ok(known)
}

/// How many references lead to a schema that is none, at most.
const FARTHEST: usize = 32;

/// The schema itself, or the one that it refers to in the end.
pub(crate) fn resolve<'a>(
    document: &'a OpenAPI,
    mut schema: &'a ReferenceOr<Schema>,
) -> Option<&'a Schema> {
    for _ in 0..FARTHEST {
        match sole_reference(schema) {
            Some(name) => schema = document.components.as_ref()?.schemas.get(name)?,
            None => return schema.as_item(),
        }
    }
    None
}

/// The object that a schema is, or that it refers to; nothing where it is something else.
pub(crate) fn object<'a>(
    document: &'a OpenAPI,
    schema: &'a ReferenceOr<Schema>,
) -> Option<&'a ObjectType> {
    match &resolve(document, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    }
}

/// The schema of a string.
pub(crate) fn string(string: StringType) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(string)),
    }
}

/// Calls `seen` with a schema and every schema inside it; references are not followed.
pub(crate) fn each_schema(schema: &ReferenceOr<Schema>, seen: &mut impl FnMut(&Schema)) {
    if let ReferenceOr::Item(schema) = schema {
        each_schema_within(schema, seen);
    }
}

fn each_schema_within(schema: &Schema, seen: &mut impl FnMut(&Schema)) {
    seen(schema);
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(ReferenceOr::Item(items)) = &array.items {
                each_schema_within(items, seen);
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            for property in object.properties.values().filter_map(ReferenceOr::as_item) {
                each_schema_within(property, seen);
            }
            if let Some(AdditionalProperties::Schema(values)) = &object.additional_properties {
                each_schema(values, seen);
            }
        }
        SchemaKind::AllOf { all_of: members }
        | SchemaKind::AnyOf { any_of: members }
        | SchemaKind::OneOf { one_of: members } => {
            members.iter().for_each(|member| each_schema(member, seen));
        }
        _ => {}
    }
}

/// Calls `found` with the name of every schema that this one refers to directly.
pub(crate) fn each_reference(schema: &ReferenceOr<Schema>, found: &mut impl FnMut(&str)) {
    match schema {
        ReferenceOr::Reference { reference } => found(target(reference)),
        ReferenceOr::Item(schema) => each_reference_within(schema, found),
    }
}

fn each_reference_within(schema: &Schema, found: &mut impl FnMut(&str)) {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(items) = &array.items {
                each_boxed_reference(items, found);
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            for property in object.properties.values() {
                each_boxed_reference(property, found);
            }
            if let Some(AdditionalProperties::Schema(values)) = &object.additional_properties {
                each_reference(values, found);
            }
        }
        SchemaKind::AllOf { all_of: members }
        | SchemaKind::AnyOf { any_of: members }
        | SchemaKind::OneOf { one_of: members } => {
            for member in members {
                each_reference(member, found);
            }
        }
        _ => {}
    }
}

fn each_boxed_reference(schema: &ReferenceOr<Box<Schema>>, found: &mut impl FnMut(&str)) {
    match schema {
        ReferenceOr::Reference { reference } => found(target(reference)),
        ReferenceOr::Item(schema) => each_reference_within(schema, found),
    }
}

/// Whether a schema holds any fields whatever, as `google.protobuf.Struct` and `Any` do.
pub(crate) fn is_free_form(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return false;
    };
    let free = match &object.additional_properties {
        Some(AdditionalProperties::Any(any)) => *any,
        Some(AdditionalProperties::Schema(values)) => {
            matches!(values.as_ref(), ReferenceOr::Item(schema) if is_any(schema))
        }
        None => false,
    };
    free && object.properties.is_empty()
}

/// Whether an object is a map: it has no properties of its own, and takes others.
pub(crate) fn is_map(object: &ObjectType) -> bool {
    object.properties.is_empty() && object.additional_properties.is_some()
}

/// Whether a schema cannot be written down in Rust without a name.
pub(crate) fn needs_name(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => !is_map(object),
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        _ => false,
    }
}

/// Whether a value may be empty, and so cleared.
pub(crate) fn is_list_or_map(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => true,
        SchemaKind::Type(Type::Object(object)) => is_map(object),
        _ => false,
    }
}

/// Whether a schema admits every value.
pub(crate) fn is_any(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if any == &openapiv3::AnySchema::default())
}

/// Whether a schema is a message without fields.
pub(crate) fn is_empty_message(schema: &Schema) -> bool {
    matches!(
        &schema.schema_kind,
        SchemaKind::Type(Type::Object(object))
            if object.properties.is_empty() && object.additional_properties.is_none()
    )
}
