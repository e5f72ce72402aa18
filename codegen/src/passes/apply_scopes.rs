//! Adds the OAuth scopes that the manifest states for operations whose source states none.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, SecurityScheme};

use crate::manifest::{Client, Entry};
use crate::operations::{any_one_of, operations, operations_mut};
use crate::{Diagnostics, Problem};

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Diagnostics> {
    let mut wrong = Diagnostics::default();
    for (id, entry) in &client.scopes {
        wrong.note(apply(document, id, entry));
    }
    describe_only_what_is_asked_for(document);
    wrong.or(())
}

fn apply(
    document: &mut OpenAPI,
    id: &str,
    entry: &Entry<Vec<Entry<String>>>,
) -> Result<(), Diagnostics> {
    let (name, is_googles) = oauth2_scheme(document).ok_or_else(|| {
        entry.problem(
            "the document has no OAuth 2.0, so its operations have no scopes",
            "remove the entry",
        )
    })?;
    let operation = operations_mut(document)
        .map(|(_, operation)| operation)
        .find(|operation| operation.operation_id.as_deref() == Some(id));
    let Some(operation) = operation else {
        return Err(entry.not_selected(id).into());
    };
    if operation.security.is_some() {
        let what = format!("the document now states the scopes of `{id}` itself");
        return Err(entry.problem(what, "remove the entry").into());
    }
    let mut wrong = Diagnostics::default();
    for scope in entry.value.iter().filter(|_| is_googles) {
        wrong.note(check_googles(scope));
    }
    let scopes: Vec<_> = entry.value.iter().map(|scope| &scope.value).collect();
    operation.security = Some(any_one_of(&name, &scopes));
    wrong.or(())
}

/// Google's scopes are URLs, but for those of OpenID Connect.
fn check_googles(scope: &Entry<String>) -> Result<(), Problem> {
    let text = scope.value.as_str();
    if text.starts_with("https://") || matches!(text, "email" | "openid" | "profile") {
        return Ok(());
    }
    Err(scope.problem(
        format!("`{text}` is not a scope of Google's: those are URLs"),
        "write it as it is documented, such as `https://www.googleapis.com/auth/drive.readonly`",
    ))
}

/// The name of the document's OAuth 2.0 security scheme, and whether it is Google's.
fn oauth2_scheme(document: &OpenAPI) -> Option<(String, bool)> {
    let schemes = &document.components.as_ref()?.security_schemes;
    schemes.iter().find_map(|(name, scheme)| {
        let Some(SecurityScheme::OAuth2 { flows, .. }) = scheme.as_item() else {
            return None;
        };
        let endpoint = flows.authorization_code.as_ref();
        let endpoint = endpoint.map_or("", |flow| flow.authorization_url.as_str());
        Some((
            name.clone(),
            endpoint.starts_with("https://accounts.google.com/"),
        ))
    })
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
