//! Lowers unions. How a value is told apart is decided here; progenitor is shown a struct that has the types of the
//! members, each as a list: so no type is a part of itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ArrayType, ObjectType, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::schemas::{Types, plain};
use super::shapes::{self, Shape};
pub(super) use super::union_facts::Known;
use super::union_names;
use crate::extensions::{Extension, Tags};
use crate::model::{Fit, FitProperty, Union, UnionMember, Written};
use crate::names::{distinct, pascal};
use crate::schemas::{boxed, sole_reference};

/// The most values of a property that are compared to find out how well an object fits.
const MOST_VALUES: usize = 16;

/// A member, while a union is being lowered.
pub(super) struct Draft<'a> {
    pub schema: &'a ReferenceOr<Schema>,
    pub shape: Shape<'a>,
    /// The values of the tag.
    pub tags: Vec<Value>,
    /// What it is called after.
    pub label: String,
}

/// Lowers a union. Returns the struct that is shown in its place, and how values are told apart.
pub(super) fn lower(types: &mut Types, name: &str, schema: &Schema) -> (ObjectType, Union) {
    let document = types.document();
    let mut drafts: Vec<Draft> = members(schema)
        .iter()
        .filter(|member| !types.unions.is_endless(document, schema, member))
        .map(|member| Draft {
            schema: member,
            shape: shapes::of(document, member),
            tags: Vec::new(),
            label: String::new(),
        })
        .collect();
    let tag = tag(&mut drafts, schema);
    union_names::label(&mut drafts);
    let taken = BTreeSet::from(["Unrecognized".to_owned()]);
    let labels = drafts.iter().map(|draft| draft.label.as_str());
    let names = distinct(labels, pascal, &taken);
    let fits = by_fit(&drafts, tag.is_some());
    let mut union = Union::default();
    let mut shown = ObjectType::default();
    for (at, draft) in drafts.iter().enumerate() {
        let field = format!("member{at}");
        let lowered = types.lower(draft.schema, &format!("{name} {}", draft.label));
        union.members.push(UnionMember {
            name: names[draft.label.as_str()].clone(),
            field: field.clone(),
            doc: description(draft.schema),
            kind: draft.shape.kind,
            tags: draft.tags.clone(),
            written: written(draft, &lowered),
            fit: fits[at] && note_fit(types, &draft.shape, &lowered),
        });
        shown.properties.insert(field, boxed(list(lowered)));
    }
    shown.required = shown.properties.keys().cloned().collect();
    union.tag = tag.unwrap_or_default();
    (shown, union)
}

/// The members of a union; none where a schema is something else.
pub(super) fn members(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => members,
        _ => &[],
    }
}

fn list(items: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    plain(SchemaKind::Type(Type::Array(ArrayType {
        items: Some(boxed(items)),
        min_items: None,
        max_items: None,
        unique_items: false,
    })))
}

fn description(schema: &ReferenceOr<Schema>) -> String {
    let schema = schema.as_item();
    let description = schema.and_then(|schema| schema.schema_data.description.clone());
    description.unwrap_or_default()
}

/// How a member is written. Whether its type has a field for the tag is known once all types are lowered.
fn written(draft: &Draft, lowered: &ReferenceOr<Schema>) -> Written {
    match (draft.tags.len(), sole_reference(lowered)) {
        (1, Some(name)) if draft.shape.is_struct() && !draft.shape.is_open() => Written::WithTag {
            of: name.to_owned(),
            field: None,
        },
        _ => Written::ByItself,
    }
}

