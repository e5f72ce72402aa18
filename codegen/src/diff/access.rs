//! Compares where an API is, and what is needed to call it.

use std::collections::BTreeSet;

use super::matching::pairs;
use super::methods::shape;
use super::surface::Surface;
use super::table::api as row;
use super::{Found, arrow};

pub(super) fn servers(old: &Surface, new: &Surface, found: &mut Found) {
    base_url(old, new, found);
    for (name, before, after) in pairs(&old.servers, &new.servers) {
        let place = format!("server `{name}`");
        match (before, after) {
            (Some((one, before)), Some((other, after))) => {
                if one != other {
                    let effect = format!("`servers::{name}` takes other arguments");
                    found.add(&row::SERVER_VARIABLES, &place, arrow(before, after), effect);
                } else if shape(before) != shape(after) {
                    found.turn(
                        &row::SERVER_URL,
                        &place,
                        before,
                        after,
                        "another URL is called",
                    );
                }
            }
            (Some((_, url)), None) => {
                let effect = format!("`servers::{name}` is gone");
                found.add(&row::SERVER_REMOVED, &place, url.clone(), effect);
            }
            (None, Some((_, url))) => {
                let effect = format!("`servers::{name}`");
                found.add(&row::SERVER_ADDED, &place, url.clone(), effect);
            }
            (None, None) => {}
        }
    }
}

/// The URL that is called where no other one is set.
fn base_url(old: &Surface, new: &Surface, found: &mut Found) {
    let place = "server";
    match (&old.base_url, &new.base_url) {
        (Some(old), None) => {
            let effect = "`build` fails without `base_url`";
            found.add(&row::BASE_URL_LOST, place, format!("{old} → none"), effect);
        }
        (None, Some(new)) => found.add(&row::BASE_URL_FOUND, place, format!("none → {new}"), ""),
        (old_url, new_url) => {
            let shown = |url: &Option<String>, path: &str| {
                format!("{}{path}", url.as_deref().unwrap_or_default())
            };
            let (one, other) = (
                shown(old_url, &old.base_path),
                shown(new_url, &new.base_path),
            );
            found.turn(
                &row::BASE_URL,
                place,
                &one,
                &other,
                "calls go to another URL",
            );
        }
    }
}

pub(super) fn scopes(old: &Surface, new: &Surface, found: &mut Found) {
    let set = |it: &Surface| -> BTreeSet<String> { it.scopes.iter().cloned().collect() };
    let (one, other) = (set(old), set(new));
    for scope in other.difference(&one) {
        let effect = "users must allow it before they upgrade";
        found.add(
            &row::CLIENT_SCOPES_ADDED,
            "scopes",
            format!("+ {scope}"),
            effect,
        );
    }
    for scope in one.difference(&other) {
        let effect = "tokens are asked for without it";
        found.add(
            &row::CLIENT_SCOPES_REMOVED,
            "scopes",
            format!("- {scope}"),
            effect,
        );
    }
}

pub(super) fn credentials(old: &Surface, new: &Surface, found: &mut Found) {
    for (name, before, after) in pairs(&old.credentials, &new.credentials) {
        let place = format!("credentials `{name}`");
        match (before, after) {
            (Some((one, before)), Some((other, after))) => {
                let effect = arrow(one, other);
                match one == other {
                    false => {
                        found.add(&row::CREDENTIALS_TYPE, &place, arrow(before, after), effect)
                    }
                    true => found.turn(
                        &row::CREDENTIALS_PLACE,
                        &place,
                        before,
                        after,
                        "sent elsewhere",
                    ),
                }
            }
            (Some((_, was)), None) => {
                let effect = format!("`credentials::{name}` is gone");
                found.add(
                    &row::CREDENTIALS_REMOVED,
                    &place,
                    format!("{was} removed"),
                    effect,
                );
            }
            (None, Some((_, is))) => {
                let effect = format!("`credentials::{name}`");
                found.add(&row::CREDENTIALS_ADDED, &place, is.clone(), effect);
            }
            (None, None) => {}
        }
    }
}
