//! Where the API is.

use indexmap::IndexMap;
use openapiv3::{Server, ServerVariable};
use serde_json::Value;

use crate::manifest::Entry;
use crate::path_template::PathTemplate;
use crate::read::neutral;
use crate::read::node::Node;
use crate::read::server::{self, Place};
use crate::{NoteKind, Problem};

/// The servers of the document, as far as everybody reaches them. In front of them stands the server of the
/// client, if one is known: the first of them, or the one that is stated. A server that is no URL counts for
/// nothing.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<Vec<Server>, Problem> {
    let stated = stated.map(server::stated).transpose()?;
    let (mut said, mut servers, mut passed) = (None, Vec::new(), Vec::new());
    for node in root.items_of("servers").unwrap_or_default() {
        match place(&node) {
            Some(public @ Place::Public(_)) => {
                if !matches!(said, Some(Place::Public(_))) {
                    said = Some(public);
                    passed.drain(..).for_each(|node| note_passed(&node));
                }
                servers.extend(described(&node));
            }
            path => {
                said = said.or(path);
                passed.push(node);
            }
        }
    }
    // In a document of our own it stands in front of them already.
    let known = usize::from(neutral::is_neutral(root)).min(servers.len());
    servers.drain(..known);
    // One without variables leaves no choice.
    let has_choice = servers.len() + known > 1 || servers.iter().any(|it| it.variables.is_some());
    servers.retain(|_| has_choice);
    Ok(server::choose(root, said, stated)
        .into_iter()
        .chain(servers)
        .collect())
}

/// The server of an operation, or else of its path, where it is another one than the document's. One that
/// cannot be called without a host that only its user knows is told, and left to the client.
pub(super) fn of_operation(root: &Node, item: &Node, operation: &Node) -> Vec<Server> {
    let mut holders = [operation, item].into_iter();
    let holder = holders.find(|holder| holder.get("servers").is_some());
    let Some((node, own)) = holder.and_then(first) else {
        return Vec::new();
    };
    let known = first(root);
    let is_relative = !node.remark_of("url").is_some_and(|url| url.contains("://"));
    let url = match (own, known) {
        (Place::Public(url), Some((_, Place::Public(known)))) if url == known => None,
        (Place::Public(url), _) => Some(url),
        (Place::Path(path), Some((_, Place::Public(known)))) if is_relative => {
            server::below(&known, &path).filter(|url| *url != known)
        }
        (own, known) => {
            let known_url = known.as_ref().and_then(|(node, _)| node.remark_of("url"));
            let known = known.as_ref().map_or(DEFAULT, |(_, place)| place);
            let is_same = own == *known && (is_relative || node.remark_of("url") == known_url);
            if !is_same {
                let what = "this server is none of `https` that everybody reaches: the client \
                            calls its own instead";
                node.note(NoteKind::NotCovered, what.to_owned());
            }
            None
        }
    };
    let server = |url| Server {
        url,
        ..Server::default()
    };
    url.map(server).into_iter().collect()
}

/// Notes a server that stands in front of the one that the client calls.
fn note_passed(node: &Node) {
    let what = "this server is none of `https` that everybody reaches: the client calls the first one that is";
    node.note(NoteKind::Server, what);
}

/// Where an API is of which no server is stated.
const DEFAULT: &Place = &Place::Path(String::new());

/// The first of several servers that everybody reaches, or else the first one.
fn first<'a>(holder: &Node<'a>) -> Option<(Node<'a>, Place)> {
    let servers = holder.items_of("servers").unwrap_or_default();
    let places = servers.into_iter().filter_map(|node| {
        let place = place(&node)?;
        Some((node, place))
    });
    let places: Vec<_> = places.collect();
    let mut public = places
        .iter()
        .filter(|(_, it)| matches!(it, Place::Public(_)));
    public.next().or(places.first()).cloned()
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
    PathTemplate::parse(template).fill(|placeholder| {
        let variable = variables.iter().find(|(known, _)| *known == placeholder.0);
        let default = variable.and_then(|(_, variable)| variable.get("default"));
        match default.as_ref().map(Node::value) {
            Some(default @ (Value::String(_) | Value::Number(_))) => plain(default),
            _ => placeholder.to_string(),
        }
    })
}
