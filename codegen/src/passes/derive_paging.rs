//! Finds the operations that list page by page, and where their tokens and items are.

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use super::page_facts::{self, is_text};
use super::{counted_pages, last_items, paging_shapes, stated_paging};
use crate::Diagnostics;
use crate::extensions::{Extension, Paging, TokenLocation};
use crate::manifest::Client;
use crate::operations::{
    Located, operations, operations_mut, parameter_schema, query_parameters, request_schema,
};
use crate::path_template::{Part, PathTemplate};
use crate::schemas::{is_map, object, sole_reference};
use crate::successes::success_schema;

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
        *paging = wrong.note(stated_paging::of(document, id, entry));
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

/// How a list is paged in a form that many APIs have.
fn by_shape(document: &OpenAPI, each: &Located) -> Option<Paging> {
    let schema = success_schema(each.operation).filter(|_| each.verb == "get")?;
    let Some(response) = object(document, schema) else {
        let paging = paging_shapes::by_link(document, each.operation)?;
        return is_list(document, schema).then_some(paging);
    };
    let (items, map) = items(document, response, resource(each.path))?;
    let facts = page_facts::of(document, response);
    let shape = paging_shapes::of(document, each.operation, &facts)
        .or_else(|| paging_shapes::by_link(document, each.operation))
        .or_else(|| last_items::of(document, each.operation, &facts, (response, &items)))
        .or_else(|| counted_pages::of(document, each.operation, &facts))?;
    Some(Paging {
        items,
        map,
        ..shape
    })
}

/// Whether a schema is a list of objects.
pub(super) fn is_list(document: &OpenAPI, schema: &ReferenceOr<Schema>) -> bool {
    let schema = schema.as_item().filter(|it| !it.schema_data.nullable);
    match schema.map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Array(array))) => {
            let items = array.items.as_ref();
            items.is_some_and(|items| is_object(document, items))
        }
        _ => false,
    }
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
        items,
        map,
        ..Paging::default()
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

/// What a path lists: its last segment that is not a placeholder.
fn resource(path: &str) -> &str {
    let segments = PathTemplate::parse(path).segments();
    let last = segments
        .iter()
        .rfind(|segment| segment.first_placeholder().is_none());
    match last.and_then(|segment| segment.parts.first()) {
        Some(Part::Text(text)) => text.split(':').next().unwrap_or_default(),
        _ => "",
    }
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

pub(super) struct Candidate<'a> {
    name: &'a str,
    map: bool,
    of_objects: bool,
}

pub(super) fn candidate<'a>(
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
