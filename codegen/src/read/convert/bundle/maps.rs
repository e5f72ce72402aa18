//! Maps of parts, such as the schemas of a document, the responses of an operation, or its paths.

use serde_json::{Map, Value};

use super::links::{Lead, bare_reference, reference_in};
use super::walk::{Walk, absolute};
use crate::read::convert::documents::Found;
use crate::read::convert::kinds::Kind;
use crate::read::convert::origins::{At, Origin};

impl<'a> Walk<'a> {
    /// Writes down a map of parts. `is_section` says that they are the document's components.
    pub fn map(
        &mut self,
        kind: Kind,
        file: Option<&'a str>,
        map: &'a Map<String, Value>,
        at: &At,
        is_section: bool,
    ) -> Map<String, Value> {
        let mut members = Map::new();
        let is_reference = |key: &str, value: &Value| key == "$ref" && value.is_string();
        match reference_in(map).map(|it| (it, self.links.documents.resolve(file, it))) {
            Some((_, Some(found))) if self.may_put_in() => {
                if let Value::Object(others) = found.value {
                    members = self.inside(&found, at, |walk| {
                        walk.map(kind, found.file, others, at, is_section)
                    });
                }
            }
            Some((reference, _)) => {
                members.insert("$ref".to_owned(), absolute(file, reference).into());
            }
            None => {}
        }
        for (key, member) in map.iter().filter(|(key, it)| !is_reference(key, it)) {
            let (key, value) = match is_section {
                true => self.in_section(kind, file, (key, member), at),
                false => (key.clone(), self.part(kind, file, member, &at.child(key))),
            };
            members.insert(key, value);
        }
        members
    }

    /// Writes down one of the document's components, by the name that it gets.
    fn in_section(
        &mut self,
        kind: Kind,
        file: Option<&'a str>,
        (key, member): (&str, &'a Value),
        at: &At,
    ) -> (String, Value) {
        let position = self.components.position(member);
        let position = position.filter(|it| self.components.named[*it].is_component);
        if let Some(named) = position.map(|position| &self.components.named[position]) {
            let (name, origin) = (named.name.clone(), named.origin());
            let at = at.child(&name);
            self.table.moved(&at, origin);
            return (name.clone(), self.content(kind, file, member, &at));
        }
        let at = at.child(key);
        let value = match self.aliased(kind, file, key, member) {
            Some((found, origin)) => {
                self.table.moved(&at, origin);
                self.content(kind, found.file, found.value, &at)
            }
            None => self.part(kind, file, member, &at),
        };
        (key.to_owned(), value)
    }

    /// What a component is nothing but a reference to, where it gives it its name.
    fn aliased(
        &self,
        kind: Kind,
        file: Option<&'a str>,
        name: &str,
        component: &Value,
    ) -> Option<(Found<'a>, Origin)> {
        let reference = bare_reference(component)?;
        let Lead::Place(found) = self.links.lead(kind, file, reference) else {
            return None;
        };
        let named = &self.components.named[self.components.position(found.value)?];
        let is_alias = named.is_component && named.name == name && named.kinds.contains(&kind);
        is_alias.then(|| {
            let origin = named.origin();
            (found, origin)
        })
    }
}
