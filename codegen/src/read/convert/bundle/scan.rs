//! Finds everything that a document refers to and that is no component of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::links::{
    Lead, Links, bare_reference, is_plain, is_reference, reference_in, section_of, sections,
};
use crate::Problem;
use crate::read::convert::documents::Found;
use crate::read::convert::kinds::{Kind, Shape};
use crate::read::convert::origins::escaped;

/// What is referred to, by its file and its pointer: all that becomes a component.
pub(super) type Targets<'a> = BTreeMap<(Option<&'a str>, String), Target<'a>>;

/// Something that becomes a component.
pub(super) struct Target<'a> {
    /// What it is.
    pub value: &'a Value,
    /// As what it is referred to.
    pub kinds: BTreeSet<Kind>,
    /// The name of the component of the document that is nothing but a reference to it.
    pub alias: Option<String>,
}

/// What was found.
pub(super) struct Scan<'a> {
    links: Links<'a>,
    /// All that becomes a component.
    pub targets: Targets<'a>,
    /// Whether there is anything to do.
    pub found_any: bool,
    /// What is wrong with a file that is referred to.
    pub broken: Option<Problem>,
    seen: BTreeSet<(*const Value, Kind)>,
    waiting: Vec<(Shape, Kind, Option<&'a str>, &'a Value)>,
}

impl<'a> Scan<'a> {
    /// Goes through a document, and through all that it refers to.
    pub fn of(links: Links<'a>) -> Self {
        let mut scan = Self {
            links,
            targets: BTreeMap::new(),
            found_any: false,
            broken: None,
            seen: BTreeSet::new(),
            waiting: vec![(Shape::One, Kind::Document, None, &links.documents.document)],
        };
        while let Some((shape, kind, file, value)) = scan.waiting.pop() {
            match shape {
                Shape::Map => scan.map(kind, file, value),
                Shape::One | Shape::List => scan.part(kind, file, value),
            }
        }
        scan.components();
        scan
    }

    fn part(&mut self, kind: Kind, file: Option<&'a str>, value: &'a Value) {
        let Value::Object(object) = value else { return };
        if !self.seen.insert((std::ptr::from_ref(value), kind)) {
            return;
        }
        if let Some(reference) = reference_in(object) {
            self.reference(kind, file, reference);
        }
        if kind == Kind::Schema {
            self.mapping(file, object);
        }
        for (key, below) in object {
            let Some((shape, kind)) = kind.child(key) else {
                continue;
            };
            match (shape, below) {
                (Shape::Map, below) => self.map(kind, file, below),
                (_, Value::Array(items)) => {
                    items.iter().for_each(|item| self.part(kind, file, item));
                }
                (_, below) => self.part(kind, file, below),
            }
        }
    }

    fn map(&mut self, kind: Kind, file: Option<&'a str>, value: &'a Value) {
        let Value::Object(members) = value else {
            return;
        };
        if let Some(reference) = reference_in(members) {
            if !self.seen.insert((std::ptr::from_ref(value), kind)) {
                return;
            }
            let broken = self.links.documents.broken_file(file, reference);
            self.broken = self.broken.take().or(broken.cloned());
            if let Some(found) = self.links.documents.resolve(file, reference) {
                self.found_any = true;
                self.waiting
                    .push((Shape::Map, kind, found.file, found.value));
            }
        }
        for member in members.values() {
            self.part(kind, file, member);
        }
    }

    fn reference(&mut self, kind: Kind, file: Option<&'a str>, reference: &str) {
        let section = section_of(kind, self.links.version);
        match self.links.lead(kind, file, reference) {
            Lead::Nothing => {
                self.found_any |= file.is_some();
                let broken = self.links.documents.broken_file(file, reference);
                self.broken = self.broken.take().or(broken.cloned());
            }
            Lead::Component(name) => {
                let plain = section.is_some_and(|it| reference == format!("#/{it}/{name}"));
                self.found_any |= file.is_some() || !plain;
            }
            Lead::Place(found) => {
                self.found_any = true;
                self.waiting
                    .push((Shape::One, kind, found.file, found.value));
                if section.is_some() && !(kind == Kind::Schema && is_scalar(found.value)) {
                    self.target(kind, found);
                }
            }
        }
    }

    fn target(&mut self, kind: Kind, found: Found<'a>) {
        let key = (found.file, found.pointer);
        let target = self.targets.entry(key).or_insert_with(|| Target {
            value: found.value,
            kinds: BTreeSet::new(),
            alias: None,
        });
        target.kinds.insert(kind);
    }

    fn mapping(&mut self, file: Option<&'a str>, schema: &'a Map<String, Value>) {
        let mapping = schema.get("discriminator").and_then(|it| it.get("mapping"));
        let values = mapping.and_then(Value::as_object).into_iter().flatten();
        for reference in values.filter_map(|(_, value)| value.as_str()) {
            if is_reference(reference) {
                self.reference(Kind::Schema, file, reference);
            }
        }
    }

    /// Components whose names OpenAPI 3.0 does not allow get others. One that is nothing but a reference to
    /// what is no component gives it its name.
    fn components(&mut self) {
        for (kind, section) in sections(self.links.version) {
            let section = self.links.documents.resolve(None, &format!("#/{section}"));
            let Some(Found { value, pointer, .. }) = section else {
                continue;
            };
            let mut members: Vec<_> = value.as_object().into_iter().flatten().collect();
            members.sort_by_key(|(name, _)| name.as_str());
            for (name, value) in members.into_iter().filter(|(_, it)| it.is_object()) {
                let pointer = format!("{pointer}/{}", escaped(name));
                if !is_plain(name) {
                    self.found_any = true;
                    let file = None;
                    self.target(
                        *kind,
                        Found {
                            file,
                            pointer,
                            value,
                        },
                    );
                } else if let Some(reference) = bare_reference(value)
                    && let Lead::Place(found) = self.links.lead(*kind, None, reference)
                    && let Some(target) = self.targets.get_mut(&(found.file, found.pointer))
                {
                    target.alias.get_or_insert_with(|| name.clone());
                }
            }
        }
    }
}

/// Whether a schema is that of a scalar which has no need of a name: it is put where it is referred to.
fn is_scalar(schema: &Value) -> bool {
    let scalar = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        matches!(name, "boolean" | "integer" | "number" | "string")
    };
    let is_scalar = match schema.get("type") {
        Some(Value::Array(names)) => {
            let mut others = names.iter().filter(|name| *name != "null");
            names.len() < 3 && others.all(scalar)
        }
        Some(name) => scalar(name),
        None => false,
    };
    let named = [
        "allOf",
        "anyOf",
        "const",
        "enum",
        "oneOf",
        "x-extensible-enum",
    ];
    is_scalar && !named.iter().any(|key| schema.get(key).is_some())
}
