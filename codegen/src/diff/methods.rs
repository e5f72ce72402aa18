//! Compares operations, and what their methods and requests are.

mod place;

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{pairs, renamed};
use super::surface::MethodSurface;
use super::table::operations as row;
use super::{Api, Found, arguments, arrow, plain, sent};
use crate::Problem;
use crate::path_template::PathTemplate;

pub(super) fn compare(old: &Api, new: &Api, found: &mut Found) -> Result<(), Problem> {
    let (one, other) = (&old.surface()?.methods, &new.surface()?.methods);
    let pairs_by_path = renamed(one, other, |_, it| {
        Some((it.verb.clone(), shape(&it.template)))
    });
    let again: BTreeMap<&str, &str> = pairs_by_path.into_iter().collect();
    let replaced = replaced(one, other, &again);
    let promises = new.surface()?.promises();
    let come: BTreeSet<&str> = again.values().chain(replaced.values()).copied().collect();
    let generated = old.left_out();
    for (key, before, after) in pairs(one, other) {
        match (before, after) {
            (Some(before), Some(after)) => method(key, before, after, (false, &promises), found),
            (Some(before), None) => match again.get(key).or(replaced.get(key)) {
                Some(now) if again.contains_key(key) => {
                    method(now, before, &other[*now], (true, &promises), found);
                }
                Some(now) => {
                    let (what, effect) = (arrow(key, now), "the same code calls another operation");
                    found.add(&row::OPERATION_REPLACED, *now, what, effect);
                    method(now, before, &other[*now], (false, &promises), found);
                }
                None => gone(key, before, new, &promises, found),
            },
            (None, Some(after)) if !come.contains(key) => {
                let effect = format!("`{}`", after.path);
                match generated.contains(&after.id) {
                    true => found.add(
                        &row::OPERATION_GENERATED,
                        key,
                        "can be generated now",
                        effect,
                    ),
                    false => found.add(&row::OPERATION_ADDED, key, call(after), effect),
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The operations whose names in Rust another one has, as long as they do not come `again` themselves: the
/// old key, and the new one.
fn replaced<'a>(
    one: &'a BTreeMap<String, MethodSurface>,
    other: &'a BTreeMap<String, MethodSurface>,
    again: &BTreeMap<&str, &str>,
) -> BTreeMap<&'a str, &'a str> {
    let replaced = renamed(one, other, |_, it| {
        Some((it.path.clone(), it.request.clone()))
    });
    let replaced = replaced.into_iter();
    let replaced = replaced
        .filter(|(was, is)| !again.contains_key(was) && !again.values().any(|known| known == is));
    replaced.collect()
}

/// An operation that is gone; its name in Rust may be that of another one, which was there.
fn gone(key: &str, old: &MethodSurface, new: &Api, promises: &BTreeSet<String>, found: &mut Found) {
    let not_selected = new.not_selected.as_ref();
    let (left_out, gone) = (
        new.left_out().contains(&old.id),
        format!("`{}` is gone", old.path),
    );
    let what = match not_selected.is_some_and(|ids| ids.contains(&old.id)) {
        _ if left_out => "can no longer be generated",
        true => "no longer selected",
        false => "removed",
    };
    if old.is_within(promises) {
        let effect = format!("`{}` calls another operation", old.path);
        found.add(&row::OPERATION_GONE_TAKEN, key, what, effect);
    } else if left_out {
        found.add(&row::OPERATION_LEFT_OUT, key, what, gone);
    } else {
        found.add(&row::OPERATION_REMOVED, key, what, gone);
    }
}

/// What is called.
fn call(method: &MethodSurface) -> String {
    format!("{} {}", method.verb.to_uppercase(), method.template)
}

/// A path without the names of its parts.
pub(super) fn shape(template: &str) -> String {
    PathTemplate::parse(template).shape()
}

/// Whether the id is another one, and what code may name with the new client.
type Renamed<'a> = (bool, &'a BTreeSet<String>);

fn method(
    key: &str,
    old: &MethodSurface,
    new: &MethodSurface,
    renamed: Renamed,
    found: &mut Found,
) {
    place::compare(key, old, new, renamed, found);
    sent::compare(key, old, new, found);
    arguments::compare(key, old, new, found);
    returned(key, old, new, found);
    pages(key, old, new, found);
    media(key, old, new, found);
    allowed(key, old, new, found);
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            found.add(
                &row::OPERATION_DEPRECATED,
                key,
                "deprecated",
                "`#[deprecated]`: a warning",
            );
        }
        (true, false) => {
            found.add(
                &row::OPERATION_UNDEPRECATED,
                key,
                "no longer deprecated",
                "",
            );
        }
        _ => {}
    }
}

fn returned(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let effect = "`send` returns another type";
    found.turn(
        &row::RESPONSE_TYPE,
        key,
        &plain(&old.response),
        &plain(&new.response),
        effect,
    );
    if old.response == new.response && old.send != new.send {
        let what = arrow(&old.send, &new.send);
        found.add(
            &row::RESPONSE_READ,
            key,
            what,
            "the response is read in another way",
        );
    }
    let failures = |it: &MethodSurface| {
        let mut all: Vec<_> = it.failures.iter().collect();
        all.sort();
        let all = all
            .into_iter()
            .map(|(status, kind)| format!("{status} {kind}"));
        all.collect::<Vec<_>>().join("; ")
    };
    found.turn(
        &row::FAILURES,
        key,
        failures(old).trim(),
        failures(new).trim(),
        "",
    );
}

fn pages(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    match (&old.pages, &new.pages) {
        (None, Some(_)) => found.add(&row::PAGES_ADDED, key, "is paged", "`pages` and `items`"),
        (Some(_), None) => {
            found.add(
                &row::PAGES_REMOVED,
                key,
                "no longer paged",
                "`pages` and `items` are gone",
            );
        }
        (Some(old), Some(new)) => {
            let (one, other) = (plain(&old.items), plain(&new.items));
            found.turn(
                &row::PAGES_ITEMS,
                key,
                &one,
                &other,
                "`items` returns another type",
            );
            let (one, other) = (old.fields.join(", "), new.fields.join(", "));
            found.turn(
                &row::PAGES_FIELDS,
                key,
                &one,
                &other,
                "pages are asked for in another way",
            );
        }
        (None, None) => {}
    }
}

/// The media that can be sent and read.
fn media(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    for way in new.media.difference(&old.media) {
        found.add(
            &row::MEDIA_ADDED,
            key,
            format!("+ {way}"),
            format!("`{way}` of the request"),
        );
    }
    for way in old.media.difference(&new.media) {
        let effect = format!("`{way}` of the request is gone");
        found.add(&row::MEDIA_REMOVED, key, format!("- {way}"), effect);
    }
}

/// Which scopes and credentials are enough.
fn allowed(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    for scope in new.scopes.difference(&old.scopes) {
        found.add(
            &row::SCOPES_ADDED,
            key,
            format!("+ {scope}"),
            "this scope is enough, too",
        );
    }
    for scope in old.scopes.difference(&new.scopes) {
        let effect = match new.scopes.is_empty() {
            true => "no scope is asked for",
            false => "a token that has only this scope is refused",
        };
        found.add(&row::SCOPES_REMOVED, key, format!("- {scope}"), effect);
    }
    let kinds = |it: &MethodSurface| it.credentials.join(", ");
    found.turn(&row::CREDENTIAL_KINDS, key, &kinds(old), &kinds(new), "");
}
