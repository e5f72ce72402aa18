//! What is public of a client besides methods and types.

use std::collections::BTreeMap;

use crate::diff::surface::HeaderSurface;
use crate::model::{Model, Scheme, SchemeKind};

pub(super) fn names(model: &Model) -> BTreeMap<String, (String, Vec<String>)> {
    let names = model.names.iter().map(|name| {
        let form = (name.pattern.clone(), name.parts.clone());
        (name.name.clone(), form)
    });
    names.collect()
}

/// How each method is called, by its place in [`Model::methods`].
pub(super) fn paths(model: &Model) -> BTreeMap<usize, String> {
    let mut paths = BTreeMap::new();
    for (prefix, resource) in reached(model) {
        for (name, index) in &model.resources[resource].methods {
            paths.insert(*index, format!("{prefix}{name}"));
        }
    }
    paths
}

/// The types of resources, by how they are reached.
pub(super) fn resources(model: &Model) -> BTreeMap<String, String> {
    let reached = reached(model).into_iter();
    let reached = reached.filter(|(path, _)| !path.is_empty());
    let named = reached.map(|(path, index)| {
        let path = path.trim_end_matches('.').to_owned();
        (path, model.resources[index].name.clone())
    });
    named.collect()
}

/// Every resource, with what stands before its methods.
fn reached(model: &Model) -> Vec<(String, usize)> {
    let mut reached = Vec::new();
    let mut waiting = vec![(String::new(), 0)];
    while let Some((prefix, index)) = waiting.pop() {
        let Some(resource) = model.resources.get(index) else {
            continue;
        };
        let children = resource.children.iter();
        waiting.extend(children.map(|(name, child)| (format!("{prefix}{name}()."), *child)));
        reached.push((prefix, index));
    }
    reached
}

pub(super) fn credentials(scheme: &Scheme) -> (String, (String, String)) {
    let (signature, place) = match &scheme.kind {
        SchemeKind::Header(name) => ("(&Secret) -> Result", format!("header {name}")),
        SchemeKind::Cookie(name) => ("(&Secret) -> Result", format!("cookie {name}")),
        SchemeKind::Bearer => ("(&Secret) -> Result", "bearer".to_owned()),
        SchemeKind::Query(name) => ("(impl Into<Secret>)", format!("query {name}")),
        SchemeKind::Basic => ("(&str, &Secret) -> Result", "basic".to_owned()),
        SchemeKind::ClientCredentials(url) => {
            ("(impl Into<String>, impl Into<Secret>)", url.clone())
        }
    };
    (scheme.function.clone(), (signature.to_owned(), place))
}

pub(super) fn servers(model: &Model) -> BTreeMap<String, (Option<usize>, String)> {
    let servers = model
        .servers
        .iter()
        .map(|server| match server.variables.len() {
            0 => (server.name.to_uppercase(), (None, server.url.clone())),
            count => (server.name.clone(), (Some(count), server.url.clone())),
        });
    servers.collect()
}

pub(super) fn headers(model: &Model) -> Option<HeaderSurface> {
    let headers = model.response_headers.as_ref()?;
    let fields = headers.fields.iter().map(|field| {
        let kind = format!("Option<{}>", field.kind);
        (field.wire.to_lowercase(), (field.name.clone(), kind))
    });
    Some((headers.name.clone(), fields.collect()))
}
