//! Discriminators name schemas, which may get other names.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::links::{Lead, is_reference, reference_in, section_of};
use super::walk::Walk;
use crate::read::convert::kinds::Kind;
use crate::read::convert::origins::{escaped, unescaped};

impl<'a> Walk<'a> {
    /// Writes down a discriminator: its mapping leads to schemas by their new names, and those that are called
    /// otherwise than before are named by it.
    pub fn discriminator(
        &mut self,
        file: Option<&'a str>,
        schema: &'a Map<String, Value>,
        discriminator: &'a Value,
    ) -> Value {
        let Value::Object(discriminator) = discriminator else {
            return discriminator.clone();
        };
        let mut mapping = Map::new();
        if let Some(Value::Object(known)) = discriminator.get("mapping") {
            for (tag, value) in known {
                let to = value.as_str().and_then(|text| self.mapped(file, text));
                mapping.insert(tag.clone(), to.unwrap_or_else(|| value.clone()));
            }
        }
        self.add_renamed(file, schema, &mut mapping);
        let mut discriminator = discriminator.clone();
        if !mapping.is_empty() {
            discriminator.insert("mapping".to_owned(), mapping.into());
        }
        discriminator.into()
    }

    /// Adds the members of a union to a mapping that have a new name, by their old one.
    fn add_renamed(
        &mut self,
        file: Option<&'a str>,
        schema: &'a Map<String, Value>,
        mapping: &mut Map<String, Value>,
    ) {
        let mapped: BTreeSet<String> = mapping.values().map(Value::to_string).collect();
        let members = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key));
        for member in members.filter_map(Value::as_array).flatten() {
            let Some(reference) = member.as_object().and_then(reference_in) else {
                continue;
            };
            let Lead::Place(_) = self.links.lead(Kind::Schema, file, reference) else {
                continue;
            };
            let Some(to) = self.mapped(file, reference) else {
                continue;
            };
            if !mapped.contains(&to.to_string()) {
                let tag = reference.rsplit('/').next().unwrap_or_default();
                let tag = unescaped(&percent_decode_str(tag).decode_utf8_lossy());
                mapping.entry(tag).or_insert(to);
            }
        }
    }

    /// The reference that stands for one of a mapping, or for the name of a schema; nothing where it stays.
    fn mapped(&mut self, file: Option<&'a str>, text: &str) -> Option<Value> {
        let section = section_of(Kind::Schema, self.links.version)?;
        let reference = match is_reference(text) {
            true => text.to_owned(),
            false => format!("#/{section}/{}", escaped(text)),
        };
        match self.links.lead(Kind::Schema, file, &reference) {
            Lead::Place(found) => {
                let position = self.components.position(found.value)?;
                self.reference_to(position, Kind::Schema)
            }
            Lead::Component(name) if is_reference(text) => {
                Some(format!("#/{section}/{name}").into())
            }
            _ => None,
        }
    }
}
