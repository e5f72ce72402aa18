//! A page token is text, whatever else its format says: it goes back to the server as it came.

use openapiv3::{
    OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};

use super::derive_paging::{NEXT, TOKEN};
use crate::operations::operations_mut;

pub(super) fn run(document: &mut OpenAPI) {
    for (_, operation) in operations_mut(document) {
        for parameter in &mut operation.parameters {
            if let ReferenceOr::Item(Parameter::Query { parameter_data, .. }) = parameter
                && parameter_data.name == TOKEN
                && let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) =
                    &mut parameter_data.format
            {
                keep(schema);
            }
        }
    }
    let schemas = document.components.iter_mut();
    for schema in schemas.flat_map(|components| components.schemas.values_mut()) {
        if let ReferenceOr::Item(schema) = schema
            && let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind
        {
            for name in [TOKEN, NEXT] {
                if let Some(ReferenceOr::Item(schema)) = object.properties.get_mut(name) {
                    keep(schema);
                }
            }
        }
    }
}

fn keep(schema: &mut Schema) {
    if let SchemaKind::Type(Type::String(string)) = &mut schema.schema_kind {
        string.format = VariantOrUnknownOrEmpty::Empty;
    }
}
