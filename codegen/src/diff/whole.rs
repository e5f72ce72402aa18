//! Compares what concerns a whole API.

use std::collections::BTreeMap;

use serde_json::Value;

use super::details::members;
use super::kinds::Class;
use super::matching::pairs;
use super::surface::Surface;
use super::table::{api as row, operations};
use super::{Api, Found, access, arrow, plain};
use crate::Problem;

pub(super) fn compare(old: &Api, new: &Api, found: &mut Found) -> Result<(), Problem> {
    let (one, other) = (old.surface()?, new.surface()?);
    access::servers(one, other, found);
    access::scopes(one, other, found);
    access::credentials(one, other, found);
    standard(one, other, found);
    names(one, other, found);
    headers(one, other, found);
    for (path, before, after) in pairs(&one.resources, &other.resources) {
        if let (Some(before), Some(after)) = (before, after) {
            let what = "its type has another name";
            if before != after {
                found.add(
                    &operations::RESOURCE_RENAMED,
                    path,
                    what,
                    arrow(before, after),
                );
            }
        }
    }
    let version = |api: &Api| api.document.info.version.clone();
    found.turn(
        &row::API_VERSION,
        "version",
        &version(old),
        &version(new),
        "",
    );
    rest(old, new, found);
    Ok(())
}

fn standard(old: &Surface, new: &Surface, found: &mut Found) {
    for (wire, before, after) in pairs(&old.standard, &new.standard) {
        let place = format!("standard parameter `{wire}`");
        match (before, after) {
            (Some(before), Some(after)) => {
                let shown =
                    |it: &super::surface::Value| format!("{}({})", it.name, plain(&it.kind));
                let effect = "its setter has another name, or takes another type";
                found.turn(
                    &row::STANDARD_TYPE,
                    &place,
                    &shown(before),
                    &shown(after),
                    effect,
                );
            }
            (Some(before), None) => {
                let effect = format!("the setter `{}` is gone", before.name);
                found.add(&row::STANDARD_REMOVED, &place, "removed", effect);
            }
            (None, Some(after)) => {
                let effect = format!("setter `{}({})`", after.name, plain(&after.kind));
                found.add(&row::STANDARD_ADDED, &place, "new", effect);
            }
            (None, None) => {}
        }
    }
    let preset = |it: &Surface| -> BTreeMap<String, String> { it.preset.iter().cloned().collect() };
    let (one, other) = (preset(old), preset(new));
    for (wire, before, after) in pairs(&one, &other) {
        let value = |it: Option<&String>| it.cloned().unwrap_or_default();
        let place = format!("standard parameter `{wire}`");
        found.turn(
            &row::PRESET,
            &place,
            &value(before),
            &value(after),
            "always sent so",
        );
    }
}

fn names(old: &Surface, new: &Surface, found: &mut Found) {
    for (name, before, after) in pairs(&old.names, &new.names) {
        match (before, after) {
            (Some((before, parts)), Some((after, now))) => {
                if parts != now {
                    let effect = arrow(&parts.join(", "), &now.join(", "));
                    found.add(&row::NAME_PARTS, name, arrow(before, after), effect);
                } else {
                    found.turn(
                        &row::NAME_PATTERN,
                        name,
                        before,
                        after,
                        "other names are valid",
                    );
                }
            }
            (Some((pattern, _)), None) => {
                let effect = format!("the type `names::{name}` is gone");
                found.add(
                    &row::NAME_REMOVED,
                    name,
                    format!("{pattern} removed"),
                    effect,
                );
            }
            (None, Some((pattern, _))) => {
                found.add(
                    &row::NAME_ADDED,
                    name,
                    pattern.clone(),
                    format!("type `names::{name}`"),
                );
            }
            (None, None) => {}
        }
    }
}

fn headers(old: &Surface, new: &Surface, found: &mut Found) {
    if let (Some((one, _)), Some((other, _))) = (&old.headers, &new.headers) {
        let effect = "their type has another name";
        found.turn(
            &row::HEADERS_RENAMED,
            "response headers",
            one,
            other,
            effect,
        );
    }
    let fields = |it: &Surface| {
        it.headers
            .clone()
            .map(|(_, fields)| fields)
            .unwrap_or_default()
    };
    let (one, other) = (fields(old), fields(new));
    for (wire, before, after) in pairs(&one, &other) {
        let place = format!("response header `{wire}`");
        header(&place, before, after, found);
    }
}

