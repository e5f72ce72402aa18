//! Compares types.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{pairs, renamed};
use super::surface::{Shape, Surface, TypeSurface};
use super::table::{operations, schemas as row};
use super::{Found, plain, shapes, values};

pub(super) fn compare(old: &Surface, new: &Surface, found: &mut Found) {
    let (one, other) = (&old.types, &new.types);
    let again = names((one, other));
    let come: BTreeSet<&str> = again.values().copied().collect();
    for (name, before, after) in pairs(one, other) {
        match (before, after) {
            (Some(before), Some(after)) => kind(name, (before, after), (one, other), false, found),
            (Some(before), None) => match again.get(name) {
                Some(now) => {
                    let effect = format!("{name} → {now}");
                    let after = &other[*now];
                    found.add(
                        &row::SCHEMA_RENAMED,
                        subject(now, after),
                        "has another name",
                        effect,
                    );
                    kind(now, (before, after), (one, other), true, found);
                }
                None => {
                    let effect = format!("the type `{name}` is gone");
                    found.add(
                        &row::SCHEMA_REMOVED,
                        subject(name, before),
                        "removed",
                        effect,
                    );
                }
            },
            (None, Some(after)) if !come.contains(name) => {
                let effect = format!("type `{name}`");
                found.add(&row::SCHEMA_ADDED, subject(name, after), "new", effect);
            }
            _ => {}
        }
    }
}

/// The types that have another name, by schema or else by what they hold: the old name, and the new one.
fn names<'a>((one, other): Sides<'a>) -> BTreeMap<&'a str, &'a str> {
    let by_schema = renamed(one, other, |_, it| {
        (!it.schema.is_empty()).then(|| it.schema.clone())
    });
    let by_shape = renamed(one, other, likeness);
    let mut again: BTreeMap<&str, &str> = by_schema.into_iter().collect();
    for (was, is) in by_shape {
        if !again.contains_key(was) && !again.values().any(|known| *known == is) {
            again.insert(was, is);
        }
    }
    again
}

/// What a type is called in a report: as in the document, where it has a name there.
pub(super) fn subject(name: &str, known: &TypeSurface) -> String {
    match known.schema.as_str() {
        "" => name.to_owned(),
        schema => schema.to_owned(),
    }
}

/// What makes two types the same under another name: their fields or values.
fn likeness(_: &str, known: &TypeSurface) -> Option<String> {
    match &known.shape {
        Shape::Struct(shape) if !shape.fields.is_empty() => Some(format!("{shape:?}")),
        Shape::Enum(values) if !values.is_empty() => Some(format!("{values:?}")),
        _ => None,
    }
}

/// The types of both sides.
type Sides<'a> = (
    &'a BTreeMap<String, TypeSurface>,
    &'a BTreeMap<String, TypeSurface>,
);

fn kind(
    name: &str,
    (old, new): (&TypeSurface, &TypeSurface),
    all: Sides,
    renamed: bool,
    found: &mut Found,
) {
    let about = subject(name, new);
    if !renamed {
        schema(name, &about, (old, new), all, found);
    }
    shape(name, &about, (&old.shape, &new.shape), found);
    deprecation(&about, old, new, found);
    long_running(&about, old, new, found);
}

/// The schema of a type that both have: it may be another one.
fn schema(
    name: &str,
    about: &str,
    (old, new): (&TypeSurface, &TypeSurface),
    all: Sides,
    found: &mut Found,
) {
    let is_other = !old.schema.is_empty() && !new.schema.is_empty() && old.schema != new.schema;
    let is_there = |schema: &str, types: &BTreeMap<String, TypeSurface>| {
        types.values().any(|it| it.schema == schema)
    };
    if is_other && !is_there(&old.schema, all.1) && !is_there(&new.schema, all.0) {
        let what = format!("was `{}`", old.schema);
        found.add(&row::SCHEMA_FACTS, about, what, "");
    } else if is_other {
        let what = format!("was `{}`", old.schema);
        found.add(
            &row::SCHEMA_TAKEN,
            about,
            what,
            format!("the type `{name}` is another schema"),
        );
    }
}

/// What a type is, and what it holds.
fn shape(name: &str, about: &str, (old, new): (&Shape, &Shape), found: &mut Found) {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => shapes::structure(about, old, new, found),
        (Shape::Enum(old), Shape::Enum(new)) => values::values(about, old, new, found),
        (
            Shape::Union {
                tag,
                members,
                order,
            },
            Shape::Union {
                tag: now,
                members: new,
                order: other,
            },
        ) => {
            values::members(about, (tag, members), (now, new), found);
            values::order(about, order, other, found);
        }
        (Shape::Newtype(old), Shape::Newtype(new)) => {
            let (old, new) = (plain(old), plain(new));
            found.turn(
                &row::SCHEMA_TYPE,
                about,
                &old,
                &new,
                "its field has another type",
            );
        }
        (old, new) => {
            let what = format!("{} → {}", word(old), word(new));
            found.add(
                &row::SCHEMA_KIND,
                about,
                what,
                format!("`{name}` is another kind of type"),
            );
        }
    }
}

/// Whether a type is that of a long-running operation.
fn long_running(about: &str, old: &TypeSurface, new: &TypeSurface, found: &mut Found) {
    match (old.long_running, new.long_running) {
        (false, true) => {
            found.add(
                &operations::LONG_RUNNING,
                about,
                "is long-running",
                "`LongRunning`",
            );
        }
        (true, false) => {
            let effect = "it is not `LongRunning`";
            found.add(
                &operations::LONG_RUNNING_LOST,
                about,
                "no longer long-running",
                effect,
            );
        }
        _ => {}
    }
}

fn deprecation(about: &str, old: &TypeSurface, new: &TypeSurface, found: &mut Found) {
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            found.add(
                &row::SCHEMA_DEPRECATED,
                about,
                "deprecated",
                "`#[deprecated]`: a warning",
            );
        }
        (true, false) => found.add(&row::SCHEMA_UNDEPRECATED, about, "no longer deprecated", ""),
        _ => {}
    }
}

fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "object",
        Shape::Enum(_) => "values",
        Shape::Union { .. } => "union",
        Shape::Newtype(_) => "another type",
    }
}
