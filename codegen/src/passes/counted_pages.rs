//! Lists that are paged by the number of a page, or by an offset, in a form that leaves no doubt: the response itself
//! says which page is the next one, whether there is one, or how much there is.

use heck::ToSnakeCase as _;
use openapiv3::{OpenAPI, Operation, ParameterData, Schema, SchemaKind, Type};
use serde_json::Value;

use super::derive_paging::only;
use super::page_facts::{Fact, Kind, kind};
use crate::extensions::{PagedBy, Paging};
use crate::operations::{parameter_schema, query_parameters};

/// All names are in snake case.
const PAGES: &[&str] = &[
    "page",
    "page_index",
    "page_no",
    "page_num",
    "page_number",
    "current_page",
];
const OFFSETS: &[&str] = &["offset", "skip", "start", "start_at", "start_index"];

/// Offsets whose first value is 0 though nothing is said of it.
const FROM_ZERO: &[&str] = &["offset", "skip", "start_at"];

/// Parameters that ask for a page in another way.
const CURSORS: &[&str] = &[
    "after",
    "continuation_token",
    "cursor",
    "marker",
    "next_token",
    "page_cursor",
    "page_token",
    "pagination_token",
    "start_cursor",
    "starting_after",
];

/// Whether there is another page.
pub(super) const MORE: &[&str] = &[
    "has_more",
    "has_more_items",
    "has_more_pages",
    "has_more_results",
    "has_next",
    "has_next_page",
    "more",
];

/// How many pages there are.
const PAGE_COUNTS: &[&str] = &[
    "number_of_pages",
    "page_count",
    "pages",
    "pages_total",
    "total_page_count",
    "total_pages",
];

/// The number of the last page.
const LAST: &[&str] = &["last_page", "last_page_number"];

/// How many items there are on all pages.
const ITEM_COUNTS: &[&str] = &[
    "items_total",
    "total_count",
    "total_elements",
    "total_entries",
    "total_item_count",
    "total_items",
    "total_record_count",
    "total_records",
    "total_results",
];

/// What else that can be, beside an offset.
const TOTAL: &str = "total";

/// The number of the page itself.
const CURRENT: &[&str] = &[
    "current_page",
    "page",
    "page_index",
    "page_no",
    "page_num",
    "page_number",
];

/// The form in which an operation is paged; nothing where it is none of these, or where more than one parameter
/// asks for a page.
pub(super) fn of(document: &OpenAPI, operation: &Operation, facts: &[Fact]) -> Option<Paging> {
    let parameters: Vec<_> = query_parameters(document, operation).collect();
    let takes = |names: &'static [&'static str]| {
        let parameters = parameters.iter().copied();
        parameters.filter(move |it| names.contains(&it.name.to_snake_case().as_str()))
    };
    if takes(CURSORS).next().is_some() {
        return None;
    }
    // What is called `start` may be a time.
    let counting = takes(PAGES).chain(takes(OFFSETS));
    let parameter = only(counting.filter(|it| is_number(it) || it.name != "start"))?;
    let name = parameter.name.to_snake_case();
    let schema = parameter_schema(parameter);
    let schema = schema.as_item()?;
    let mut texts = [&parameter.description, &schema.schema_data.description].into_iter();
    let counts_pages = texts.any(|text| text.as_ref().is_some_and(|text| says(text, OF_PAGES)));
    if !is_number(parameter) || OFFSETS.contains(&name.as_str()) && counts_pages {
        return None;
    }
    let by = match PAGES.contains(&name.as_str()) {
        true => PagedBy::Page,
        false => PagedBy::Offset,
    };
    let paging = Paging {
        by,
        token: parameter.name.clone(),
        ..Paging::default()
    };
    let paging = ended(paging, &name, facts)?;
    begun(paging, parameter, facts)
}

