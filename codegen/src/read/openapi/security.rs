//! Security schemes, and which of them an operation requires.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::references;
use crate::extensions::CredentialKind;
use crate::read::node::Node;
use crate::{NoteKind, Problem};

/// Reads the security schemes. One of another form is told where an operation needs it.
pub(super) fn schemes(root: &Node) -> IndexMap<String, ReferenceOr<SecurityScheme>> {
    let schemes = super::components(root, "securitySchemes").into_iter();
    let schemes = schemes.filter_map(|(name, node)| {
        let scheme = serde_json::from_value(node.value().clone()).ok()?;
        Some((name.to_owned(), ReferenceOr::Item(scheme)))
    });
    schemes.collect()
}

/// What an operation needs: its own requirements, or those of the whole document. Any one of them is
/// enough. Returns them, and the kinds of credentials that they stand for; none where the operation can
/// be called without. A requirement that cannot be met here is none, where there are others.
pub(super) fn requirements(
    root: &Node,
    operation: &Node,
) -> Result<(Vec<SecurityRequirement>, Vec<CredentialKind>), Problem> {
    let holder = match operation.get("security") {
        Some(_) => operation,
        None => root,
    };
    let (mut requirements, mut kinds, mut open) = (Vec::new(), Vec::new(), false);
    for node in holder.items_of("security")? {
        let Some((requirement, its_kinds)) = requirement(root, &node)? else {
            continue;
        };
        kinds.extend(its_kinds);
        open |= requirement.is_empty();
        requirements.push(requirement);
    }
    kinds.sort();
    kinds.dedup();
    if open {
        kinds.clear();
    }
    Ok((requirements, kinds))
}

/// A requirement, and the kinds of credentials that it needs together; nothing where one of them is none that
/// can be sent here.
fn requirement(
    root: &Node,
    node: &Node,
) -> Result<Option<(SecurityRequirement, Vec<CredentialKind>)>, Problem> {
    let (mut requirement, mut kinds) = (SecurityRequirement::new(), Vec::new());
    for (name, scopes) in node.members()? {
        match kind(root, name) {
            Ok(kind) => kinds.push(kind),
            Err(why) => {
                let what = format!("credentials of the scheme `{name}` are not built in: {why}");
                node.note(NoteKind::NotCovered, what);
                return Ok(None);
            }
        }
        let scopes = scopes.items().unwrap_or_default();
        let scopes = scopes.iter().filter_map(|scope| scope.value().as_str());
        requirement.insert(name.to_owned(), scopes.map(str::to_owned).collect());
    }
    Ok(Some((requirement, kinds)))
}

/// The kind of credentials of a scheme, or why they cannot be sent.
fn kind(root: &Node, name: &str) -> Result<CredentialKind, String> {
    let schemes = root
        .get("components")
        .and_then(|it| it.get("securitySchemes"));
    let Some(scheme) = schemes.and_then(|it| it.get(name)) else {
        return Err("it is not in `#/components/securitySchemes`".to_owned());
    };
    let scheme = references::resolve(root, &scheme, "securitySchemes");
    let scheme = scheme.map_err(|problem| problem.what().to_owned())?;
    let text = |key: &str| scheme.remark_of(key).unwrap_or_default();
    match (text("type"), text("scheme").to_ascii_lowercase().as_str()) {
        ("http", "basic") => Ok(CredentialKind::Basic),
        ("http", "bearer") | ("openIdConnect", _) => Ok(CredentialKind::Bearer),
        ("oauth2", _) => {
            check_token_url(&scheme);
            Ok(CredentialKind::Bearer)
        }
        ("apiKey", _) if matches!(text("in"), "header" | "query" | "cookie") => {
            Ok(CredentialKind::ApiKey)
        }
        ("http", other) => Err(format!("the HTTP authentication scheme is `{other}`")),
        (other, _) => Err(format!("its type is `{other}`")),
    }
}

/// Tells of a token URL at which the client cannot ask for tokens.
fn check_token_url(scheme: &Node) {
    let flow = scheme
        .get("flows")
        .and_then(|it| it.get("clientCredentials"));
    let Some(url) = flow.and_then(|it| it.get("tokenUrl")) else {
        return;
    };
    let is_usable = |url: &str| url.starts_with("https://");
    if !url.value().as_str().is_some_and(is_usable) {
        let what = "the client does not ask for tokens at this URL, which is none of `https`";
        url.note(NoteKind::NotCovered, what.to_owned());
    }
}
