//! Which schemas the operations of a document reach.

use std::collections::BTreeSet;

use openapiv3::{MediaType, OpenAPI, Operation, ParameterSchemaOrContent, ReferenceOr, Schema};

use crate::operations::{operations, resolve_parameter};
use crate::schemas::each_reference;

/// The names of all schemas that an operation or one of `roots` reaches, directly or through others.
pub(crate) fn reachable(document: &OpenAPI, roots: Vec<String>) -> BTreeSet<String> {
    let mut waiting = roots;
    for each in operations(document) {
        waiting.extend(direct_references(document, each.operation));
    }
    reachable_from(document, waiting)
}

/// The names of the schemas that an operation itself refers to.
pub(crate) fn direct_references(document: &OpenAPI, operation: &Operation) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for schema in direct(document, operation) {
        each_reference(schema, &mut |name| {
            names.insert(name.to_owned());
        });
    }
    names
}

/// The names of all schemas that those called `waiting` reach, directly or through others, and their own.
pub(crate) fn reachable_from(document: &OpenAPI, mut waiting: Vec<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let schemas = document.components.as_ref().map(|all| &all.schemas);
        if let Some(schema) = schemas.and_then(|schemas| schemas.get(&name))
            && reached.insert(name)
        {
            each_reference(schema, &mut |name| waiting.push(name.to_owned()));
        }
    }
    reached
}

/// The schemas that an operation itself has: of its parameters, its request and its responses.
fn direct<'a>(document: &'a OpenAPI, operation: &'a Operation) -> Vec<&'a ReferenceOr<Schema>> {
    let parameters = operation
        .parameters
        .iter()
        .filter_map(|parameter| resolve_parameter(document, parameter))
        .filter_map(|parameter| match &parameter.parameter_data_ref().format {
            ParameterSchemaOrContent::Schema(schema) => Some(schema),
            ParameterSchemaOrContent::Content(content) => content.values().next()?.schema.as_ref(),
        });
    let request = operation
        .request_body
        .iter()
        .filter_map(ReferenceOr::as_item);
    let responses = operation
        .responses
        .responses
        .values()
        .chain(&operation.responses.default)
        .filter_map(ReferenceOr::as_item);
    let media = request
        .flat_map(|request| request.content.values())
        .chain(responses.flat_map(|response| response.content.values()));
    parameters
        .chain(media.filter_map(|media: &MediaType| media.schema.as_ref()))
        .collect()
}
