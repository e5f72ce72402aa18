//! Google Discovery documents, version 1 of the format.
//!
//! The format: <https://developers.google.com/discovery/v1/reference/apis>.

mod method;
mod parameter;
mod path;
mod schema;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    AuthorizationCodeOAuth2Flow, Components, Info, OAuth2Flows, OpenAPI, Operation, Parameter,
    PathItem, ReferenceOr, SecurityScheme, Server,
};

use super::node::Node;
use super::server;
use crate::extensions::{DataWrapper, Extension, Preset, Revision, StandardParameter};
use crate::manifest::Entry;
use crate::names::is_of_component;
use crate::operations::{operation_slot, parameter_reference};
use crate::schemas::destinations;
use crate::{Problem, nesting};
use method::Method;

/// What the security scheme of Google's APIs is called in the neutral document.
pub(crate) const OAUTH2: &str = "oauth2";

/// Reads a whole document.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<OpenAPI, Problem> {
    let mut document = OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: info(root)?,
        servers: servers(root, stated)?,
        ..OpenAPI::default()
    };
    if root.texts_of("features")?.contains(&"dataWrapper") {
        DataWrapper(true).set(&mut document.extensions);
    }
    let parameters = standard_parameters(root)?;
    document.paths.paths = paths(root, &parameters)?;
    document.components = Some(Components {
        schemas: schemas(root)?,
        parameters,
        security_schemes: security_schemes(root)?,
        ..Components::default()
    });
    Ok(document)
}

fn info(root: &Node) -> Result<Info, Problem> {
    let mut info = Info {
        title: root
            .text_of("title")?
            .or(root.text_of("name")?)
            .unwrap_or("API")
            .to_owned(),
        description: root.text_of("description")?.map(str::to_owned),
        version: root.require("version")?.text()?.to_owned(),
        ..Info::default()
    };
    if let Some(revision) = root.text_of("revision")? {
        Revision(revision.to_owned()).set(&mut info.extensions);
    }
    Ok(info)
}

/// The base of every URL is `rootUrl` and `servicePath`; 31 public documents have a `servicePath`.
fn servers(root: &Node, stated: Option<&Entry<String>>) -> Result<Vec<Server>, Problem> {
    let stated = stated.map(server::stated).transpose()?;
    let said = match said(root) {
        Err(_) if stated.is_some() => None,
        said => Some(said?),
    };
    Ok(server::choose(root, said, stated).into_iter().collect())
}

fn said(root: &Node) -> Result<server::Place, Problem> {
    let root_url = root.require("rootUrl")?;
    let url = root_url.text()?;
    server::place(url).map_err(|(what, help)| root_url.problem(what, help))?;
    let Some(service_path) = root.get("servicePath") else {
        return server::place(url).map_err(|(what, help)| root_url.problem(what, help));
    };
    let path = service_path.text()?.trim_start_matches('/');
    server::place(&format!("{}/{path}", url.trim_end_matches('/')))
        .map_err(|(what, help)| service_path.problem(what, help))
}

/// The parameters that every method takes, as parameters of the document.
fn standard_parameters(root: &Node) -> Result<IndexMap<String, ReferenceOr<Parameter>>, Problem> {
    let mut parameters = IndexMap::new();
    for (name, node) in root.members_of("parameters")? {
        let mut parameter = parameter::in_query(name, &node)?;
        if let Parameter::Query { parameter_data, .. } = &mut parameter {
            StandardParameter(true).set(&mut parameter_data.extensions);
            state_unwritten_rules(parameter_data);
        }
        parameters.insert(component(name, &parameters), ReferenceOr::Item(parameter));
    }
    Ok(parameters)
}

/// The name of a parameter as OpenAPI allows it for a component: `$.xgafv` has a character too many.
fn component(name: &str, taken: &IndexMap<String, ReferenceOr<Parameter>>) -> String {
    let mut name: String = name.chars().filter(|c| is_of_component(*c)).collect();
    while name.is_empty() || taken.contains_key(&name) {
        name.push('_');
    }
    name
}

/// What Google says of standard parameters in words only: three are credentials, and `quotaUser`
/// holds at most 40 characters. And what follows for a client that reads JSON: where an API answers
/// in another form by default, it is asked for JSON.
///
/// Source: <https://cloud.google.com/apis/docs/system-parameters>.
fn state_unwritten_rules(parameter: &mut openapiv3::ParameterData) {
    let name = parameter.name.clone();
    if name == "alt" && schema::answers_in_json_only_if_asked(parameter) {
        Preset("json".to_owned()).set(&mut parameter.extensions);
    }
    let Some(string) = schema::string_of_parameter(parameter) else {
        return;
    };
    match name.as_str() {
        "access_token" | "key" | "oauth_token" => {
            string.format =
                openapiv3::VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Password);
        }
        "quotaUser" => string.max_length = Some(40),
        _ => {}
    }
}

