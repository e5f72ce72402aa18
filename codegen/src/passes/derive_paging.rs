//! Finds the operations that list page by page, and where their tokens and items are.

use std::borrow::Borrow;

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use super::paging_shapes;
use crate::extensions::{Extension, Paging, TokenLocation};
use crate::lower::has_type;
use crate::manifest::{Client, Entry, PagingEntry};
use crate::operations::{
    Located, operations, operations_mut, parameter_schema, query_parameters, request_schema,
};
use crate::schemas::{component, is_map, object, sole_reference, target, wrapped_reference};
use crate::successes::success_schema;
use crate::{Diagnostics, Problem};

pub(super) const TOKEN: &str = "pageToken";
pub(super) const NEXT: &str = "nextPageToken";

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Diagnostics> {
    let mut wrong = Diagnostics::default();
    let mut found: Vec<(String, Option<Paging>)> = operations(document)
        .map(|each| (each.id().to_owned(), known(document, &each)))
        .collect();
    for (id, entry) in &client.paging {
        let Some((_, paging)) = found.iter_mut().find(|(known, _)| known == id) else {
            wrong.push(entry.not_selected(id));
            continue;
        };
        if paging.is_some() {
            wrong.push(entry.problem(
                format!("the document itself says how `{id}` is paged"),
                "remove the entry",
            ));
            continue;
        }
        *paging = wrong.note(stated(document, id, entry));
    }
    // What the manifest says counts, and not what the form of an operation leads to.
    for (each, (id, paging)) in operations(document).zip(&mut found) {
        if paging.is_none() && !client.paging.contains_key(id) {
            *paging = by_shape(document, &each);
        }
    }
    for ((_, operation), (_, paging)) in operations_mut(document).zip(found) {
        if let Some(paging) = paging {
            paging.set(&mut operation.extensions);
        }
    }
    wrong.or(())
}

/// What a document of our own says, or what follows from page tokens.
fn known(document: &OpenAPI, each: &Located) -> Option<Paging> {
    Paging::get(&each.operation.extensions).or_else(|| by_page_token(document, each))
}

/// What the manifest says, if the operation has what it names.
fn stated(document: &OpenAPI, id: &str, entry: &Entry<PagingEntry>) -> Result<Paging, Problem> {
    let refused = |what| entry.problem(what, "correct the entry, or remove it");
    check(document, id, &entry.value).map_err(refused)?;
    let PagingEntry {
        token,
        next,
        next_is_url,
        items,
    } = entry.value.clone();
    Ok(Paging {
        location: TokenLocation::Query,
        token,
        next,
        next_is_url,
        items,
        map: false,
    })
}

/// Checks that an operation has what the manifest names, of types that can be what it says.
fn check(document: &OpenAPI, id: &str, stated: &PagingEntry) -> Result<(), String> {
    let missing = |what: String| format!("`{id}` has no {what}");
    let other_type = |what: String, wanted| format!("{what} of `{id}` is not {wanted}");
    let PagingEntry {
        token, next, items, ..
    } = stated;
    let operation = operations(document).find(|each| each.id() == id);
    let operation = operation
        .ok_or_else(|| missing("such id".to_owned()))?
        .operation;
    let parameter = query_parameters(document, operation).find(|it| it.name == *token);
    let parameter =
        parameter.ok_or_else(|| missing(format!("parameter `{token}` in its query")))?;
    if !is_text(&parameter_schema(parameter)) {
        return Err(other_type(format!("the parameter `{token}`"), "a string"));
    }
    let response = success_schema(operation).and_then(|it| object(document, it));
    let response = response.ok_or_else(|| missing("object in its response".to_owned()))?;
    let in_response = |name| missing(format!("property `{name}` in its response"));
    let held = response.properties.get(items);
    let held = held.ok_or_else(|| in_response(items))?;
    if candidate(document, items, held).is_none() {
        let what = format!("the property `{items}`");
        return Err(other_type(what, "a list or a map"));
    }
    let next_token = property_within(document, response, next);
    match is_text(next_token.ok_or_else(|| in_response(next))?) {
        true => Ok(()),
        false => Err(other_type(format!("the property `{next}`"), "a string")),
    }
}

/// A property of an object, or of an object in it: `metadata.next`.
fn property_within<'a>(
    document: &'a OpenAPI,
    object: &'a ObjectType,
    name: &str,
) -> Option<&'a ReferenceOr<Box<Schema>>> {
    match name.split_once('.') {
        None => object.properties.get(name),
        Some((first, rest)) => {
            let object = object_of(document, object.properties.get(first)?)?;
            property_within(document, object, rest)
        }
    }
}

