//! Finds the operations that list page by page, and where their tokens and items are.

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use crate::extensions::{Extension, Paging, TokenLocation};
use crate::operations::{Located, operations, operations_mut, query_parameters};
use crate::schemas::{resolve, sole_reference};

const TOKEN: &str = "pageToken";
const NEXT: &str = "nextPageToken";

pub(super) fn run(document: &mut OpenAPI) {
    let found: Vec<Option<Paging>> = operations(document)
        .map(|each| paging(document, &each))
        .collect();
    for ((_, operation), paging) in operations_mut(document).zip(found) {
        if let Some(paging) = paging {
            paging.set(&mut operation.extensions);
        }
    }
}

fn paging(document: &OpenAPI, each: &Located) -> Option<Paging> {
    let location = token_location(document, each)?;
    let response = object(document, response_schema(each)?)?;
    response.properties.get(NEXT)?;
    let resource = resource(each.path);
    let (items, map) = items(document, response, resource)?;
    Some(Paging {
        location,
        token: TOKEN.to_owned(),
        next: NEXT.to_owned(),
        items,
        map,
    })
}

fn token_location(document: &OpenAPI, each: &Located) -> Option<TokenLocation> {
    if query_parameters(document, each.operation).any(|parameter| parameter.name == TOKEN) {
        return Some(TokenLocation::Query);
    }
    let body = each.operation.request_body.as_ref()?.as_item()?;
    let schema = body.content.values().next()?.schema.as_ref()?;
    object(document, schema)?.properties.get(TOKEN)?;
    Some(TokenLocation::Body)
}

fn response_schema<'a>(each: &Located<'a>) -> Option<&'a ReferenceOr<Schema>> {
    let response = each.operation.responses.responses.values().next()?;
    response.as_item()?.content.values().next()?.schema.as_ref()
}

fn object<'a>(
    document: &'a OpenAPI,
    schema: &'a ReferenceOr<Schema>,
) -> Option<&'a openapiv3::ObjectType> {
    match &resolve(document, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
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
fn items(
    document: &OpenAPI,
    response: &openapiv3::ObjectType,
    resource: &str,
) -> Option<(String, bool)> {
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
        SchemaKind::Type(Type::Object(object)) if object.additional_properties.is_some() => {
            Some(Candidate {
                name,
                map: true,
                of_objects: true,
            })
        }
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
fn only<T>(mut elements: impl Iterator<Item = T>) -> Option<T> {
    let first = elements.next()?;
    elements.next().is_none().then_some(first)
}
