//! Where the API is.

use openapiv3::Server;
use serde_json::Value;

use crate::Problem;
use crate::manifest::Entry;
use crate::read::node::Node;
use crate::read::server::{self, Place};

/// The server of the client, if one is known. Of those in the document it is the first that everybody
/// reaches: the others are the same API elsewhere.
pub(super) fn read(root: &Node, stated: Option<&Entry<String>>) -> Result<Vec<Server>, Problem> {
    let stated = stated.map(server::stated).transpose()?;
    let mut said = None;
    for node in root.items_of("servers")? {
        let url = node.require("url")?;
        match server::place(&with_defaults(&node, url.text()?)?) {
            Ok(public @ Place::Public(_)) => {
                said = Some(public);
                break;
            }
            Ok(path) => said = said.or(Some(path)),
            Err(_) if stated.is_some() => {}
            Err((what, help)) => return Err(url.problem(what, help)),
        }
    }
    Ok(server::choose(said, stated).into_iter().collect())
}

/// A URL in which every variable has its default value; one that has none stays.
fn with_defaults(server: &Node, template: &str) -> Result<String, Problem> {
    let variables = server.members_of("variables")?;
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
    Ok(url + rest)
}
