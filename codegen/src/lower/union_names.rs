//! What the members of a union are called, by one rule: the first name that a member has of a list of six.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};
use serde_json::Value;

use super::shapes::Shape;
use super::unions::Draft;

/// Finds what each member is called after. A schema that is written inline is called after its title, and one that is
/// referred to after its name. A member that has neither is called after its only value of the tag, else after another
/// value that no other member has, else after a property that no other member has, else after its type.
pub(super) fn label(drafts: &mut [Draft]) {
    let lists = drafts.iter().filter(|draft| draft.shape.kind == "array");
    let among_lists = lists.count() > 1;
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let properties = drafts.iter().flat_map(|draft| draft.shape.properties());
    properties.for_each(|name| *counted.entry(name).or_default() += 1);
    let own_property = |draft: &Draft| {
        let (required, all) = (draft.shape.required(), draft.shape.properties());
        let mut found = required.into_iter().chain(all);
        found
            .find(|name| counted.get(name) == Some(&1))
            .map(str::to_owned)
    };
    let mut constants: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for draft in drafts.iter() {
        for (name, value) in single_values(&draft.shape) {
            *constants.entry((name, value)).or_default() += 1;
        }
    }
    let own_constant = |draft: &Draft| {
        let mut found = single_values(&draft.shape).into_iter();
        found
            .find(|found| constants.get(found) == Some(&1))
            .map(|(_, value)| value)
    };
    let mut seen = BTreeSet::new();
    let labels: Vec<String> = drafts
        .iter()
        .map(|draft| {
            let label = name_or_title(&draft.shape, draft)
                .or_else(|| only_tag(&draft.tags))
                .or_else(|| own_constant(draft))
                .or_else(|| own_property(draft))
                .unwrap_or_else(|| of_type(&draft.shape, among_lists));
            numbered(label, &mut seen)
        })
        .collect();
    for (draft, label) in drafts.iter_mut().zip(labels) {
        draft.label = label;
    }
}

fn numbered(label: String, seen: &mut BTreeSet<String>) -> String {
    if seen.insert(label.clone()) {
        return label;
    }
    let name = crate::names::numbered(&format!("{label} "), |name| seen.contains(name));
    seen.insert(name.clone());
    name
}

fn name_or_title(shape: &Shape, draft: &Draft) -> Option<String> {
    let item = draft.schema.as_item();
    let title = item.and_then(|item| item.schema_data.title.clone());
    let says_something = |text: &String| text.chars().any(char::is_alphanumeric);
    title
        .filter(says_something)
        .or_else(|| shape.name.map(str::to_owned))
}

fn only_tag(tags: &[Value]) -> Option<String> {
    match tags {
        [Value::String(text)] if text.chars().any(char::is_alphanumeric) => Some(text.clone()),
        _ => None,
    }
}

/// The properties that have a single value, which is text.
fn single_values<'a>(shape: &Shape<'a>) -> Vec<(&'a str, String)> {
    let properties = shape.properties().into_iter();
    let values = properties.filter_map(|name| Some((name, only_tag(&shape.values(name))?)));
    values.collect()
}

/// What a member is called that has nothing but a type.
fn of_type(shape: &Shape, among_lists: bool) -> String {
    let schema = shape.schema.map(|schema| &schema.schema_kind);
    match (shape.kind, &shape.item) {
        ("string", _) => match schema {
            Some(SchemaKind::Type(Type::String(string))) => of_format(&string.format),
            _ => "String".to_owned(),
        },
        ("array", Some(item)) if among_lists => {
            let item_name = item.name.map(str::to_owned);
            let item = item_name.unwrap_or_else(|| of_type(item, true));
            format!("{item} List")
        }
        ("array", _) => "List".to_owned(),
        ("boolean", _) => "Boolean".to_owned(),
        ("integer", _) => "Integer".to_owned(),
        ("number", _) => "Number".to_owned(),
        ("object", _) if shape.is_typed_map() => "Map".to_owned(),
        ("object", _) => "Object".to_owned(),
        _ => "Any".to_owned(),
    }
}

fn of_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> String {
    match serde_json::to_value(format) {
        Ok(Value::String(name)) if super::has_type(format) => name,
        _ => "String".to_owned(),
    }
}