/// The object that a property is; nothing where it is something else.
pub(super) fn object_of<'a>(
    document: &'a OpenAPI,
    property: &'a ReferenceOr<Box<Schema>>,
) -> Option<&'a ObjectType> {
    let schema = match property {
        ReferenceOr::Reference { reference } => component(document, target(reference))?,
        ReferenceOr::Item(schema) => match wrapped_reference(schema) {
            Some(name) => component(document, name)?,
            None => schema,
        },
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    }
}

/// How a list is paged in a form that many APIs have.
fn by_shape(document: &OpenAPI, each: &Located) -> Option<Paging> {
    let is_read = each.verb == "get";
    let response = object(document, success_schema(each.operation)?).filter(|_| is_read)?;
    let shape = paging_shapes::of(document, each.operation, response)?;
    let (items, map) = items(document, response, resource(each.path))?;
    Some(Paging {
        location: TokenLocation::Query,
        token: shape.token,
        next: shape.next,
        next_is_url: shape.next_is_url,
        items,
        map,
    })
}

/// How a list is paged whose page token is called as Google calls it.
fn by_page_token(document: &OpenAPI, each: &Located) -> Option<Paging> {
    let location = token_location(document, each)?;
    let response = object(document, success_schema(each.operation)?)?;
    response.properties.get(NEXT).filter(|it| is_text(it))?;
    let resource = resource(each.path);
    let (items, map) = items(document, response, resource)?;
    Some(Paging {
        location,
        token: TOKEN.to_owned(),
        next: NEXT.to_owned(),
        next_is_url: false,
        items,
        map,
    })
}

fn token_location(document: &OpenAPI, each: &Located) -> Option<TokenLocation> {
    if let Some(token) = query_parameters(document, each.operation).find(|it| it.name == TOKEN) {
        return is_text(&parameter_schema(token)).then_some(TokenLocation::Query);
    }
    let body = object(document, request_schema(each.operation)?)?;
    body.properties.get(TOKEN).filter(|it| is_text(it))?;
    Some(TokenLocation::Body)
}

/// Whether a value is text, and nothing more special.
pub(super) fn is_text<T: Borrow<Schema>>(schema: &ReferenceOr<T>) -> bool {
    let schema = schema.as_item().map(Borrow::borrow);
    match schema.map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::String(string))) => {
            string.enumeration.is_empty() && !has_type(&string.format)
        }
        _ => false,
    }
}

/// What a path lists: its last segment that is not a placeholder.
fn resource(path: &str) -> &str {
    let last = path.rsplit('/').find(|segment| !segment.starts_with('{'));
    last.unwrap_or_default()
        .split(':')
        .next()
        .unwrap_or_default()
}

/// The property that holds the items, and whether it is a map.
///
/// What stands beside the items (what could not be reached, warnings) is passed over; then comes
/// what is called `items`, then the only array of objects, the only array of scalars, and the array
/// that is called like the resource.
fn items(document: &OpenAPI, response: &ObjectType, resource: &str) -> Option<(String, bool)> {
    let candidates: Vec<Candidate> = response
        .properties
        .iter()
        .filter(|(name, _)| !is_beside_the_items(name))
        .filter_map(|(name, schema)| candidate(document, name, schema))
        .collect();
    if let Some(items) = candidates.iter().find(|each| each.name == "items") {
        return Some((items.name.to_owned(), items.map));
    }
    let arrays = || candidates.iter().filter(|each| !each.map);
    let chosen = only(arrays().filter(|each| each.of_objects))
        .or_else(|| only(arrays().filter(|each| !each.of_objects)))
        .or_else(|| arrays().find(|each| each.name.eq_ignore_ascii_case(resource)))?;
    Some((chosen.name.to_owned(), false))
}

struct Candidate<'a> {
    name: &'a str,
    map: bool,
    of_objects: bool,
}

fn candidate<'a>(
    document: &OpenAPI,
    name: &'a str,
    schema: &ReferenceOr<Box<Schema>>,
) -> Option<Candidate<'a>> {
    let ReferenceOr::Item(schema) = schema else {
        return None;
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => Some(Candidate {
            name,
            map: false,
            of_objects: is_object(document, array.items.as_ref()?),
        }),
        SchemaKind::Type(Type::Object(object)) if is_map(object) => Some(Candidate {
            name,
            map: true,
            of_objects: true,
        }),
        _ => None,
    }
}

fn is_object(document: &OpenAPI, items: &ReferenceOr<Box<Schema>>) -> bool {
    let schema = items.clone().unbox();
    sole_reference(&schema).is_some() || object(document, &schema).is_some()
}

fn is_beside_the_items(name: &str) -> bool {
    name.starts_with("unreachable") || name.starts_with("missing") || name == "warnings"
}

/// The only element, or nothing where there are none or several.
pub(super) fn only<T>(mut elements: impl Iterator<Item = T>) -> Option<T> {
    let first = elements.next()?;
    elements.next().is_none().then_some(first)
}
