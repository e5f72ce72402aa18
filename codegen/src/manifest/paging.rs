//! How an operation is paged, as the manifest says it.

use serde::Deserialize;

use super::Entry;
use crate::Problem;

/// How an operation is paged, where its source does not say so in a way that is known. A property with a dot in
/// its name is that of an object in the response.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PagingEntry {
    /// The parameter of the query that takes the page token.
    pub token: Option<String>,
    /// The parameter of the query that takes the number of the page.
    pub page: Option<String>,
    /// The parameter of the query that takes the number of items before the page.
    pub offset: Option<String>,
    /// The number of the first page, or the offset of the first item.
    pub first: Option<i64>,
    /// The property of the response that holds the next token, number or offset.
    pub next: Option<String>,
    /// The property of an item that the parameter takes, of the last item of a page.
    pub last_item: Option<String>,
    /// Whether what is there is a URL, which has the token in its query.
    #[serde(default)]
    pub next_is_url: bool,
    /// Whether such a URL is in the header `Link`.
    #[serde(default)]
    pub link: bool,
    /// The property that says whether there is another page.
    pub more: Option<String>,
    /// The property that holds the number of the last page.
    pub last: Option<String>,
    /// The property that says how many pages there are.
    pub pages: Option<String>,
    /// The property that says how many items there are on all pages.
    pub total: Option<String>,
    /// Whether the list ends with a page that has no items, and with nothing else.
    #[serde(default)]
    pub until_empty: bool,
    /// The property of the response that holds the items, unless the response is the list itself.
    pub items: Option<String>,
}

const HELP: &str = "`token` goes with `next`, also with `more` besides, with `last-item` and one of `more` and `until-empty = true`, or with `link = true`; `page` with one of `next`, `more`, `last`, `pages`, \
    `total` and `until-empty = true`; `offset` with one of `next`, `more`, `total` and `until-empty = true`";

/// Checks that an entry says one thing.
pub(super) fn form(id: &str, entry: &Entry<PagingEntry>) -> Result<(), Problem> {
    let stated = &entry.value;
    let wrong = parameter(stated).and_then(|parameter| {
        end(stated, parameter)?;
        let of_others = [
            (
                "next-is-url",
                stated.next_is_url && (parameter != "token" || stated.next.is_none()),
            ),
            ("first", stated.first.is_some() && parameter == "token"),
            (
                "last-item",
                stated.last_item.is_some() && parameter != "token",
            ),
        ];
        match named(of_others).first() {
            Some(key) => Err(format!("has `{key}`, which is not for `{parameter}`")),
            None => Ok(()),
        }
    });
    wrong.map_err(|what| entry.problem(format!("the pagination of `{id}` {what}"), HELP))
}

/// The key that names the parameter.
fn parameter(stated: &PagingEntry) -> Result<&'static str, String> {
    let takes = [
        ("token", stated.token.is_some()),
        ("page", stated.page.is_some()),
        ("offset", stated.offset.is_some()),
    ];
    match named(takes).as_slice() {
        [one] => Ok(one),
        [] => Err("names no parameter: `token`, `page` or `offset`".to_owned()),
        several => Err(format!("has {}, of which one can be", listed(several))),
    }
}

/// Checks that an entry says where the list ends, in a way that goes with the parameter.
fn end(stated: &PagingEntry, parameter: &str) -> Result<(), String> {
    let ends = [
        ("next", stated.next.is_some()),
        ("link", stated.link),
        ("more", stated.more.is_some()),
        ("last", stated.last.is_some()),
        ("pages", stated.pages.is_some()),
        ("total", stated.total.is_some()),
        ("until-empty", stated.until_empty),
    ];
    let allowed: &[&str] = match parameter {
        "token" if stated.last_item.is_some() => &["more", "until-empty"],
        "token" => &["next", "link"],
        "page" => &["next", "more", "last", "pages", "total", "until-empty"],
        _ => &["next", "more", "total", "until-empty"],
    };
    match named(ends).as_slice() {
        [] => Err("does not say where the list ends".to_owned()),
        [one] if allowed.contains(one) => Ok(()),
        // A token may be there though the list has ended.
        ["next", "more"] if parameter == "token" && stated.last_item.is_none() => Ok(()),
        several => Err(format!("has `{parameter}` with {}", listed(several))),
    }
}

/// The keys that an entry has.
fn named<const N: usize>(keys: [(&'static str, bool); N]) -> Vec<&'static str> {
    let keys = keys.into_iter().filter(|(_, is_there)| *is_there);
    keys.map(|(key, _)| key).collect()
}

fn listed(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    keys.join(" and ")
}
