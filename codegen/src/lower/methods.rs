//! Lowers operations: what is known of each, and a struct for what it takes and returns.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema};

use super::places::path_parameters;
use super::request_bodies::Request;
use super::schemas::{Types, any};
use super::signature::Arguments;
use super::{paging, request_bodies};
use crate::extensions::{
    AllowSlashes, CredentialKinds, DataWrapper, Extension, Idempotent, Media, OtherMediaTypes,
};
use crate::media_types::JSON;
use crate::model::{Method, SuccessBody};
use crate::names::unique;
use crate::operations::{self, Located};
use crate::path_template::{self, PathTemplate};
use crate::schemas::sole_reference;
use crate::successes::{Success, is_success, response_schema, success, successes};

/// Lowers an operation: one method, and another one that sends files in parts, where the first sends JSON.
/// `taken` are the names of all methods.
pub(super) fn lower(
    document: &OpenAPI,
    each: &Located,
    taken: &mut BTreeSet<String>,
    types: &mut Types,
) -> Vec<Method> {
    let requests = request_bodies::of(document, each.operation);
    let mut methods = Vec::new();
    for (position, request) in requests.iter().enumerate() {
        let (name, (resource, mut own)) = (each.method_name(), each.place());
        let name = match position {
            0 => name,
            _ => {
                own.push_str("_multipart");
                unique(format!("{name}_multipart"), taken)
            }
        };
        let place = (resource.into_iter().map(str::to_owned).collect(), own);
        let mut method = method(document, each, request, (name, place), types);
        let sent = |kind: &&str| requests.iter().any(|it| it.name == Some(*kind));
        let others = operations::request_bodies(each.operation).map(|(kind, _)| kind);
        let unsent = others.filter(|kind| !sent(kind)).map(str::to_owned);
        method.other_media_types.extend(unsent);
        methods.push(method);
    }
    methods
}

/// The resource of a method, and what it is called there.
type Names = (String, (Vec<String>, String));

fn method(
    document: &OpenAPI,
    each: &Located,
    request: &Request,
    (name, place): Names,
    types: &mut Types,
) -> Method {
    let media = Media::get(&each.operation.extensions).unwrap_or_default();
    let mut arguments = arguments(document, each, request, (&name, &media), types);
    let (success, response) = response(each, &name, types);
    let paging = paging::fields(document, each.operation, response.as_ref(), types);
    let may_return_nothing = response.is_some()
        && successes(each.operation).any(|it| it.content.values().all(|it| it.schema.is_none()));
    let extensions = &each.operation.extensions;
    let headers = std::mem::take(&mut arguments.headers).into_iter();
    Method {
        name,
        request: String::new(),
        place,
        id: each.id().to_owned(),
        verb: each.verb.to_owned(),
        template: template(each),
        doc: each.operation.description.clone().unwrap_or_default(),
        deprecated: each.operation.deprecated,
        scopes: scopes(each.operation),
        idempotent: Idempotent::get(extensions).is_some_and(|known| known.0),
        empty_message: request.is_empty_message(),
        empty_parts: request.has_to_have_parts() && !arguments.has_required_parts(),
        encodings: request.encodings(),
        other_media_types: OtherMediaTypes::get(extensions).unwrap_or_default().0,
        success,
        may_return_nothing,
        failures: failures(each.operation, types),
        credentials: CredentialKinds::get(extensions).unwrap_or_default().0,
        // What may be absent is no page.
        paging: paging.filter(|_| !may_return_nothing),
        query: fixed_query(each.path),
        server: each.operation.servers.first().map(|it| it.url.clone()),
        headers: headers
            .chain(accept(each.operation))
            .chain(request.content_type())
            .collect(),
        data_wrapper: DataWrapper::get(&document.extensions).is_some(),
        media: media.0,
        names: std::mem::take(&mut arguments.names),
        signature: arguments.define(response, types),
    }
}

/// What a method takes, where its request may have methods for media.
fn arguments(
    document: &OpenAPI,
    each: &Located,
    request: &Request,
    (name, media): (&str, &Media),
    types: &mut Types,
) -> Arguments {
    let mut arguments = Arguments::new(name, request.is_argument());
    if !media.0.is_empty() {
        arguments.reserve(&["download", "download_range", "upload", "upload_resumable"]);
    }
    arguments.add_path(document, each, types);
    arguments.add_query_and_headers(document, each, types);
    request_bodies::add(request, &mut arguments, types);
    arguments.limit();
    arguments
}

/// The query that every call has, as it stands behind the path.
fn fixed_query(path: &str) -> Vec<(String, String)> {
    let (_, query) = operations::path_and_query(path);
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.into_owned().collect()
}

/// The path, in which `{+name}` is a placeholder whose value may have slashes in it.
fn template(each: &Located) -> String {
    let (path, _) = operations::path_and_query(each.path);
    let with_slashes = path_parameters(each)
        .filter(|(parameter, _)| AllowSlashes::get(&parameter.extensions).is_some())
        .map(|(parameter, _)| parameter.name.as_str());
    let with_slashes: BTreeSet<&str> = with_slashes.collect();
    PathTemplate::parse(path).fill(|placeholder| match with_slashes.contains(placeholder.0) {
        true => path_template::with_slashes(placeholder.0),
        false => placeholder.to_string(),
    })
}

/// What an operation returns with success, and its type where that is one in JSON.
fn response(
    each: &Located,
    name: &str,
    types: &mut Types,
) -> (SuccessBody, Option<ReferenceOr<Schema>>) {
    let wanted = format!("{name} response");
    match success(each.operation) {
        // The response to a HEAD has no body, also where one is documented.
        _ if each.verb == "head" => (SuccessBody::Nothing, None),
        Success::Nothing => (SuccessBody::Nothing, None),
        Success::Text => (SuccessBody::Text, None),
        Success::Bytes => (SuccessBody::Bytes, None),
        Success::Json(schema) => {
            let schema = schema.map_or_else(any, |schema| types.lower_held(schema, &wanted));
            (SuccessBody::Json, Some(schema))
        }
        Success::JsonByStatus(schemas) => {
            let typed = schemas.into_iter().map(|(status, schema)| {
                let lowered = types.lower(schema, &format!("{wanted} {status}"));
                (status, sole_reference(&lowered).map(str::to_owned))
            });
            (SuccessBody::JsonByStatus(typed.collect()), Some(any()))
        }
    }
}

/// What an operation answers that is no success, by the types of the bodies.
fn failures(operation: &Operation, types: &Types) -> Vec<(String, Option<String>)> {
    let stated = operation.responses.responses.iter();
    let stated = stated.filter(|(status, _)| !is_success(status));
    let stated = stated.map(|(status, response)| (status.to_string(), response));
    let default = operation.responses.default.iter();
    let rest = match operation.responses.responses.keys().all(is_success) {
        true => "any error",
        false => "any other",
    };
    let default = default.map(|response| (rest.to_owned(), response));
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
    scopes.dedup();
    scopes
}

/// The header that says what is taken, where that is not JSON by its usual name.
fn accept(operation: &Operation) -> Option<(String, String)> {
    let taken = successes(operation).flat_map(|response| response.content.keys());
    let taken: BTreeSet<_> = taken.map(String::as_str).collect();
    let taken = taken.into_iter().collect::<Vec<_>>().join(", ");
    let is_stated = !taken.is_empty() && taken != JSON;
    is_stated.then(|| ("accept".to_owned(), taken))
}
