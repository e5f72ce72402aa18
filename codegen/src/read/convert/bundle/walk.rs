//! Writes a document down again, with every reference leading to a component.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::links::{Lead, Links, reference_in, section_of};
use super::names::Components;
use super::schemas_within::WITHIN;
use crate::read::convert::documents::{Found, path_beside};
use crate::read::convert::kinds::{Kind, Shape};
use crate::read::convert::origins::{At, Origin, Table};
use crate::read::convert::{MOST_COPIED, Version, weight};

/// How deep things may stand that are put where they are referred to.
const DEEPEST: usize = 8;

/// What a reference says of its own place besides where it leads.
const REMARKS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

/// Writes the document down. Returns it, and where its parts stood.
pub(super) fn walk<'a>(links: Links<'a>, components: Components<'a>) -> (Value, Table) {
    let mut walk = Walk {
        links,
        components,
        table: Table::default(),
        queue: Vec::new(),
        queued: BTreeSet::new(),
        left: MOST_COPIED,
        depth: 0,
        again: 0,
        put_in: BTreeSet::new(),
    };
    let mut document = walk.part(Kind::Document, None, &links.documents.document, &At::ROOT);
    let mut added: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    while let Some((position, kind)) = walk.queue.pop() {
        let Some(section) = section_of(kind, links.version) else {
            continue;
        };
        let (name, value) = walk.component(position, kind, section);
        added.entry(section).or_default().insert(name, value);
    }
    for (section, members) in added {
        let place = section.split('/').fold(&mut document, object_in);
        if let Value::Object(known) = place {
            known.extend(members);
        }
    }
    (document, walk.table)
}

/// The object below a key, which is made where there is none.
fn object_in<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = json!({});
    }
    if !value.get(key).is_some_and(Value::is_object) {
        value[key] = json!({});
    }
    &mut value[key]
}

pub(super) struct Walk<'a> {
    pub links: Links<'a>,
    pub components: Components<'a>,
    pub table: Table,
    /// What is referred to and still has to be written down, and as what.
    queue: Vec<(usize, Kind)>,
    queued: BTreeSet<(usize, Kind)>,
    /// How much may still be put where it is referred to.
    pub left: usize,
    /// How deep in that the walk is, and in what was put somewhere before.
    pub depth: usize,
    again: usize,
    put_in: BTreeSet<*const Value>,
}

impl<'a> Walk<'a> {
    /// Writes down what becomes a component.
    fn component(&mut self, position: usize, kind: Kind, section: &str) -> (String, Value) {
        let target = &self.components.named[position];
        let (file, value, name) = (target.file, target.value, target.name.clone());
        let origin = target.origin();
        let mut at = vec![At::ROOT.key()];
        at.extend(section.split('/'));
        at.push(&name);
        let value = with_place(&at, |at| {
            self.table.moved(at, origin);
            self.content(kind, file, value, at)
        });
        (name, value)
    }

    /// Writes down a part of a document; where it becomes a component, a reference to it.
    pub fn part(&mut self, kind: Kind, file: Option<&'a str>, value: &'a Value, at: &At) -> Value {
        if let Some(position) = self.components.position(value)
            && self.components.named[position].kinds.contains(&kind)
            && let Some(reference) = self.reference_to(position, kind)
        {
            let mut object = Map::from_iter([("$ref".to_owned(), reference)]);
            for key in REMARKS.iter().filter(|_| kind == Kind::Schema) {
                let remark = value.get(*key).map(|it| ((*key).to_owned(), it.clone()));
                object.extend(remark);
            }
            return object.into();
        }
        self.content(kind, file, value, at)
    }

    pub fn content(
        &mut self,
        kind: Kind,
        file: Option<&'a str>,
        value: &'a Value,
        at: &At,
    ) -> Value {
        let Value::Object(object) = value else {
            self.spend(value);
            return value.clone();
        };
        self.spend(&Value::Null);
        let mut members = self.members(kind, file, object, at);
        let Some(reference) = reference_in(object) else {
            return members.into();
        };
        let lead = self.links.lead(kind, file, reference);
        if kind == Kind::Schema && self.links.is_to_another_kind(kind, file, reference) {
            members.insert(WITHIN.to_owned(), true.into());
        }
        match lead {
            Lead::Nothing => {
                members.insert("$ref".to_owned(), absolute(file, reference).into());
            }
            Lead::Component(name) => {
                let section = section_of(kind, self.links.version).unwrap_or_default();
                members.insert("$ref".to_owned(), format!("#/{section}/{name}").into());
            }
            Lead::Place(found) => {
                let position = self.components.position(found.value);
                let to = position.and_then(|position| self.reference_to(position, kind));
                match to {
                    Some(to) => drop(members.insert("$ref".to_owned(), to)),
                    None if self.may_put_in() => self.put_in(kind, found, &mut members, at),
                    None => {
                        members.insert("$ref".to_owned(), absolute(file, reference).into());
                    }
                }
            }
        }
        members.into()
    }

