//! The forms in which lists are paged that many APIs have, and that leave no doubt: a cursor, or the URL of the
//! next page in the response or in its header `Link`.

use heck::ToSnakeCase as _;
use openapiv3::{OpenAPI, Operation, ParameterData};

use super::derive_paging::only;
use super::page_facts::{Fact, Kind, is_text, kind};
use crate::extensions::{PagedBy, Paging};
use crate::operations::{parameter_schema, query_parameters};
use crate::successes::successes;

/// Parameters that take a cursor, and the properties that hold the next one, both in snake case.
const CURSORS: &[(&str, &[&str])] = &[
    ("after", &["next_after"]),
    (
        "continuation_token",
        &["continuation_token", "next_continuation_token"],
    ),
    ("continue", &["continue"]),
    ("cursor", &["next_cursor"]),
    ("next_cursor", &["next_cursor"]),
    ("next_page_token", &["next_page_token"]),
    ("next_token", &["next_token"]),
    ("page_cursor", &["next_cursor", "next_page_cursor"]),
    ("page_token", &["next_page_token"]),
    (
        "pagination_token",
        &["next_pagination_token", "next_token", "pagination_token"],
    ),
    ("start_cursor", &["next_cursor"]),
];

/// Parameters that are in the URL of a next page, in snake case.
const IN_URLS: &[&str] = &[
    "page_token",
    "page_cursor",
    "page_after",
    "cursor",
    "continuation_token",
    "next_token",
    "skiptoken",
    "after",
    "starting_after",
    "before",
    "max_id",
    "since_id",
    "min_id",
    "page",
    "page_number",
];

/// Those that could be something else, such as a time, unless they are numbers.
const NUMBERS_IN_URLS: &[&str] = &["offset", "skip", "since", "start", "start_index"];

/// The form in which an operation is paged by what its response holds; nothing where it is none of these, or more
/// than one.
pub(super) fn of(document: &OpenAPI, operation: &Operation, facts: &[Fact]) -> Option<Paging> {
    let parameters: Vec<_> = query_parameters(document, operation).collect();
    let cursors = parameters.iter().filter(|it| is_cursor(it));
    let cursors = cursors.flat_map(|parameter| {
        let name = parameter.name.to_snake_case();
        let known = CURSORS.iter().find(|(token, _)| *token == name);
        let known = known.map_or(&[][..], |(_, next)| *next);
        let next = facts.iter().filter(move |fact| {
            let within = fact.path.contains(".next.") && fact.name == name;
            matches!(fact.kind, Kind::Text { .. })
                && (known.contains(&fact.name.as_str()) || within)
        });
        next.map(|fact| Paging {
            token: parameter.name.clone(),
            next: fact.path.clone(),
            ..Paging::default()
        })
    });
    let cursors: Vec<Paging> = cursors.collect();
    if !cursors.is_empty() {
        return only(cursors.into_iter());
    }
    let next = only(facts.iter().filter(|fact| is_next_url(fact)))?;
    Some(Paging {
        token: in_urls(&parameters).next()?.name.clone(),
        next: next.path.clone(),
        next_is_url: true,
        ..Paging::default()
    })
}

/// The form of an operation whose responses have the header `Link`.
pub(super) fn by_link(document: &OpenAPI, operation: &Operation) -> Option<Paging> {
    let mut headers = successes(operation).flat_map(|response| response.headers.keys());
    if !headers.any(|name| name.eq_ignore_ascii_case("link")) {
        return None;
    }
    let parameters: Vec<_> = query_parameters(document, operation).collect();
    Some(Paging {
        by: PagedBy::Link,
        token: in_urls(&parameters).next()?.name.clone(),
        ..Paging::default()
    })
}

/// Whether a parameter takes a cursor, or may do so.
pub(super) fn is_cursor(parameter: &ParameterData) -> bool {
    is_text(&parameter_schema(parameter))
}

/// The parameters of which one is in the URL of a next page, in the order in which they are looked for.
pub(crate) fn in_urls<'a>(
    parameters: &'a [&'a ParameterData],
) -> impl Iterator<Item = &'a ParameterData> {
    let names = IN_URLS.iter().chain(NUMBERS_IN_URLS);
    names.flat_map(move |name| {
        let can_be = move |kind| match kind {
            Kind::Number => true,
            Kind::Text { .. } => !NUMBERS_IN_URLS.contains(name),
            Kind::Flag => false,
        };
        let found = parameters.iter().filter(move |it| {
            it.name.to_snake_case() == **name && kind(&parameter_schema(it)).is_some_and(can_be)
        });
        found.copied()
    })
}

/// Whether a property is the URL of the next page.
fn is_next_url(fact: &Fact) -> bool {
    let Kind::Text { is_uri } = fact.kind else {
        return false;
    };
    match fact.name.as_str() {
        "next_link" | "next_page_url" | "next_url" | "odata_next_link" => true,
        "next" | "next_page" => is_uri || fact.path.contains("links."),
        "href" => fact.path.ends_with(".next.href") || fact.path == "next.href",
        _ => false,
    }
}
