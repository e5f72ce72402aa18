//! Values that only one side has.

use std::collections::BTreeMap;

use super::details;
use crate::diff::surface::Value;
use crate::diff::table::parameters as row;
use crate::diff::words::{noun, place, shown};
use crate::diff::{Found, arrow, plain};
use crate::model::Role;

/// The values of both sides, by place.
pub(super) type Sides<'a> = (
    &'a BTreeMap<String, &'a Value>,
    &'a BTreeMap<String, &'a Value>,
);

/// The value of the other side that has the same name and type in Rust, and whose place is new there.
fn moved<'a>(value: &Value, (one, other): (&Sides<'a>, bool)) -> Option<&'a Value> {
    let (from, to) = if other {
        (one.0, one.1)
    } else {
        (one.1, one.0)
    };
    let mut new = to.iter().filter(|(place, _)| !from.contains_key(*place));
    let found = new.find(|(_, it)| {
        it.name == value.name
            && it.kind == value.kind
            && (it.role == Role::Argument) == (value.role == Role::Argument)
    });
    found.map(|(_, it)| *it)
}

/// Reports a value that only the old side has. Returns whether that breaks users.
pub(super) fn removed(
    key: &str,
    old: &Value,
    sides: Sides,
    (fits, setters): (bool, &[Value]),
    found: &mut Found,
) -> bool {
    let is_argument = old.role == Role::Argument;
    if (!is_argument || fits)
        && let Some(new) = moved(old, (&sides, true))
    {
        let (one, other) = (place(old), place(new));
        let what = format!("`{}` {}", old.name, arrow(&one, &other));
        found.add(
            &row::PARAMETER_PLACE,
            key,
            what,
            "the value is sent elsewhere",
        );
        details(key, old, new, found);
        return false;
    }
    match (is_argument, fits) {
        (true, true) => false,
        (true, false) => {
            let what = format!("required {} removed", noun(old));
            found.add(
                &row::ARGUMENT_REMOVED,
                key,
                what,
                format!("the argument `{}` is gone", old.name),
            );
            true
        }
        (false, _) => setter_removed(key, old, setters, found),
    }
}

/// Reports a setter that only the old side has; its name may be that of another one. Returns whether that
/// breaks users.
fn setter_removed(key: &str, old: &Value, setters: &[Value], found: &mut Found) -> bool {
    let what = format!("{} removed", noun(old));
    let same = setters.iter().find(|it| it.name == old.name);
    let (kind, effect) = match same {
        Some(new) if new.kind == old.kind => (
            &row::SETTER_GONE_TAKEN,
            format!("the setter `{}` sets `{}`", old.name, shown(new)),
        ),
        Some(new) => (
            &row::SETTER_REMOVED,
            format!(
                "the setter `{}` sets `{}`, of another type",
                old.name,
                shown(new)
            ),
        ),
        None => (
            &row::SETTER_REMOVED,
            format!("the setter `{}` is gone", old.name),
        ),
    };
    found.add(kind, key, what, effect);
    if old.role == Role::RequiredSetter {
        let what = format!("`{}` is not required", shown(old));
        found.add(&row::SETTER_OPTIONAL, key, what, "");
    }
    kind == &row::SETTER_REMOVED
}

/// Reports a value that only the new side has. Returns whether that breaks users.
pub(super) fn added(key: &str, new: &Value, sides: Sides, fits: bool, found: &mut Found) -> bool {
    let is_argument = new.role == Role::Argument;
    if (!is_argument || fits) && moved(new, (&sides, false)).is_some() {
        return false;
    }
    match (is_argument, fits) {
        (true, true) => false,
        (true, false) => {
            let effect = format!("argument `{}: {}`", new.name, plain(&new.kind));
            found.add(
                &row::ARGUMENT_ADDED,
                key,
                format!("new required {}", noun(new)),
                effect,
            );
            true
        }
        (false, _) => {
            let effect = format!("setter `{}({})`", new.name, plain(&new.kind));
            found.add(
                &row::SETTER_ADDED,
                key,
                format!("new {}", noun(new)),
                effect,
            );
            if new.role == Role::RequiredSetter {
                let what = format!("`{}` is required", shown(new));
                found.add(&row::SETTER_REQUIRED, key, what, "`send` fails without it");
            }
            false
        }
    }
}
