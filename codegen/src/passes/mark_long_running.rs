//! Notes of each schema whether it is one of operations whose work may outlast the call, by its shape:
//! what they are called differs from API to API.
//!
//! Source: <https://google.aip.dev/151>.

use std::collections::BTreeSet;

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use crate::extensions::{Extension, LongRunning};
use crate::schemas::{is_free_form, is_map, resolve};

const PROPERTIES: [&str; 5] = ["done", "error", "metadata", "name", "response"];

pub(super) fn run(document: &mut OpenAPI) {
    let found = long_running(document);
    let components = document.components.iter_mut();
    for (name, schema) in components.flat_map(|all| &mut all.schemas) {
        if let ReferenceOr::Item(schema) = schema
            && found.contains(name)
        {
            LongRunning(true).set(&mut schema.schema_data.extensions);
        }
    }
}

/// The names of those schemas.
fn long_running(document: &OpenAPI) -> BTreeSet<String> {
    let schemas = document.components.iter().flat_map(|all| &all.schemas);
    let found = schemas.filter(|(_, schema)| {
        let schema = schema.as_item();
        schema.is_some_and(|schema| is_long_running(document, schema))
    });
    found.map(|(name, _)| name.clone()).collect()
}

fn is_long_running(document: &OpenAPI, schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return false;
    };
    // One property more is still such an operation.
    let mut shape = PROPERTIES.iter();
    shape.all(|name| object.properties.contains_key(*name))
        && says_whether_it_is_done(object)
        && says_why_it_failed(document, object)
}

fn says_whether_it_is_done(object: &ObjectType) -> bool {
    let done = object.properties.get("done").and_then(ReferenceOr::as_item);
    done.is_some_and(|done| matches!(done.schema_kind, SchemaKind::Type(Type::Boolean(_))))
}

/// Whether `error` is a message, as `google.rpc.Status` is one.
fn says_why_it_failed(document: &OpenAPI, object: &ObjectType) -> bool {
    let error = object.properties.get("error");
    let error = error.map(|error| error.clone().unbox());
    let error = error.as_ref().and_then(|error| resolve(document, error));
    error.is_some_and(|error| is_free_form(error) || is_message(error))
}

fn is_message(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if !is_map(object))
}
