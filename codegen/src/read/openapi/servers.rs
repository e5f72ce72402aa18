//! Where the API is.

use indexmap::IndexMap;
use openapiv3::{Server, ServerVariable};
use serde_json::Value;

use crate::manifest::Entry;
use crate::read::neutral;
use crate::read::node::Node;
use crate::read::server::{self, Place};
use crate::{NoteKind, Problem};

/// The servers of the document, as far as everybody reaches them. In front of them stands the server of the
/// client, if one is known: the first of them, or the one that is stated. A server that is no URL counts for
/// nothing.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<Vec<Server>, Problem> {
    let stated = stated.map(server::stated).transpose()?;
    let (mut said, mut servers) = (None, Vec::new());
    for node in root.items_of("servers").unwrap_or_default() {
        match place(&node) {
            Some(public @ Place::Public(_)) => {
                if !matches!(said, Some(Place::Public(_))) {
                    said = Some(public);
                }
                servers.extend(described(&node));
            }
            path => said = said.or(path),
        }
    }
    // In a document of our own it stands in front of them already.
    let known = usize::from(neutral::is_neutral(root)).min(servers.len());
    servers.drain(..known);
    // One without variables leaves no choice.
    let has_choice = servers.len() + known > 1 || servers.iter().any(|it| it.variables.is_some());
    servers.retain(|_| has_choice);
    Ok(server::choose(said, stated)
        .into_iter()
        .chain(servers)
        .collect())
}

/// The server of an operation, or else of its path, where it is another one than the document's.
pub(super) fn of_operation(root: &Node, item: &Node, operation: &Node) -> Vec<Server> {
    let mut holders = [operation, item].into_iter();
    let Some(holder) = holders.find(|holder| holder.get("servers").is_some()) else {
        return Vec::new();
    };
    let first = |holder: &Node| {
        let servers = holder.items_of("servers").unwrap_or_default();
        let places: Vec<_> = servers.iter().filter_map(place).collect();
        let public = places.iter().find(|it| matches!(it, Place::Public(_)));
        public.or(places.first()).cloned()
    };
    let url = match (first(holder), first(root)) {
        (Some(Place::Public(url)), Some(Place::Public(known))) if url == known => None,
        (Some(Place::Public(url)), _) => Some(url),
        (Some(Place::Path(path)), Some(Place::Public(known))) => {
            server::below(&known, &path).filter(|url| *url != known)
        }
        _ => None,
    };
    let server = |url| Server {
        url,
        ..Server::default()
    };
    url.map(server).into_iter().collect()
}

fn place(node: &Node) -> Option<Place> {
    let url = node.remark_of("url")?;
    match server::place(&with_defaults(node, url)) {
        Ok(place) => Some(place),
        Err((what, _)) => {
            node.note(NoteKind::Corrected, format!("{what}: it is ignored"));
            None
        }
    }
}

/// A server with its description and its variables.
fn described(node: &Node) -> Option<Server> {
    let variables = node.members_of("variables").unwrap_or_default();
    let variables = variables.into_iter().map(|(name, variable)| {
        let values = variable.texts_of("enum").unwrap_or_default();
        let variable = ServerVariable {
            enumeration: values.into_iter().map(str::to_owned).collect(),
            default: variable.get("default").map(|it| plain(it.value()))?,
            description: variable.remark_of("description").map(str::to_owned),
            extensions: IndexMap::new(),
        };
        Some((name.to_owned(), variable))
    });
    let variables: IndexMap<_, _> = variables.flatten().collect();
    Some(Server {
        url: node.remark_of("url")?.trim_end_matches('/').to_owned(),
        description: node.remark_of("description").map(str::to_owned),
        variables: (!variables.is_empty()).then_some(variables),
        extensions: IndexMap::new(),
    })
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A URL in which every variable has its default value; one that has none stays.
fn with_defaults(server: &Node, template: &str) -> String {
    let variables = server.members_of("variables").unwrap_or_default();
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let variable = variables.iter().find(|(known, _)| *known == name);
        let default = variable.and_then(|(_, variable)| variable.get("default"));
        url.push_str(before);
        match default.as_ref().map(Node::value) {
            Some(default @ (Value::String(_) | Value::Number(_))) => {
                url.push_str(&plain(default));
            }
            _ => url.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    url + rest
}
