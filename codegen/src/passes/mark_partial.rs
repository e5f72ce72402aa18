//! Notes of each schema whether only a part of it may be sent: what is reached from the body of a PATCH,
//! a merge patch, or of an operation that takes a field mask. There an empty list clears what is stored, and an absent
//! one leaves it.

use std::collections::BTreeSet;

use openapiv3::{
    OpenAPI, Operation, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};

use crate::extensions::{Extension, Partial};
use crate::media_types::essence;
use crate::operations::{
    operations, operations_mut, query_parameters, request_bodies, request_schema,
    request_schema_mut,
};
use crate::reach::reachable_from;
use crate::schemas::{each_reference, object};

pub(super) fn run(document: &mut OpenAPI) {
    let (mut ids, mut roots) = (BTreeSet::new(), Vec::new());
    for each in operations(document) {
        if let Some(body) = request_schema(each.operation)
            && (each.verb == "patch"
                || is_merge_patch(each.operation)
                || takes_a_mask(document, each.operation, body))
        {
            ids.insert(each.id().to_owned());
            each_reference(body, &mut |name| roots.push(name.to_owned()));
        }
    }
    let reached = reachable_from(document, roots);
    let components = document.components.iter_mut();
    for (name, schema) in components.flat_map(|all| &mut all.schemas) {
        if reached.contains(name) {
            mark(schema);
        }
    }
    for (_, operation) in operations_mut(document) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        if ids.contains(id)
            && let Some(body) = request_schema_mut(operation)
        {
            mark(body);
        }
    }
}

fn mark(schema: &mut ReferenceOr<Schema>) {
    if let ReferenceOr::Item(schema) = schema {
        Partial(true).set(&mut schema.schema_data.extensions);
    }
}

/// Whether the body of an operation is a patch: <https://www.rfc-editor.org/rfc/rfc7396.html>.
fn is_merge_patch(operation: &Operation) -> bool {
    let mut bodies = request_bodies(operation);
    bodies.any(|(kind, _)| essence(kind) == "application/merge-patch+json")
}

/// Whether an operation is told which parts of its body count.
fn takes_a_mask(document: &OpenAPI, operation: &Operation, body: &ReferenceOr<Schema>) -> bool {
    let in_query = query_parameters(document, operation).any(|parameter| {
        matches!(&parameter.format, ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema))
            if is_mask(schema))
    });
    let properties = object(document, body).into_iter();
    let mut properties = properties.flat_map(|object| object.properties.values());
    in_query || properties.any(|property| property.as_item().is_some_and(|it| is_mask(it)))
}

fn is_mask(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
        return false;
    };
    matches!(&string.format, VariantOrUnknownOrEmpty::Unknown(name) if name == "google-fieldmask")
}
