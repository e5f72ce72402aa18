//! Prints how a list is paged.

use super::super::types::shown;
use crate::extensions::{PagedBy, TokenLocation};
use crate::model::PageFields;

/// How a list is paged, as calls of the runtime: a constructor, and what refines it.
pub(in crate::emit) fn steps(paging: &PageFields) -> Vec<String> {
    let stated = &paging.stated;
    let texts = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| shown(text)).collect();
        format!("&[{}]", texts.join(", "))
    };
    let (constructor, value) = match (stated.by, stated.location) {
        (PagedBy::Token, _) if stated.next_is_url => ("url", texts(&paging.in_url)),
        (PagedBy::Token, TokenLocation::Query) => ("query", shown(&stated.token)),
        (PagedBy::Token, TokenLocation::Body) => ("body", shown(&stated.token)),
        (PagedBy::Page, _) => ("page", shown(&stated.token)),
        (PagedBy::Offset, _) => ("offset", shown(&stated.token)),
        (PagedBy::Link, _) => ("link", texts(&paging.in_url)),
    };
    let mut steps = vec![format!("{constructor}({value})")];
    let is_counted = matches!(stated.by, PagedBy::Page | PagedBy::Offset);
    let first = stated.first.filter(|_| is_counted);
    steps.extend(first.map(|first| format!("first({first})")));
    let properties = [
        ("current", &stated.current),
        ("next", &stated.next),
        ("more", &stated.more),
        ("last", &stated.last),
        ("pages", &stated.pages),
        ("total", &stated.total),
    ];
    let properties = properties.into_iter().filter(|(_, name)| !name.is_empty());
    steps.extend(properties.map(|(step, name)| format!("{step}({})", shown(name))));
    if is_counted && !stated.items.is_empty() {
        steps.push(format!("items({})", shown(&stated.items)));
    }
    steps
}
