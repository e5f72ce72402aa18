//! Notes of each schema whether it is one of operations whose work may outlast the call, by its shape:
//! what they are called differs from API to API.
//!
//! Source: <https://google.aip.dev/151>.

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use crate::extensions::{Extension, LongRunning};

const PROPERTIES: [&str; 5] = ["done", "error", "metadata", "name", "response"];

pub(super) fn run(document: &mut OpenAPI) {
    let Some(components) = &mut document.components else {
        return;
    };
    for schema in components.schemas.values_mut() {
        if let ReferenceOr::Item(schema) = schema
            && is_long_running(schema)
        {
            LongRunning(true).set(&mut schema.schema_data.extensions);
        }
    }
}

fn is_long_running(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return false;
    };
    // One property more is still such an operation.
    let mut shape = PROPERTIES.iter();
    shape.all(|name| object.properties.contains_key(*name)) && says_whether_it_is_done(object)
}

fn says_whether_it_is_done(object: &ObjectType) -> bool {
    let done = object.properties.get("done").and_then(ReferenceOr::as_item);
    done.is_some_and(|done| matches!(done.schema_kind, SchemaKind::Type(Type::Boolean(_))))
}
