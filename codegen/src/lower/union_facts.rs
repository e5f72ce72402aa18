//! What is known of unions across a document.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::shapes;
use super::unions::members;
use crate::model::{Fit, TypeFacts, Written};

/// How many unions may be members of each other.
const DEEPEST: usize = 32;

/// What is known of unions, while types are being lowered.
pub(super) struct Known {
    /// How well values fit those types that have to say so.
    fits: BTreeMap<String, Fit>,
    /// Members of unions that lead back to the union.
    endless: BTreeSet<(*const Schema, String)>,
}

impl Known {
    pub fn new(document: &OpenAPI) -> Self {
        Self {
            fits: BTreeMap::new(),
            endless: endless(document),
        }
    }

    /// Whether a member of a union leads back to the union.
    pub fn is_endless(
        &self,
        document: &OpenAPI,
        union: &Schema,
        member: &ReferenceOr<Schema>,
    ) -> bool {
        let name = || shapes::of(document, member).name.map(str::to_owned);
        let key = || Some((std::ptr::from_ref(union), name()?));
        !self.endless.is_empty() && key().is_some_and(|key| self.endless.contains(&key))
    }

    /// Notes that a type says how well values fit it.
    pub fn note_fit(&mut self, name: &str, fit: impl FnOnce() -> Fit) {
        if !self.fits.contains_key(name) {
            self.fits.insert(name.to_owned(), fit());
        }
    }

    /// Adds what is known to the facts of the types.
    pub fn finish(self, facts: &mut BTreeMap<String, TypeFacts>) {
        find_fields(facts);
        for (name, fit) in self.fits {
            facts.entry(name).or_default().fit = Some(fit);
        }
    }
}

/// Unions that have each other as members: those of each that lead back to it, or too deep into others.
fn endless(document: &OpenAPI) -> BTreeSet<(*const Schema, String)> {
    let schemas = document.components.iter().flat_map(|all| &all.schemas);
    let unions = schemas.filter_map(|(name, schema)| {
        let schema = schema.as_item()?;
        let names = members(schema).iter();
        let names = names.filter_map(|member| shapes::of(document, member).name);
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then_some((name.as_str(), (schema, names)))
    });
    let mut left: BTreeMap<&str, (&Schema, Vec<&str>)> = unions.collect();
    // Those that have an end are taken out, from the inside.
    for _ in 0..DEEPEST {
        let has_end = |names: &[&str]| !names.iter().any(|name| left.contains_key(name));
        let ending = left.iter().filter(|(_, (_, names))| has_end(names));
        let ending: Vec<&str> = ending.map(|(name, _)| *name).collect();
        if ending.is_empty() {
            break;
        }
        ending.iter().for_each(|name| drop(left.remove(name)));
    }
    let pairs = left.values().flat_map(|(schema, names)| {
        let back = names.iter().filter(|name| left.contains_key(*name));
        back.map(|name| (std::ptr::from_ref(*schema), (*name).to_owned()))
    });
    pairs.collect()
}

/// Finds the fields of members that hold the tag. A type that may hold it elsewhere writes it by itself.
fn find_fields(facts: &mut BTreeMap<String, TypeFacts>) {
    let field = |of: &str, tag: &str| {
        let fields = facts.get(of).map(|known| &known.fields)?;
        let found = fields.iter().find(|(_, field)| field.wire == tag);
        Some((found.map(|(name, _)| name.clone()), fields.is_empty()))
    };
    let mut found = Vec::new();
    for (name, known) in facts.iter() {
        let Some(union) = &known.union else { continue };
        for (at, member) in union.members.iter().enumerate() {
            if let Written::WithTag { of, .. } = &member.written {
                found.push((name.clone(), at, of.clone(), field(of, &union.tag)));
            }
        }
    }
    for (name, at, of, field) in found {
        let union = facts.get_mut(&name).and_then(|known| known.union.as_mut());
        if let Some(member) = union.and_then(|union| union.members.get_mut(at)) {
            member.written = match field {
                Some((field, false)) => Written::WithTag { of, field },
                _ => Written::ByItself,
            };
        }
    }
}
