//! Notes of each schema whether only a part of it may be sent: what is reached from the body of a PATCH,
//! or of an operation that takes a field mask. There an empty list clears what is stored, and an absent
//! one leaves it.

use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema, SchemaKind, StringFormat, Type};
use openapiv3::{ParameterSchemaOrContent, VariantOrUnknownOrEmpty};

use crate::extensions::{Extension, Partial};
use crate::operations::{operations, query_parameters, request_schema, request_schema_mut};
use crate::reach::reachable_from;
use crate::schemas::resolve;

pub(super) fn run(document: &mut OpenAPI) {
    let mut bodies = Vec::new();
    for each in operations(document) {
        if let Some(body) = request_schema(each.operation)
            && (each.verb == "patch" || takes_a_mask(document, each.operation, body))
        {
            bodies.push((each.id().to_owned(), body.clone()));
        }
    }
    for (id, body) in bodies {
        let reached = reachable_from(document, &body);
        let schemas = document
            .components
            .iter_mut()
            .flat_map(|all| &mut all.schemas);
        for (_, schema) in schemas.filter(|(name, _)| reached.contains(*name)) {
            mark(schema);
        }
        if let Some(body) = request_schema_mut(document, &id) {
            mark(body);
        }
    }
}

fn mark(schema: &mut ReferenceOr<Schema>) {
    if let ReferenceOr::Item(schema) = schema {
        Partial(true).set(&mut schema.schema_data.extensions);
    }
}

/// Whether an operation is told which parts of its body count.
fn takes_a_mask(document: &OpenAPI, operation: &Operation, body: &ReferenceOr<Schema>) -> bool {
    let in_query = query_parameters(document, operation).any(|parameter| {
        matches!(&parameter.format, ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema))
            if is_mask(schema))
    });
    let object = match resolve(document, body).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Object(object))) => object,
        _ => return in_query,
    };
    let mut properties = object.properties.values().filter_map(ReferenceOr::as_item);
    in_query || properties.any(|property| is_mask(property))
}

fn is_mask(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
        return false;
    };
    let format: &VariantOrUnknownOrEmpty<StringFormat> = &string.format;
    matches!(format, VariantOrUnknownOrEmpty::Unknown(name) if name == "google-fieldmask")
}
