//! The ways to be authenticated that a document describes.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityScheme};

use crate::model::{Scheme, SchemeKind};
use crate::names::{distinct, snake};
use crate::operations::operations;

/// The schemes that operations need, and for which there are credentials. A token that a user has to allow is
/// fetched by no function of a client.
pub(super) fn of(document: &OpenAPI) -> Vec<Scheme> {
    let needed: BTreeSet<&str> = operations(document)
        .flat_map(|each| each.operation.security.iter().flatten())
        .flat_map(|requirement| requirement.keys().map(String::as_str))
        .collect();
    let names = distinct(needed.iter().copied(), snake, &BTreeSet::new());
    let schemes = document.components.iter();
    let schemes: Vec<_> = schemes.flat_map(|all| &all.security_schemes).collect();
    let found = needed.into_iter().filter_map(|name| {
        let (_, ReferenceOr::Item(scheme)) = schemes.iter().find(|(known, _)| *known == name)?
        else {
            return None;
        };
        let (kind, doc) = kind(scheme)?;
        Some(Scheme {
            function: names[name].clone(),
            name: name.to_owned(),
            doc: doc.clone().unwrap_or_default(),
            kind,
        })
    });
    found.collect()
}

fn kind(scheme: &SecurityScheme) -> Option<(SchemeKind, &Option<String>)> {
    match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let name = name.clone();
            let kind = match location {
                APIKeyLocation::Header => SchemeKind::Header(name),
                APIKeyLocation::Query => SchemeKind::Query(name),
                APIKeyLocation::Cookie => SchemeKind::Cookie(name),
            };
            Some((kind, description))
        }
        SecurityScheme::HTTP {
            scheme,
            description,
            ..
        } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => Some((SchemeKind::Basic, description)),
            "bearer" => Some((SchemeKind::Bearer, description)),
            _ => None,
        },
        SecurityScheme::OAuth2 {
            flows, description, ..
        } => {
            let url = &flows.client_credentials.as_ref()?.token_url;
            let is_safe = url.starts_with("https://");
            is_safe.then(|| (SchemeKind::ClientCredentials(url.clone()), description))
        }
        SecurityScheme::OpenIDConnect { .. } => None,
    }
}
