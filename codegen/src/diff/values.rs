//! Compares the values of enums, and the members of unions.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{pairs, renamed};
use super::surface::MemberSurface;
use super::table::schemas as row;
use super::{Found, arrow, plain};

type Values = BTreeMap<String, (String, bool)>;

pub(super) fn values(about: &str, old: &Values, new: &Values, found: &mut Found) {
    let by_wire = |it: &Values| -> BTreeMap<String, (String, bool)> {
        let values = it
            .iter()
            .map(|(name, (wire, old))| (wire.clone(), (name.clone(), *old)));
        values.collect()
    };
    let (one, other) = (by_wire(old), by_wire(new));
    let again: BTreeMap<&str, &str> = renamed(&one, &other, |_, (name, _)| Some(name.clone()))
        .into_iter()
        .collect();
    for (wire, before, after) in pairs(&one, &other) {
        match (before, after) {
            (Some(before), Some(after)) => value(about, wire, (before, after), new, found),
            (Some((name, _)), None) => match again.get(wire) {
                Some(now) => {
                    let effect = format!("`{name}` is written `{now}`");
                    found.add(&row::VALUE_WIRE, about, arrow(wire, now), effect);
                }
                None => removed(about, wire, name, new, found),
            },
            (None, Some((name, _))) if !again.values().any(|now| *now == wire) => {
                let before = old
                    .get(name)
                    .map_or("Unrecognized", |(wire, _)| wire.as_str());
                let effect = format!("variant `{name}`, until now `{before}`");
                found.add(&row::VALUE_ADDED, about, format!("+ {wire}"), effect);
            }
            _ => {}
        }
    }
}

/// A value that is gone; its variant may be that of another value.
fn removed(about: &str, wire: &str, name: &str, new: &Values, found: &mut Found) {
    let (kind, effect) = match new.get(name) {
        Some((now, _)) => (
            &row::VALUE_GONE_TAKEN,
            format!("`{name}` is written `{now}`"),
        ),
        None => (&row::VALUE_REMOVED, format!("the variant `{name}` is gone")),
    };
    found.add(kind, about, format!("- {wire}"), effect);
}

fn value(
    about: &str,
    wire: &str,
    (old, new): (&(String, bool), &(String, bool)),
    all: &Values,
    found: &mut Found,
) {
    if old.0 != new.0 {
        let kind = match all.contains_key(&old.0) {
            true => &row::VALUE_TAKEN,
            false => &row::VALUE_VARIANT,
        };
        found.add(kind, about, wire, arrow(&old.0, &new.0));
    }
    match (old.1, new.1) {
        (false, true) => {
            let what = format!("{wire} is deprecated");
            found.add(
                &row::VALUE_DEPRECATED,
                about,
                what,
                "`#[deprecated]`: a warning",
            );
        }
        (true, false) => {
            found.add(
                &row::VALUE_UNDEPRECATED,
                about,
                format!("{wire} is no longer deprecated"),
                "",
            );
        }
        _ => {}
    }
}

type Members = BTreeMap<String, MemberSurface>;

pub(super) fn members(
    about: &str,
    (tag, old): (&str, &Members),
    (now, new): (&str, &Members),
    found: &mut Found,
) {
    let effect = "values may be read as another member";
    found.turn(&row::UNION_TAG, about, tag, now, effect);
    for (name, before, after) in pairs(old, new) {
        match (before, after) {
            (Some(before), Some(after)) => {
                let (one, other) = (plain(&before.kind), plain(&after.kind));
                let what = format!("`{name}` has another type");
                match one == other {
                    true if before.told_apart != after.told_apart => {
                        let what = told_apart(&before.told_apart, &after.told_apart);
                        found.add(&row::UNION_TAG, about, what, effect);
                    }
                    true => {}
                    false => found.add(&row::MEMBER_TYPE, about, what, arrow(&one, &other)),
                }
            }
            (Some(member), None) => {
                let effect = format!("the variant `{name}({})` is gone", plain(&member.kind));
                found.add(&row::MEMBER_REMOVED, about, format!("- {name}"), effect);
            }
            (None, Some(member)) => {
                let effect = format!("variant `{name}({})`", plain(&member.kind));
                found.add(&row::MEMBER_ADDED, about, format!("+ {name}"), effect);
            }
            (None, None) => {}
        }
    }
    froms(about, old, new, found);
}

/// How a member is told apart, before and after; by what else it has to have or may not have, in short.
fn told_apart(old: &str, new: &str) -> String {
    let in_short = |row: &str| row.split(" {").next().unwrap_or_default().to_owned();
    let (one, other) = (in_short(old), in_short(new));
    match one == other {
        true => format!("{one}, by other properties"),
        false => arrow(&one, &other),
    }
}

/// Of members that fit equally well, the first one is taken.
pub(super) fn order(about: &str, old: &[String], new: &[String], found: &mut Found) {
    let of_both = |one: &[String], other: &[String]| {
        let one = one.iter().filter(|name| other.contains(name));
        one.map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let effect = "of members that fit equally well, another one is taken";
    found.turn(
        &row::UNION_TAG,
        about,
        &of_both(old, new),
        &of_both(new, old),
        effect,
    );
}

/// The types that a union can be made from.
fn froms(about: &str, old: &Members, new: &Members, found: &mut Found) {
    let of = |members: &Members| -> BTreeSet<String> {
        members
            .values()
            .filter_map(|member| member.from.clone())
            .collect()
    };
    let kinds = |members: &Members| -> BTreeSet<String> {
        let unboxed = |kind: &String| {
            let inside = kind
                .strip_prefix("Box<")
                .and_then(|kind| kind.strip_suffix('>'));
            inside.unwrap_or(kind).to_owned()
        };
        members
            .values()
            .map(|member| unboxed(&member.kind))
            .collect()
    };
    let (one, other) = (of(old), of(new));
    for kind in one
        .difference(&other)
        .filter(|kind| kinds(new).contains(*kind))
    {
        let what = format!("several members are `{}`", plain(kind));
        found.add(
            &row::MEMBER_FROM_LOST,
            about,
            what,
            "it is not `From` that any more",
        );
    }
    for kind in other
        .difference(&one)
        .filter(|kind| kinds(old).contains(*kind))
    {
        let what = format!("one member is `{}`", plain(kind));
        found.add(&row::MEMBER_FROM, about, what, "it is `From` that now");
    }
}