/// Adds what says where the list ends.
fn ended(paging: Paging, name: &str, facts: &[Fact]) -> Option<Paging> {
    let one = |kind: Kind, names: &[&str]| {
        let named = |fact: &&Fact| fact.kind == kind && names.contains(&fact.name.as_str());
        only(facts.iter().filter(named)).map(|fact| (fact.path.clone(), fact.description))
    };
    let next = match paging.by {
        PagedBy::Page => vec!["next_page".to_owned(), format!("next_{name}")],
        _ => vec![format!("next_{name}")],
    };
    let next: Vec<&str> = next.iter().map(String::as_str).collect();
    if let Some((next, _)) = one(Kind::Number, &next) {
        return Some(Paging { next, ..paging });
    }
    if let Some((more, _)) = one(Kind::Flag, MORE) {
        return Some(Paging { more, ..paging });
    }
    let of_the_list = |(path, description): (String, &str)| {
        let is_of_another = says(description, NOT_OF_THE_ITEMS);
        (!is_of_another).then_some(path)
    };
    let items = || one(Kind::Number, ITEM_COUNTS).and_then(of_the_list);
    if paging.by == PagedBy::Page {
        if let Some((last, _)) = one(Kind::Number, LAST) {
            return Some(Paging { last, ..paging });
        }
        let pages = one(Kind::Number, PAGE_COUNTS).and_then(of_the_list);
        return match pages {
            Some(pages) => Some(Paging { pages, ..paging }),
            None => items().map(|total| Paging { total, ..paging }),
        };
    }
    let total = items().or_else(|| one(Kind::Number, &[TOTAL]).and_then(of_the_list))?;
    Some(Paging { total, ..paging })
}

/// Adds what says where the list begins.
fn begun(paging: Paging, parameter: &ParameterData, facts: &[Fact]) -> Option<Paging> {
    let first = first(parameter)?;
    if first.is_some() || !paging.next.is_empty() {
        return Some(Paging { first, ..paging });
    }
    if paging.by == PagedBy::Offset {
        return None;
    }
    let current = facts.iter().filter(|fact| {
        fact.kind == Kind::Number
            && (CURRENT.contains(&fact.name.as_str()) || fact.path == "page.number")
    });
    let current = only(current)?.path.clone();
    Some(Paging { current, ..paging })
}

/// The number of the first page, or the offset of the first item, where the document says it: `Some(None)` where it
/// does not, and `None` where it can be no such number.
pub(super) fn first(parameter: &ParameterData) -> Option<Option<i64>> {
    let schema = parameter_schema(parameter);
    let schema = schema.as_item()?;
    let from_zero = FROM_ZERO.contains(&parameter.name.to_snake_case().as_str());
    let default = match &schema.schema_data.default {
        None => None,
        Some(Value::Number(number)) => Some(number.as_f64()?),
        Some(Value::String(text)) => Some(text.parse().ok()?),
        Some(_) => return None,
    };
    match (default, minimum(schema)) {
        (None, _) if from_zero => Some(Some(0)),
        (Some(0.0), _) => Some(Some(0)),
        (Some(1.0), _) if !from_zero => Some(Some(1)),
        (Some(_), _) => None,
        (None, Some(1.0)) => Some(Some(1)),
        (None, _) => Some(None),
    }
}

// Only small numbers are of interest.
#[allow(clippy::cast_precision_loss)]
fn minimum(schema: &Schema) -> Option<f64> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer.minimum.map(|it| it as f64),
        SchemaKind::Type(Type::Number(number)) => number.minimum,
        _ => None,
    }
}

/// Whether a parameter is a number.
pub(super) fn is_number(parameter: &ParameterData) -> bool {
    kind(&parameter_schema(parameter)) == Some(Kind::Number)
}

/// Phrases of descriptions: of a count that is that of a page, or not that of the items, and of an offset that counts
/// pages.
const NOT_OF_THE_ITEMS: &[&str] = &[
    "current page",
    "in the page",
    "may be less than",
    "on the page",
    "this page",
    "this response",
];
const OF_PAGES: &[&str] = &["number of pages", "page number", "pages to skip"];

fn says(description: &str, phrases: &[&str]) -> bool {
    let description = description.to_lowercase();
    phrases.iter().any(|phrase| description.contains(phrase))
}
