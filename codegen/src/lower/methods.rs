//! Lowers operations: what is known of each, and a struct for what it takes and returns.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema, SchemaKind, Type};

use super::paging;
use super::schemas::Types;
use super::signature::{Arguments, path_parameters};
use crate::extensions::{AllowSlashes, CredentialKinds, DataWrapper, Extension, Idempotent, Media};
use crate::model::Method;
use crate::operations::{
    self, JSON, Located, is_success, response_schema, success_schema, successes,
};
use crate::schemas::{is_empty_message, is_map, resolve, sole_reference};

/// Lowers an operation.
pub(super) fn lower(document: &OpenAPI, each: &Located, types: &mut Types) -> Method {
    let request = request(document, each.operation);
    let name = each.method_name();
    let mut arguments = Arguments::new(&name, matches!(request, Request::Body(_)));
    arguments.add_path(each, types);
    arguments.add_query_and_headers(document, each, types);
    if let Request::Body(schema) = &request {
        arguments.add_body(schema, is_optional(document, &request), types);
    }
    arguments.limit();
    let response = success_schema(each.operation)
        .map(|schema| types.lower_held(schema, &format!("{name} response")));
    let paging = paging::fields(each.operation, response.as_ref(), types);
    let may_return_nothing =
        response.is_some() && successes(each.operation).any(|it| response_schema(it).is_none());
    let (resource, own) = each.place();
    let extensions = &each.operation.extensions;
    let headers = std::mem::take(&mut arguments.headers).into_iter();
    Method {
        name,
        request: String::new(),
        place: (resource.into_iter().map(str::to_owned).collect(), own),
        id: each.id().to_owned(),
        verb: each.verb.to_owned(),
        template: template(each),
        doc: each.operation.description.clone().unwrap_or_default(),
        deprecated: each.operation.deprecated,
        scopes: scopes(each.operation),
        idempotent: Idempotent::get(extensions).is_some_and(|known| known.0),
        empty_message: matches!(request, Request::EmptyMessage),
        may_return_nothing,
        failures: failures(each.operation, types),
        credentials: CredentialKinds::get(extensions).unwrap_or_default().0,
        // What may be absent is no page.
        paging: paging.filter(|_| !may_return_nothing),
        server: each.operation.servers.first().map(|it| it.url.clone()),
        headers: headers.chain(media_types(each.operation)).collect(),
        data_wrapper: DataWrapper::get(&document.extensions).is_some(),
        media: Media::get(extensions).unwrap_or_default().0,
        names: std::mem::take(&mut arguments.names),
        signature: arguments.define(response, types),
    }
}

/// The path, in which `{+name}` is a placeholder whose value may have slashes in it.
fn template(each: &Located) -> String {
    let mut template = each.path.to_owned();
    for parameter in path_parameters(each) {
        if AllowSlashes::get(&parameter.extensions).is_some() {
            let name = &parameter.name;
            template = template.replace(&format!("{{{name}}}"), &format!("{{+{name}}}"));
        }
    }
    template
}

/// What an operation sends.
enum Request<'a> {
    Nothing,
    /// `{}`: a message that has no fields.
    EmptyMessage,
    Body(&'a ReferenceOr<Schema>),
}

fn request<'a>(document: &'a OpenAPI, operation: &'a Operation) -> Request<'a> {
    let Some(schema) = operations::request_schema(operation) else {
        return Request::Nothing;
    };
    match resolve(document, schema) {
        Some(message) if is_empty_message(message) => Request::EmptyMessage,
        _ => Request::Body(schema),
    }
}

/// Whether a body may be left out of a call. A resource that is created or changed may not; the
/// message of a custom method may, as long as it has no required field. By Google's convention
/// (<https://google.aip.dev/136>) such a message is called after the method, with `Request` behind it.
/// So a message without fields can get its first one without breaking a call.
fn is_optional(document: &OpenAPI, request: &Request) -> bool {
    let Request::Body(schema) = request else {
        return false;
    };
    let is_message = sole_reference(schema).is_none_or(|name| name.ends_with("Request"));
    let required = match resolve(document, schema).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Object(object))) if !is_map(object) => {
            !object.required.is_empty()
        }
        _ => true,
    };
    is_message && !required
}

/// What an operation answers that is no success, by the types of the bodies.
fn failures(operation: &Operation, types: &Types) -> Vec<(String, Option<String>)> {
    let stated = operation.responses.responses.iter();
    let stated = stated.filter(|(status, _)| !is_success(status));
    let stated = stated.map(|(status, response)| (status.to_string(), response));
    let default = operation.responses.default.iter();
    let default = default.map(|response| ("any other".to_owned(), response));
    let mut failures: Vec<(String, Option<String>)> = Vec::new();
    for (status, response) in stated.chain(default) {
        let schema = response.as_item().and_then(response_schema);
        let kind = schema.and_then(|schema| types.name_of(schema));
        match failures.iter_mut().find(|(_, known)| *known == kind) {
            Some((statuses, _)) => statuses.push_str(&format!(", {status}")),
            None => failures.push((status, kind)),
        }
    }
    failures
}

fn scopes(operation: &Operation) -> Vec<String> {
    let requirements = operation.security.iter().flatten();
    let mut scopes: Vec<String> = requirements
        .flat_map(|requirement| requirement.values().flatten().cloned())
        .collect();
    scopes.sort();
    scopes
}

/// The headers that say what is sent and what is taken, where the document has another media type for
/// JSON than the usual one.
fn media_types(operation: &Operation) -> Vec<(String, String)> {
    let sent = operation
        .request_body
        .iter()
        .filter_map(ReferenceOr::as_item);
    let sent = sent.flat_map(|body| body.content.keys());
    let sent = sent.map(|kind| ("content-type", kind));
    let taken = successes(operation).flat_map(|response| response.content.keys());
    let taken: BTreeSet<_> = taken.map(|kind| ("accept", kind)).collect();
    let headers = taken.into_iter().chain(sent);
    headers
        .filter(|(_, kind)| *kind != JSON)
        .map(|(name, kind)| (name.to_owned(), kind.clone()))
        .collect()
}
