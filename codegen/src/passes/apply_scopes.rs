//! Adds the OAuth scopes that the manifest states for operations whose source states none.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, SecurityScheme};

use crate::Problem;
use crate::manifest::Client;
use crate::operations::{any_one_of, operations, operations_mut};

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Problem> {
    for (id, entry) in &client.scopes {
        let scheme = oauth2_scheme(document).ok_or_else(|| {
            entry.problem(
                "the document has no OAuth 2.0, so its operations have no scopes",
                "remove the entry",
            )
        })?;
        let operation = operations_mut(document)
            .map(|(_, operation)| operation)
            .find(|operation| operation.operation_id.as_ref() == Some(id));
        let Some(operation) = operation else {
            return Err(entry.problem(
                format!("`{id}` is not one of the selected operations"),
                "correct the id, select the operation, or remove the entry",
            ));
        };
        if operation.security.is_some() {
            return Err(entry.problem(
                format!("the document now states the scopes of `{id}` itself"),
                "remove the entry",
            ));
        }
        if entry.value.is_empty() {
            return Err(entry.problem(
                "the list of scopes is empty",
                "name a scope, or remove the entry",
            ));
        }
        operation.security = Some(any_one_of(&scheme, &entry.value));
    }
    describe_only_what_is_asked_for(document);
    Ok(())
}

/// The name of the document's OAuth 2.0 security scheme.
fn oauth2_scheme(document: &OpenAPI) -> Option<String> {
    let schemes = &document.components.as_ref()?.security_schemes;
    let scheme = schemes
        .iter()
        .find(|(_, scheme)| matches!(scheme.as_item(), Some(SecurityScheme::OAuth2 { .. })));
    scheme.map(|(name, _)| name.clone())
}

/// A security scheme lists every scope that an operation asks for, and no other.
fn describe_only_what_is_asked_for(document: &mut OpenAPI) {
    let asked: BTreeSet<String> = operations(document)
        .flat_map(|each| each.operation.security.iter().flatten())
        .flat_map(|requirement| requirement.values().flatten().cloned())
        .collect();
    let Some(components) = &mut document.components else {
        return;
    };
    for scheme in components.security_schemes.values_mut() {
        if let ReferenceOr::Item(SecurityScheme::OAuth2 { flows, .. }) = scheme
            && let Some(flow) = &mut flows.authorization_code
        {
            flow.scopes.retain(|scope, _| asked.contains(scope));
            for scope in &asked {
                flow.scopes.entry(scope.clone()).or_default();
            }
            flow.scopes.sort_keys();
        }
    }
}
