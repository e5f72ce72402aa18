//! Finds the types and fields behind what the document says of an operation's paging.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;
use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema, SchemaKind, Type};

use super::schemas::Types;
use crate::extensions::{Extension, PagedBy, Paging};
use crate::model::{Method, PageFields};
use crate::operations::{parameter_schema, query_parameters};
use crate::passes::{in_urls, kind};
use crate::schemas::sole_reference;

/// The types and fields through which an operation is paged; nothing where it is not. `response` is the
/// schema of what it returns.
pub(super) fn fields(
    document: &OpenAPI,
    operation: &Operation,
    response: Option<&ReferenceOr<Schema>>,
    types: &Types,
) -> Option<PageFields> {
    let stated = Paging::get(&operation.extensions)?;
    // A page that may be `null` is none.
    let response = response.filter(|it| !it.as_item().is_some_and(|it| it.schema_data.nullable))?;
    let items = match stated.items.is_empty() {
        true => {
            types.facts(&type_of_items(response)?)?;
            None
        }
        false => {
            let response = sole_reference(response)?;
            Some((response.to_owned(), field(types, response, &stated.items)?))
        }
    };
    let (in_url, also) = match stated.by == PagedBy::Link || stated.next_is_url {
        true => of_urls(document, operation, &stated.token),
        false => Default::default(),
    };
    Some(PageFields {
        stated,
        in_url,
        also,
        items,
    })
}

/// The type of the items of a list.
fn type_of_items(list: &ReferenceOr<Schema>) -> Option<String> {
    let SchemaKind::Type(Type::Array(array)) = &list.as_item()?.schema_kind else {
        return None;
    };
    let items = array.items.clone()?.unbox();
    sole_reference(&items).map(str::to_owned)
}

/// Parameters that are credentials, in snake case: a URL may hold something else in their place.
const CREDENTIALS: &[&str] = &["access_token", "api_key", "apikey", "auth", "key", "token"];

/// The parameters of an operation that are taken from the URL of a next page: those of which one is there,
/// and all others that have one value.
fn of_urls(document: &OpenAPI, operation: &Operation, token: &str) -> (Vec<String>, Vec<String>) {
    let parameters: Vec<_> = query_parameters(document, operation).collect();
    let mut in_url = vec![token.to_owned()];
    let known = in_urls(&parameters).map(|parameter| &parameter.name);
    in_url.extend(known.filter(|name| *name != token).cloned());
    let others = parameters.iter().filter(|it| {
        let kind = kind(&parameter_schema(it));
        let is_credential = CREDENTIALS.contains(&it.name.to_snake_case().as_str());
        kind.is_some() && !in_url.contains(&it.name) && !is_credential
    });
    let also = others.map(|parameter| parameter.name.clone()).collect();
    (in_url, also)
}

/// A type can be a page in one way only: the operations that find other items in it are not paged.
pub(super) fn agree(methods: &mut [Method]) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for method in methods {
        let items = method
            .paging
            .as_ref()
            .and_then(|paging| paging.items.as_ref());
        if let Some((response, field)) = items
            && *known
                .entry(response.clone())
                .or_insert_with(|| field.clone())
                != *field
        {
            method.paging = None;
        }
    }
}

/// The field of a type that is called `wire` in JSON.
fn field(types: &Types, name: &str, wire: &str) -> Option<String> {
    let fields = &types.facts(name)?.fields;
    let (field, _) = fields.iter().find(|(_, field)| field.wire == wire)?;
    Some(field.clone())
}
