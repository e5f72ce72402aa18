//! Who may call.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::{only, references};
use crate::Problem;
use crate::extensions::CredentialKind;
use crate::read::node::Node;

/// Reads the ways in which a caller can say who they are.
/// One of another form is told where an operation needs it.
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
/// be called by nobody in particular.
pub(super) fn requirements(
    root: &Node,
    operation: &Node,
) -> Result<(Vec<SecurityRequirement>, Vec<CredentialKind>), Problem> {
    let holder = if operation.get("security").is_some() {
        operation
    } else {
        root
    };
    let (mut requirements, mut kinds, mut open) = (Vec::new(), Vec::new(), false);
    for node in holder.items_of("security")? {
        let mut requirement = SecurityRequirement::new();
        for (name, scopes) in node.members()? {
            kinds.push(kind(root, &node, name)?);
            let scopes: Result<Vec<_>, _> = scopes.items()?.iter().map(Node::text).collect();
            requirement.insert(
                name.to_owned(),
                scopes?.into_iter().map(str::to_owned).collect(),
            );
        }
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

fn kind(root: &Node, node: &Node, name: &str) -> Result<CredentialKind, Problem> {
    let schemes = root
        .get("components")
        .and_then(|it| it.get("securitySchemes"));
    let Some(scheme) = schemes.and_then(|it| it.get(name)) else {
        return Err(node.problem(
            format!("`{name}` is not in `#/components/securitySchemes`"),
            "add it, or correct the name",
        ));
    };
    let scheme = references::resolve(root, &scheme, "securitySchemes")?;
    only(
        &scheme,
        &[
            "bearerFormat",
            "description",
            "flows",
            "in",
            "name",
            "openIdConnectUrl",
            "scheme",
            "type",
        ],
    )?;
    let place = scheme.text_of("in")?;
    match (scheme.require("type")?.text()?, scheme.text_of("scheme")?) {
        ("http", Some(basic)) if basic.eq_ignore_ascii_case("basic") => Ok(CredentialKind::Basic),
        ("http", Some(bearer)) if bearer.eq_ignore_ascii_case("bearer") => {
            Ok(CredentialKind::Bearer)
        }
        ("oauth2" | "openIdConnect", _) => Ok(CredentialKind::Bearer),
        ("apiKey", _) if place == Some("header") => Ok(CredentialKind::ApiKey),
        ("apiKey", _) => Err(scheme.problem(
            "an API key that is no header would stand where it is written down",
            "let it be `in: header`, if the server takes that",
        )),
        _ => Err(scheme.problem(
            "credentials of this kind cannot be sent",
            "let it be http with basic or bearer, oauth2, or an apiKey in a header",
        )),
    }
}
