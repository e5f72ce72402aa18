//! The values of enums, under names of Rust.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema, SchemaKind, StringType, Type};

use crate::extensions::{EnumDeprecated, EnumDescriptions, Extension};
use crate::model::{TypeFacts, Variant};
use crate::names::{distinct, pascal};

/// The values of an enum, under names of Rust. `Unrecognized` is taken: it holds every other value.
pub(super) fn enumeration(
    string: &StringType,
    schema: &Schema,
    facts: &mut TypeFacts,
) -> StringType {
    let extensions = &schema.schema_data.extensions;
    let docs = EnumDescriptions::get(extensions).unwrap_or_default().0;
    let deprecated = EnumDeprecated::get(extensions).unwrap_or_default().0;
    let taken = BTreeSet::from(["Unrecognized".to_owned()]);
    let values = string.enumeration.iter().flatten().enumerate();
    // What the document has twice counts once; its order says nothing, and is not one of Rust.
    let mut positions = BTreeMap::new();
    for (position, wire) in values {
        positions.entry(wire.as_str()).or_insert(position);
    }
    let by_value = distinct(positions.keys().copied(), variant_name, &taken);
    let mut names = Vec::new();
    for (wire, position) in positions {
        let name = by_value[wire].clone();
        let variant = Variant {
            wire: wire.to_owned(),
            doc: docs.get(position).cloned().unwrap_or_default(),
            deprecated: deprecated.get(position).copied().unwrap_or_default(),
            renamed: name != variant_name(wire),
        };
        facts.variants.insert(name.clone(), variant);
        names.push(Some(name));
    }
    StringType {
        enumeration: names,
        ..StringType::default()
    }
}

/// What a value of an enum is called. The signs and symbols that it begins with are spelled out, so that
/// `-created` is another name than `created`; a number gets a letter in front.
fn variant_name(wire: &str) -> String {
    let mut words = Vec::new();
    let mut rest = wire.trim_start();
    while let Some(first) = rest.chars().next()
        && let Some((_, word)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == first)
    {
        words.push(*word);
        rest = &rest[first.len_utf8()..];
    }
    if words.is_empty() && rest.starts_with(|first: char| first.is_ascii_digit()) {
        return pascal(&format!("V{rest}"));
    }
    words.push(rest);
    pascal(&words.join(" "))
}

/// What a value may begin with that no name of Rust can hold.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "not"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('*', "star"),
    ('+', "plus"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('\\', "backslash"),
    ('^', "caret"),
    ('|', "or"),
    ('~', "tilde"),
];

/// What a property means, with the numbers that are documented for it: a number is open already, and needs no
/// enum.
pub(super) fn with_values(schema: &ReferenceOr<Schema>, doc: String) -> String {
    let values: Vec<String> = match schema.as_item().map(|it| &it.schema_kind) {
        Some(SchemaKind::Type(Type::Integer(integer))) => {
            let values = integer.enumeration.iter().flatten();
            values.map(ToString::to_string).collect()
        }
        Some(SchemaKind::Type(Type::Number(number))) => {
            let values = number.enumeration.iter().flatten();
            values.map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    };
    match values.is_empty() {
        true => doc,
        false => format!("{doc}\n\nDocumented values: {}.", values.join(", ")),
    }
}
