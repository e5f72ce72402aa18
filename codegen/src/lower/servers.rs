//! The servers from which a user chooses.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Server};

use crate::model::ServerFacts;
use crate::names::{snake, unique};

/// The servers of a document, if there are several, or one with variables. In front of them stands the one
/// that the client has unless told otherwise.
pub(super) fn of(document: &OpenAPI) -> Vec<ServerFacts> {
    let servers = document.servers.iter().skip(1);
    let mut taken = BTreeSet::new();
    servers.map(|server| facts(server, &mut taken)).collect()
}

fn facts(server: &Server, taken: &mut BTreeSet<String>) -> ServerFacts {
    let description = server.description.as_deref().unwrap_or_default();
    let is_name = description.len() <= LONGEST_NAME && !description.trim().is_empty();
    let wanted = match is_name {
        true => snake(description),
        false => "server".to_owned(),
    };
    let variables = server.variables.iter().flatten();
    let variables = variables.filter(|(name, _)| server.url.contains(&format!("{{{name}}}")));
    let mut arguments = BTreeSet::new();
    ServerFacts {
        name: unique(wanted, taken),
        url: server.url.clone(),
        doc: description.to_owned(),
        variables: variables
            .map(|(name, variable)| {
                let mut doc = variable.description.clone().unwrap_or_default();
                if !variable.enumeration.is_empty() {
                    doc += &format!(" One of {}.", variable.enumeration.join(", "));
                }
                if !variable.default.is_empty() {
                    doc += &format!(" Usually {}.", variable.default);
                }
                let argument = unique(snake(name), &mut arguments);
                (name.clone(), argument, doc.trim().to_owned())
            })
            .collect(),
    }
}

/// The longest description that a server is called after.
const LONGEST_NAME: usize = 40;