    /// Puts what is referred to where the reference stands. What stands there already stays.
    fn put_in(&mut self, kind: Kind, found: Found<'a>, members: &mut Map<String, Value>, at: &At) {
        members.remove("$ref");
        let content = self.inside(&found, at, |walk| {
            walk.content(kind, found.file, found.value, at)
        });
        if let Value::Object(content) = content {
            for (key, value) in content {
                members.entry(key).or_insert(value);
            }
        }
    }

    fn members(
        &mut self,
        kind: Kind,
        file: Option<&'a str>,
        object: &'a Map<String, Value>,
        at: &At,
    ) -> Map<String, Value> {
        let mut members = Map::new();
        for (key, below) in object {
            let at = at.child(key);
            let value = match (kind.child(key), below) {
                (Some((Shape::Map, below_kind)), Value::Object(map)) => {
                    let is_section = self.is_section(kind);
                    self.map(below_kind, file, map, &at, is_section).into()
                }
                (Some((_, kind)), Value::Array(items)) => {
                    let items = items.iter().enumerate();
                    let part = |(index, item): (usize, &'a Value)| {
                        self.part(kind, file, item, &at.child(&index.to_string()))
                    };
                    items.map(part).collect()
                }
                (Some((_, kind)), below) => self.part(kind, file, below, &at),
                (None, below) if kind == Kind::Schema && key == "discriminator" => {
                    self.discriminator(file, object, below)
                }
                (None, below) => {
                    self.spend(below);
                    below.clone()
                }
            };
            members.insert(key.clone(), value);
        }
        members
    }

    /// Whether maps below a part of this kind are those of the document's components.
    fn is_section(&self, kind: Kind) -> bool {
        match self.links.version {
            Version::V2 => kind == Kind::Document,
            Version::V3_0 | Version::V3_1 => kind == Kind::Components,
        }
    }

    /// A reference to something that becomes a component, which will be written down.
    pub fn reference_to(&mut self, position: usize, kind: Kind) -> Option<Value> {
        let section = section_of(kind, self.links.version)?;
        let named = &self.components.named[position];
        let reference = format!("#/{section}/{}", named.name);
        if !named.is_component && self.queued.insert((position, kind)) {
            self.queue.push((position, kind));
        }
        Some(reference.into())
    }

    /// Writes down what is put at a place. What is put in for the first time is a part of the document, and not
    /// counted.
    pub fn inside<T>(
        &mut self,
        found: &Found<'a>,
        at: &At,
        write: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let again = usize::from(!self.put_in.insert(std::ptr::from_ref(found.value)));
        self.table.moved(at, origin(found));
        self.depth += 1;
        self.again += again;
        let written = write(self);
        self.again -= again;
        self.depth -= 1;
        written
    }

    /// Whether something more may be put where it is referred to.
    pub fn may_put_in(&mut self) -> bool {
        let may = self.left > 0 && self.depth < DEEPEST;
        self.table.is_full |= !may;
        may
    }

    /// Counts what is put where it is referred to.
    fn spend(&mut self, value: &Value) {
        if self.again > 0 {
            self.left = self.left.saturating_sub(weight(value));
        }
    }
}

fn origin(found: &Found) -> Origin {
    Origin {
        file: found.file.map(str::to_owned),
        pointer: found.pointer.clone(),
    }
}

/// A reference that leads nowhere, as the document itself would have it.
pub(super) fn absolute(file: Option<&str>, reference: &str) -> String {
    let Some(file) = file else {
        return reference.to_owned();
    };
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = match path {
        "" => Some(file.to_owned()),
        path => path_beside(Some(file), path),
    };
    path.map_or_else(|| reference.to_owned(), |path| format!("{path}#{fragment}"))
}

/// Calls something with a place that is made of keys.
fn with_place<T>(keys: &[&str], call: impl FnOnce(&At) -> T) -> T {
    fn below<T>(at: &At, keys: &[&str], call: impl FnOnce(&At) -> T) -> T {
        match keys.split_first() {
            None => call(at),
            Some((key, rest)) => below(&at.child(key), rest, call),
        }
    }
    below(&At::ROOT, keys.get(1..).unwrap_or_default(), call)
}
