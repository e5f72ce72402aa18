//! Lowering: rewrites what progenitor cannot take into what it can, in memory only.
//!
//! progenitor is given a document in which every name is already a unique name of Rust, every type
//! with a name is a schema of its own, and nothing is left that it would have to decide. What it is
//! not told (wire names, descriptions, defaults) is kept beside the document, under the names that
//! it will print.

mod credentials;
mod enums;
mod formats;
mod headers;
mod methods;
mod nullable;
mod paging;
mod parts;
mod places;
mod request_bodies;
mod resources;
mod schemas;
mod servers;
mod shapes;
mod signature;
mod standard;
mod type_names;
mod union_facts;
mod union_names;
mod unions;

use openapiv3::{Components, OpenAPI};

use crate::extensions::{Extension, LeftOutOperations, Revision, Scopes};
use crate::model::{Method, Model, SuccessBody};
use crate::names::{distinct, pascal, prelude};
use crate::operations::operations;
use crate::reach::reachable;

pub(crate) use formats::{FORMATS, RESOURCE_NAME, STAND_INS, has_type};

/// What the emitter prints from.
pub(crate) struct Lowered {
    /// What progenitor is given.
    pub document: OpenAPI,
    /// What is known of the types and methods that progenitor prints.
    pub model: Model,
}

/// Lowers a document that has been checked.
pub(crate) fn lower(document: &OpenAPI) -> Lowered {
    let mut types = schemas::Types::new(document);
    let mut model = about_the_api(document);
    model.standard = standard::lower(document, &mut types);
    let mut taken = operations(document).map(|it| it.method_name()).collect();
    for each in operations(document) {
        let methods = methods::lower(document, &each, &mut taken, &mut types);
        let names = methods.iter().flat_map(|method| &method.names);
        model.names.extend(names.cloned());
        model.methods.extend(methods);
    }
    model.response_headers = headers::of_responses(document, &mut types);
    model.names.sort();
    model.names.dedup();
    model
        .methods
        .sort_by(|one, other| one.name.cmp(&other.name));
    paging::agree(&mut model.methods);
    name_requests(&mut model.methods);
    model.resources = resources::of(&model.methods);
    let schemas = types.finish(&mut model);
    let shown = OpenAPI {
        openapi: "3.0.3".to_owned(),
        components: Some(Components {
            schemas,
            ..Components::default()
        }),
        ..OpenAPI::default()
    };
    Lowered {
        document: without_unreached_schemas(shown, &model),
        model,
    }
}

fn about_the_api(document: &OpenAPI) -> Model {
    let info = &document.info;
    let server = document.servers.first().map(|server| server.url.clone());
    let is_path = server.as_ref().is_none_or(|url| url.starts_with('/'));
    let (base_url, base_path) = match is_path {
        true => (None, server.unwrap_or_default()),
        false => (server, String::new()),
    };
    Model {
        title: info.title.clone(),
        description: info.description.clone().unwrap_or_default(),
        version: info.version.clone(),
        revision: Revision::get(&info.extensions).map(|revision| revision.0),
        left_out: LeftOutOperations::get(&document.extensions)
            .unwrap_or_default()
            .0,
        preset: standard::preset(document),
        credentials: credentials::of(document),
        servers: servers::of(document),
        base_url,
        base_path,
        scopes: Scopes::get(&document.extensions).unwrap_or_default().0,
        ..Model::default()
    }
}

/// Names the types of the requests. The trait of the standard parameters is among them.
fn name_requests(methods: &mut [Method]) {
    let names: Vec<String> = methods.iter().map(|method| method.name.clone()).collect();
    let mut taken = prelude();
    taken.insert("StandardParameters".to_owned());
    let requests = distinct(names.iter().map(String::as_str), pascal, &taken);
    for method in methods {
        if let Some(request) = requests.get(method.name.as_str()) {
            method.request.clone_from(request);
        }
    }
}

/// Messages without fields are sent by the runtime: no method reaches their types any more. What is
/// answered that is no success is no part of a signature, and stays.
fn without_unreached_schemas(mut document: OpenAPI, model: &Model) -> OpenAPI {
    let failures = model.methods.iter().flat_map(|method| &method.failures);
    let by_status = model
        .methods
        .iter()
        .flat_map(|method| match &method.success {
            SuccessBody::JsonByStatus(types) => types.as_slice(),
            _ => &[],
        });
    let failures = failures.chain(by_status);
    let failures = failures.filter_map(|(_, kind)| kind.as_ref());
    let signatures = model.methods.iter().map(|method| &method.signature);
    let signatures = signatures.chain([&model.standard]).map(|it| &it.name);
    let roots = failures.chain(signatures).cloned().collect();
    let reached = reachable(&document, roots);
    if let Some(components) = &mut document.components {
        components.schemas.retain(|name, _| reached.contains(name));
    }
    document
}