/// The property that says which member an object is: that of the discriminator, else one that is required and has
/// other values in each.
fn tag(drafts: &mut [Draft], schema: &Schema) -> Option<String> {
    if let Some(discriminator) = &schema.schema_data.discriminator {
        let mut by_reference: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for (value, reference) in &discriminator.mapping {
            let values = by_reference.entry(reference).or_default();
            values.push(Value::String(value.clone()));
        }
        for draft in drafts {
            let of_item = |item: &Schema| Tags::get(&item.schema_data.extensions);
            draft.tags = match draft.schema {
                ReferenceOr::Reference { reference } => {
                    by_reference.remove(reference.as_str()).unwrap_or_default()
                }
                ReferenceOr::Item(item) => {
                    let Tags(tags) = of_item(item).unwrap_or_default();
                    tags.into_iter().map(Value::String).collect()
                }
            };
        }
        return Some(discriminator.property_name.clone());
    }
    let objects = drafts
        .iter_mut()
        .filter(|draft| draft.shape.kind == "object");
    let mut objects: Vec<&mut Draft> = objects.collect();
    let candidates = objects.first()?.shape.required().into_iter();
    let told_apart = candidates.map(|name| (told_apart(&objects, name), name));
    // Of those that tell apart the most, the first one in the order of the alphabet.
    let (count, found) = told_apart.max_by_key(|(count, name)| (*count, Reverse(*name)))?;
    if count < 2 {
        return None;
    }
    for draft in &mut objects {
        draft.tags = draft.shape.values(found);
    }
    Some(found.to_owned())
}

/// How many values a property has that is required in all members, with all its values listed; none where it is
/// not.
fn told_apart(objects: &[&mut Draft], name: &str) -> usize {
    let mut seen = BTreeSet::new();
    let all = objects.iter().all(|draft| {
        let values = draft.shape.values(name);
        seen.extend(values.iter().map(Value::to_string));
        draft.shape.required().contains(&name) && !values.is_empty()
    });
    let differ = objects
        .iter()
        .any(|draft| draft.shape.values(name).len() < seen.len());
    if all && differ { seen.len() } else { 0 }
}

/// Which members are told apart by what fits best: those of one type in JSON that nothing else tells apart.
fn by_fit(drafts: &[Draft], is_tagged: bool) -> Vec<bool> {
    let count = |kind: &str| {
        drafts
            .iter()
            .filter(|draft| draft.shape.kind == kind)
            .count()
    };
    let (objects, arrays, any) = (count("object"), count("array"), count("any"));
    let mut seen = BTreeSet::new();
    let mut tags = drafts.iter().flat_map(|draft| &draft.tags);
    let told_apart = is_tagged && tags.all(|tag| seen.insert(tag.to_string()));
    let by_fit = drafts.iter().map(|draft| match draft.shape.kind {
        "object" => objects + any > 1 && !told_apart,
        "array" => arrays + any > 1,
        kind => kind == "any",
    });
    by_fit.collect()
}

/// Notes of a member that its type has to say how well a value fits. Returns whether it can.
fn note_fit(types: &mut Types, shape: &Shape, lowered: &ReferenceOr<Schema>) -> bool {
    if shape.is_union() {
        return true;
    }
    if let (Some(item), ReferenceOr::Item(list)) = (&shape.item, lowered) {
        let SchemaKind::Type(Type::Array(array)) = &list.schema_kind else {
            return false;
        };
        let items = array.items.clone().map(ReferenceOr::unbox);
        return items.is_some_and(|items| note_fit(types, item, &items));
    }
    match sole_reference(lowered).filter(|_| shape.is_struct()) {
        Some(name) => {
            types.unions.note_fit(name, || Fit {
                properties: fit_properties(shape),
                open: shape.is_open(),
            });
            true
        }
        None => false,
    }
}

/// What says how well an object fits.
fn fit_properties(shape: &Shape) -> Vec<FitProperty> {
    let required: BTreeSet<&str> = shape.required().into_iter().collect();
    let properties = shape.properties().into_iter().map(|name| FitProperty {
        wire: name.to_owned(),
        required: required.contains(name),
        values: Some(shape.values(name))
            .filter(|values| values.len() <= MOST_VALUES)
            .unwrap_or_default(),
    });
    properties.collect()
}
