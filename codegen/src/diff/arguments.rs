//! Compares what a method takes, and the setters of its request.

mod unpaired;

use std::collections::BTreeMap;

use super::matching::pairs;
use super::surface::{MethodSurface, Value};
use super::table::parameters as row;
use super::words::shown;
use super::{Found, arrow, plain};
use crate::model::Role;
use unpaired::{added, removed};

pub(super) fn compare(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let by_place = !same_path_arguments(old, new);
    let (one, other) = (values(old, by_place), values(new, by_place));
    // What is called with the same types still compiles.
    let fits = old.kinds() == new.kinds();
    let (before, after) = (order(&one, old), order(&other, new));
    if fits && before != after && named(old) != named(new) {
        let what = arrow(&named(old), &named(new));
        found.add(
            &row::ARGUMENTS_REPLACED,
            key,
            what,
            "check every call: the types are the same",
        );
    }
    let mut broken = false;
    for (place, before, after) in pairs(&one, &other) {
        broken |= match (before, after) {
            (Some(before), Some(after)) => value(key, before, after, (fits, &new.setters), found),
            (Some(before), None) => {
                let sides = (&one, &other);
                removed(key, before, sides, (fits, &new.setters), found)
            }
            (None, Some(after)) => added(key, after, (&one, &other), fits, found),
            (None, None) => false,
        };
        debug_assert!(!place.is_empty());
    }
    if !fits && !broken {
        let effect = "the method takes its arguments in another order";
        found.add(
            &row::ARGUMENTS_ORDER,
            key,
            arrow(&named(old), &named(new)),
            effect,
        );
    }
}

/// Where the arguments go, in their order.
fn order(values: &BTreeMap<String, &Value>, method: &MethodSurface) -> Vec<String> {
    let place = |value: &Value| values.iter().find(|(_, known)| **known == value);
    let arguments = method.arguments.iter();
    let places = arguments.filter_map(|value| Some(place(value)?.0.clone()));
    places.collect()
}

fn named(method: &MethodSurface) -> String {
    let names: Vec<&str> = method.arguments.iter().map(|it| it.name.as_str()).collect();
    names.join(", ")
}

/// Whether the values of the path have the same names, whatever their order.
fn same_path_arguments(old: &MethodSurface, new: &MethodSurface) -> bool {
    let names = |it: &MethodSurface| {
        let in_path = it.arguments.iter().filter(|value| value.place.is_empty());
        let mut names: Vec<String> = in_path.map(|value| value.name.clone()).collect();
        names.sort();
        names
    };
    let (one, other) = (names(old), names(new));
    one == other || one.len() != other.len()
}

/// All values by where they go: those of the path by name, or by their order.
fn values(method: &MethodSurface, by_order: bool) -> BTreeMap<String, &Value> {
    let mut in_path = 0;
    let mut values = BTreeMap::new();
    for value in method.arguments.iter().chain(&method.setters) {
        let place = match value.place.as_str() {
            "" if by_order => {
                in_path += 1;
                format!("path {in_path}")
            }
            "" => format!("path {}", value.name),
            place => place.to_owned(),
        };
        values.insert(place, value);
    }
    values
}

/// A value that both take. Returns whether code breaks.
fn value(
    key: &str,
    old: &Value,
    new: &Value,
    (fits, others): (bool, &[Value]),
    found: &mut Found,
) -> bool {
    details(key, old, new, found);
    let what = |what: &str| format!("`{}` {what}", shown(new));
    let kinds = arrow(&plain(&old.kind), &plain(&new.kind));
    match (old.role, new.role) {
        (Role::Argument, Role::Argument) => {
            let broken = old.kind != new.kind && !fits;
            if broken {
                found.add(&row::PARAMETER_TYPE, key, what("has another type"), kinds);
            }
            broken
        }
        (Role::Argument, _) if fits => false,
        (Role::Argument, _) => {
            let effect = format!("the argument `{}` is a setter", old.name);
            found.add(&row::ARGUMENT_TO_SETTER, key, what("is optional"), effect);
            true
        }
        (_, Role::Argument) => {
            let effect = format!("the setter `{}` is an argument", old.name);
            found.add(&row::SETTER_TO_ARGUMENT, key, what("is required"), effect);
            true
        }
        _ => setter(key, old, new, others, found),
    }
}

fn setter(key: &str, old: &Value, new: &Value, others: &[Value], found: &mut Found) -> bool {
    requirement(key, old, new, found);
    let shown = shown(new);
    if old.name != new.name {
        let effect = arrow(&old.name, &new.name);
        let is_taken = others
            .iter()
            .any(|it| it.name == old.name && it.kind == old.kind);
        let kind = match is_taken {
            true => &row::SETTER_TAKEN,
            false => &row::SETTER_NAME,
        };
        let what = format!("the setter of `{shown}` has another name");
        found.add(kind, key, what, effect);
        return !is_taken;
    } else if old.kind != new.kind {
        let kinds = arrow(&plain(&old.kind), &plain(&new.kind));
        found.add(
            &row::PARAMETER_TYPE,
            key,
            format!("`{shown}` has another type"),
            kinds,
        );
    }
    old.kind != new.kind
}

/// Whether `send` fails without the value.
fn requirement(key: &str, old: &Value, new: &Value, found: &mut Found) {
    let shown = shown(new);
    match (old.role, new.role) {
        (Role::Setter, Role::RequiredSetter) => {
            found.add(
                &row::SETTER_REQUIRED,
                key,
                format!("`{shown}` is required"),
                "`send` fails without it",
            );
        }
        (Role::RequiredSetter, Role::Setter) => {
            found.add(
                &row::SETTER_OPTIONAL,
                key,
                format!("`{shown}` is optional"),
                "",
            );
        }
        _ => {}
    }
}

/// What changes nothing for a compiler.
fn details(key: &str, old: &Value, new: &Value, found: &mut Found) {
    let shown = shown(new);
    if old.style != new.style {
        let what = format!("`{shown}` {}", arrow(&old.style, &new.style));
        found.add(
            &row::PARAMETER_STYLE,
            key,
            what,
            "it is written in another way",
        );
    }
    if old.max_length != new.max_length {
        let length = |it: &Value| it.max_length.map_or(String::new(), |most| most.to_string());
        let what = format!("`{shown}` length {}", arrow(&length(old), &length(new)));
        found.add(
            &row::PARAMETER_LENGTH,
            key,
            what,
            "the client refuses longer values",
        );
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            let what = format!("`{shown}` is deprecated");
            found.add(
                &row::PARAMETER_DEPRECATED,
                key,
                what,
                "`#[deprecated]`: a warning",
            );
        }
        (true, false) => {
            let what = format!("`{shown}` is no longer deprecated");
            found.add(&row::PARAMETER_UNDEPRECATED, key, what, "");
        }
        _ => {}
    }
}
