//! Compares the fields of structs.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::Kind;
use super::matching::{pairs, renamed};
use super::surface::{FieldSurface, StructSurface};
use super::table::schemas as row;
use super::{Found, arrow, plain};

pub(super) fn structure(about: &str, old: &StructSurface, new: &StructSurface, found: &mut Found) {
    let (one, other) = (by_wire(old), by_wire(new));
    let alike = renamed(&one, &other, |_, (name, field)| {
        let of_same_name = old.fields.contains_key(name) && new.fields.contains_key(name);
        Some(match of_same_name {
            true => name.clone(),
            false => format!("{} {}", field.kind, field.required),
        })
    });
    let again: BTreeMap<&str, &str> = alike.into_iter().collect();
    let come: BTreeSet<&str> = again.values().copied().collect();
    let mut requires = BTreeSet::new();
    for (wire, before, after) in pairs(&one, &other) {
        let place = format!("{about}.{wire}");
        match (before, after, again.get(wire)) {
            (Some(before), Some(after), _) => {
                requires.extend(field(&place, before, after, new, found));
            }
            (Some(before), None, Some(now)) => {
                let (place, after) = (format!("{about}.{now}"), &other[*now]);
                another_name(&place, arrow(wire, now), (&before.0, &after.0), found);
                requires.extend(same(&place, before, after, found));
            }
            (Some(before), None, None) => removed(&place, before, new, found),
            (None, Some((name, field)), _) if !come.contains(wire) => {
                let effect = format!("field `{name}: {}`", plain(&field.kind));
                found.add(&row::PROPERTY_ADDED, &place, "new", effect);
            }
            _ => {}
        }
    }
    constructor(about, old, new, found);
    required(old.is_sent || new.is_sent, &requires, found);
    rest(about, old, new, found);
}

/// The fields with their names in Rust, by those of their properties.
fn by_wire(it: &StructSurface) -> BTreeMap<String, (String, FieldSurface)> {
    let fields = it.fields.iter();
    let by_wire = fields.map(|(name, field)| (field.wire.clone(), (name.clone(), field.clone())));
    by_wire.collect()
}

/// A property that has another name; its field may have the same.
fn another_name(place: &str, what: String, (old, new): (&str, &str), found: &mut Found) {
    match old == new {
        true => found.add(
            &row::PROPERTY_WIRE,
            place,
            what,
            "another name is sent and read",
        ),
        false => found.add(&row::PROPERTY_RENAMED, place, what, arrow(old, new)),
    }
}

/// A property that is gone; its field may be that of another property.
fn removed(
    place: &str,
    (name, field): &(String, FieldSurface),
    new: &StructSurface,
    found: &mut Found,
) {
    let what = format!("`{}` removed", plain(&field.kind));
    let (kind, effect) = match new.fields.get(name) {
        Some(other) if other.kind == field.kind => (
            &row::PROPERTY_GONE_TAKEN,
            format!("the field `{name}` is `{}`", other.wire),
        ),
        Some(other) => (
            &row::PROPERTY_REMOVED,
            format!("the field `{name}` is `{}`, of another type", other.wire),
        ),
        None => (
            &row::PROPERTY_REMOVED,
            format!("the field `{name}` is gone"),
        ),
    };
    found.add(kind, place, what, effect);
}

/// A property that both have. Returns its place, and whether it is required now, if that is new.
fn field(
    place: &str,
    old: &(String, FieldSurface),
    new: &(String, FieldSurface),
    all: &StructSurface,
    found: &mut Found,
) -> Option<(String, bool)> {
    if old.0 != new.0 {
        let taken = all.fields.get(&old.0).map(|field| &field.kind);
        let kind = match taken == Some(&old.1.kind) {
            true => &row::PROPERTY_TAKEN,
            false => &row::PROPERTY_FIELD,
        };
        found.add(
            kind,
            place,
            "its field has another name",
            arrow(&old.0, &new.0),
        );
    }
    same(place, old, new, found)
}

fn same(
    place: &str,
    (_, old): &(String, FieldSurface),
    (_, new): &(String, FieldSurface),
    found: &mut Found,
) -> Option<(String, bool)> {
    let (one, other) = (plain(&old.kind), plain(&new.kind));
    if old.kind != new.kind {
        let (kind, what) = typed(&old.kind, &new.kind);
        found.add(kind, place, what, arrow(&one, &other));
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            found.add(
                &row::PROPERTY_DEPRECATED,
                place,
                "deprecated",
                "`#[deprecated]`: a warning",
            );
        }
        (true, false) => found.add(
            &row::PROPERTY_UNDEPRECATED,
            place,
            "no longer deprecated",
            "",
        ),
        _ => {}
    }
    (old.required != new.required).then(|| (place.to_owned(), new.required))
}