/// Every path, in the order of the alphabet, with the methods that are called by it.
fn paths(
    root: &Node,
    standard: &IndexMap<String, ReferenceOr<Parameter>>,
) -> Result<IndexMap<String, ReferenceOr<PathItem>>, Problem> {
    let mut paths: BTreeMap<String, PathItem> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let mut nodes = Vec::new();
    methods(root, &mut nodes)?;
    for node in nodes {
        let Method {
            path,
            verb,
            operation,
        } = method::read(root, &node)?;
        if !ids.insert(operation.operation_id.clone()) {
            return Err(node.require("id")?.problem(
                "another method has this id",
                "give each method an id of its own",
            ));
        }
        let item = paths.entry(path).or_insert_with(|| PathItem {
            parameters: standard
                .keys()
                .map(|name| parameter_reference(name))
                .collect(),
            ..PathItem::default()
        });
        put(item, &verb, operation, &node)?;
    }
    Ok(paths
        .into_iter()
        .map(|(path, item)| (path, ReferenceOr::Item(item)))
        .collect())
}

/// Puts a method into its path, where its verb must still be free.
fn put(item: &mut PathItem, verb: &str, operation: Operation, node: &Node) -> Result<(), Problem> {
    let verb_node = node.require("httpMethod")?;
    let Some(slot) = operation_slot(item, verb) else {
        return Err(verb_node.problem(
            format!("`{}` is not a verb of HTTP", verb.to_ascii_uppercase()),
            "use DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT or TRACE",
        ));
    };
    if slot.is_some() {
        return Err(verb_node.problem(
            "another method has the same verb and path",
            "remove one of the two, or correct its `flatPath`",
        ));
    }
    *slot = Some(operation);
    Ok(())
}

/// Every method of a resource and of the resources below it.
fn methods<'a>(resource: &Node<'a>, found: &mut Vec<Node<'a>>) -> Result<(), Problem> {
    let own = resource.members_of("methods")?;
    found.extend(own.into_iter().map(|(_, method)| method));
    for (_, below) in resource.members_of("resources")? {
        methods(&below, found)?;
    }
    Ok(())
}

fn schemas(root: &Node) -> Result<IndexMap<String, ReferenceOr<openapiv3::Schema>>, Problem> {
    let nodes = root.members_of("schemas")?;
    let mut schemas = IndexMap::new();
    for (name, node) in &nodes {
        schemas.insert((*name).to_owned(), schema::read(root, node)?);
    }
    if let Err(name) = destinations(&schemas) {
        let found = nodes.iter().find(|(known, _)| *known == name);
        return Err(found.map_or(root, |(_, node)| node).problem(
            "the schema refers to nothing but schemas that refer back to it",
            "give one of them a type",
        ));
    }
    if let Some(name) = nesting::too_deep(&schemas).first() {
        let found = nodes.iter().find(|(known, _)| known == name);
        let node = found.map_or(root, |(_, node)| node);
        return Err(node.problem(nesting::WHAT, nesting::HELP));
    }
    Ok(schemas)
}

/// Google's OAuth 2.0, with the scopes that the document describes.
fn security_schemes(root: &Node) -> Result<IndexMap<String, ReferenceOr<SecurityScheme>>, Problem> {
    let mut scopes = BTreeMap::new();
    if let Some(oauth2) = root.get("auth").and_then(|auth| auth.get("oauth2")) {
        for (scope, node) in oauth2.members_of("scopes")? {
            let description = node.text_of("description")?.unwrap_or_default();
            scopes.insert(scope.to_owned(), description.to_owned());
        }
    }
    let flow = AuthorizationCodeOAuth2Flow {
        authorization_url: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
        token_url: "https://oauth2.googleapis.com/token".to_owned(),
        refresh_url: None,
        scopes: scopes.into_iter().collect(),
        extensions: IndexMap::new(),
    };
    let scheme = SecurityScheme::OAuth2 {
        flows: OAuth2Flows {
            authorization_code: Some(flow),
            ..OAuth2Flows::default()
        },
        description: None,
        extensions: IndexMap::new(),
    };
    Ok(IndexMap::from([(
        OAUTH2.to_owned(),
        ReferenceOr::Item(scheme),
    )]))
}
