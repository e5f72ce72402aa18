//! Where the API is.

use openapiv3::Server;
use serde_json::Value;

use crate::manifest::Entry;
use crate::read::node::Node;
use crate::read::server::{self, Place};
use crate::{NoteKind, Problem};

/// The server of the client, if one is known. Of those in the document it is the first that everybody
/// reaches: the others are the same API elsewhere. One that is no URL of a server counts for nothing.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<Vec<Server>, Problem> {
    let stated = stated.map(server::stated).transpose()?;
    let mut said = None;
    for node in root.items_of("servers").unwrap_or_default() {
        let Some(url) = node.remark_of("url") else {
            continue;
        };
        match server::place(&with_defaults(&node, url)) {
            Ok(public @ Place::Public(_)) => {
                said = Some(public);
                break;
            }
            Ok(path) => said = said.or(Some(path)),
            Err((what, _)) => node.note(NoteKind::Corrected, format!("{what}: it is ignored")),
        }
    }
    Ok(server::choose(said, stated).into_iter().collect())
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
            Some(Value::String(text)) => url.push_str(text),
            Some(Value::Number(number)) => url.push_str(&number.to_string()),
            _ => url.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    url + rest
}