/// What it means that a field has another type.
fn typed(old: &str, new: &str) -> (&'static Kind, String) {
    let is_without = |one: &str, other: &str, outer: &str| {
        let without = |kind: &str| kind.replacen(outer, "", 1);
        without(one).trim_end_matches('>') == without(other).trim_end_matches('>')
    };
    if is_without(old, new, "Box<") {
        let what = match new.contains("Box<") {
            true => "refers back to its schema",
            false => "no longer refers back to its schema",
        };
        return (&row::PROPERTY_BOX, what.to_owned());
    }
    if is_without(old, new, "Option<") {
        let is_longer = new.len() > old.len();
        let what = match (
            new.starts_with("Option<") || old.starts_with("Option<"),
            is_longer,
        ) {
            (true, true) => "may be empty as well as absent",
            (true, false) => "no longer both empty and absent",
            (false, true) => "may hold `null`",
            (false, false) => "no longer holds `null`",
        };
        return (&row::PROPERTY_OPTION, what.to_owned());
    }
    let optional = |kind: &str| kind.replace("runtime::Nullable<", "Option<");
    if optional(old) == optional(new) {
        let what = match new.contains("Nullable<") {
            true => "`null` is something else than absent",
            false => "`null` is nothing else than absent",
        };
        return (&row::PROPERTY_OPTION, what.to_owned());
    }
    let (one, other) = (json(old), json(new));
    match one == other {
        true => (&row::PROPERTY_TYPE, "has another type".to_owned()),
        false => (&row::PROPERTY_TYPE, arrow(&one, &other)),
    }
}

/// What a type is called in a document, in short.
fn json(kind: &str) -> String {
    let kind = plain(kind)
        .replace("Option<", "")
        .replace("Nullable<", "")
        .replace("Box<", "");
    let depth = kind.matches('<').count();
    let extra = kind.matches('>').count().saturating_sub(depth);
    let kind = &kind[..kind.len() - extra];
    match kind {
        "i64" => "int64".to_owned(),
        "i32" => "int32".to_owned(),
        "u64" => "uint64".to_owned(),
        "f64" => "number".to_owned(),
        "bool" => "boolean".to_owned(),
        "String" => "string".to_owned(),
        "DateTime" => "date-time".to_owned(),
        "f32" => "float".to_owned(),
        other => match other
            .strip_prefix("Vec<")
            .and_then(|item| item.strip_suffix('>'))
        {
            Some(item) => format!("list of {}", json(item)),
            None => other.to_owned(),
        },
    }
}

/// The function `new`.
fn constructor(about: &str, old: &StructSurface, new: &StructSurface, found: &mut Found) {
    let shown = |it: &Option<Vec<(String, String)>>| {
        let arguments = it.iter().flatten();
        let arguments = arguments.map(|(name, kind)| format!("{name}: {}", plain(kind)));
        format!("new({})", arguments.collect::<Vec<_>>().join(", "))
    };
    let kinds =
        |it: &[(String, String)]| it.iter().map(|(_, kind)| kind.clone()).collect::<Vec<_>>();
    match (&old.new, &new.new) {
        (None, Some(_)) => {
            let effect = format!("`{}`", shown(&new.new));
            found.add(&row::NEW_ADDED, about, "has required properties", effect);
        }
        (Some(_), None) => {
            found.add(
                &row::NEW_REMOVED,
                about,
                "other properties are required",
                "`new` is gone",
            );
        }
        (Some(one), Some(other)) if one != other => {
            let kind = match kinds(one) == kinds(other) {
                true => &row::NEW_REPLACED,
                false => &row::NEW_CHANGED,
            };
            let effect = arrow(&shown(&old.new), &shown(&new.new));
            found.add(
                kind,
                about,
                "other required properties, or of other types",
                effect,
            );
        }
        _ => {}
    }
}

/// The properties that are required now, or no longer: to be sent, or for sure in what is read.
fn required(is_sent: bool, requires: &BTreeSet<(String, bool)>, found: &mut Found) {
    for (place, required) in requires {
        let (kind, what) = match (required, is_sent) {
            (true, true) => (&row::PROPERTY_REQUIRED, "required"),
            (false, true) => (&row::PROPERTY_OPTIONAL, "no longer required"),
            (true, false) => (&row::PROPERTY_ALWAYS, "always there"),
            (false, false) => (&row::PROPERTY_NOT_ALWAYS, "no longer always there"),
        };
        found.add(kind, place, what, "");
    }
}

/// The field for every other property.
fn rest(about: &str, old: &StructSurface, new: &StructSurface, found: &mut Found) {
    match (&old.rest, &new.rest) {
        (None, Some((name, kind))) => {
            let effect = format!("field `{name}: {}`", plain(kind));
            found.add(&row::REST_ADDED, about, "has other properties", effect);
        }
        (Some((name, _)), None) => {
            let effect = format!("the field `{name}` is gone");
            found.add(&row::REST_REMOVED, about, "has no other properties", effect);
        }
        (Some(old), Some(new)) if old != new => {
            let effect = arrow(&plain(&old.1), &plain(&new.1));
            found.add(
                &row::REST_TYPE,
                about,
                "other properties have another type",
                effect,
            );
        }
        _ => {}
    }
}