/// The field of a response header: its name and its type.
type HeaderField = (String, String);

fn header(place: &str, old: Option<&HeaderField>, new: Option<&HeaderField>, found: &mut Found) {
    let shown = |(name, kind): &HeaderField| format!("{name}: {kind}");
    match (old, new) {
        (Some(old), Some(new)) => {
            let effect = "its field has another name or type";
            found.turn(&row::HEADER_TYPE, place, &shown(old), &shown(new), effect);
        }
        (Some(old), None) => {
            let effect = format!("the field `{}` is gone", old.0);
            found.add(&row::HEADER_REMOVED, place, "removed", effect);
        }
        (None, Some(new)) => {
            let effect = format!("field `{}`", shown(new));
            found.add(&row::HEADER_ADDED, place, "new", effect);
        }
        (None, None) => {}
    }
}

/// What else the document says of the whole API, where no other row speaks of it.
fn rest(old: &Api, new: &Api, found: &mut Found) {
    let mut differing = Vec::new();
    members("", &of_the_api(old), &of_the_api(new), &mut differing);
    differing.sort();
    differing.dedup();
    let starts = |start: &str| found.changes.iter().any(|it| it.subject.starts_with(start));
    let of_data = old
        .document
        .extensions
        .contains_key("x-codegen-data-wrapper")
        != new
            .document
            .extensions
            .contains_key("x-codegen-data-wrapper");
    let told = [
        ("x-codegen-data-wrapper", of_data),
        ("servers", starts("server")),
        ("x-codegen-scopes", starts("scopes")),
        (
            "components/securitySchemes",
            starts("credentials") || starts("scopes"),
        ),
        ("components/parameters", starts("standard parameter")),
        ("components/headers", starts("response header")),
    ];
    differing.retain(|key| {
        !told
            .iter()
            .any(|(start, told)| *told && key.starts_with(start))
    });
    // Scopes that no operation asks for are not listed.
    differing.retain(|key| !key.contains("/scopes/"));
    for key in differing.iter().take(5) {
        found.add(&row::API_FACTS, key, "differs", "");
    }
}

/// What the document says of the whole API: neither its version, nor the operations and schemas.
fn of_the_api(api: &Api) -> Value {
    let mut facts = api.facts.whole.clone();
    for (holder, key) in [
        ("", "paths"),
        ("", "x-codegen-left-out"),
        ("/info", "version"),
        ("/components", "schemas"),
    ] {
        if let Some(Value::Object(holder)) = facts.pointer_mut(holder) {
            holder.remove(key);
        }
    }
    by_their_names(facts.pointer_mut("/components/parameters"));
    facts
}

/// Parameters by where they go and what they are called there: what a component is called says nothing.
fn by_their_names(parameters: Option<&mut Value>) {
    let Some(Value::Object(parameters)) = parameters else {
        return;
    };
    let named = std::mem::take(parameters).into_iter().map(|(key, it)| {
        let text = |member: &str| it.get(member).and_then(Value::as_str).unwrap_or(&key);
        (format!("{} {}", text("in"), text("name")), it)
    });
    *parameters = named.collect();
}

/// What was public and is not any more, where no change says so.
pub(super) fn unexplained(old: &Surface, new: &Surface, found: &mut Found) {
    if found.has(Class::Breaking) {
        return;
    }
    let (one, other) = (old.promises(), new.promises());
    for gone in one.difference(&other).take(5) {
        found.add(
            &row::PUBLIC_API,
            plain(gone),
            "gone, or of another type",
            "",
        );
    }
}

/// The operations that are not selected, and are new or gone.
pub(super) fn not_selected(old: &Api, new: &Api, found: &mut Found) {
    let (had, has) = (old.operations(), new.operations());
    let (Some(one), Some(other)) = (&old.not_selected, &new.not_selected) else {
        return;
    };
    for id in other.difference(one) {
        if !had.contains(id) {
            let what = "not selected (add it to the manifest?)";
            found.add(&operations::OPERATION_UNSELECTED, id, what, "");
        }
    }
    for id in one.difference(other) {
        if !has.contains(id) {
            let what = "removed; it was not selected";
            found.add(&operations::OPERATION_UNSELECTED_GONE, id, what, "");
        }
    }
}
