//! What is called how that becomes a component.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::links::{Links, is_plain, sections};
use super::scan::Targets;
use crate::names::unique;
use crate::read::convert::kinds::Kind;
use crate::read::convert::origins::{Origin, unescaped};

/// How long a name may be that is made of a place.
const LONGEST: usize = 80;

/// Something that becomes a component, and its name.
pub(super) struct Named<'a> {
    /// Its file; nothing where it stands in the document itself.
    pub file: Option<&'a str>,
    /// Where it stands.
    pub pointer: String,
    /// What it is.
    pub value: &'a Value,
    /// As what it is referred to.
    pub kinds: BTreeSet<Kind>,
    /// Its name.
    pub name: String,
    /// Whether it stands among the components already, or one of them leads to it that has its name.
    pub is_component: bool,
}

impl Named<'_> {
    /// Where it stands.
    pub fn origin(&self) -> Origin {
        Origin {
            file: self.file.map(str::to_owned),
            pointer: self.pointer.clone(),
        }
    }
}

/// What becomes a component, with its name, and where each of them is by the value that it is.
pub(super) struct Components<'a> {
    /// All of them.
    pub named: Vec<Named<'a>>,
    positions: BTreeMap<*const Value, usize>,
}

impl Components<'_> {
    /// Which of them a value is.
    pub fn position(&self, value: &Value) -> Option<usize> {
        self.positions.get(&std::ptr::from_ref(value)).copied()
    }
}

/// Gives everything a name that no component has, in any order of the document.
pub(super) fn name<'a>(links: Links<'a>, targets: Targets<'a>) -> Components<'a> {
    let mut taken = names_of_components(links);
    let (mut named, mut positions) = (Vec::new(), BTreeMap::new());
    for ((file, pointer), target) in targets {
        let in_section = |(_, section): &(Kind, &str)| {
            let within = pointer
                .strip_prefix("#/")
                .and_then(|it| it.strip_prefix(section));
            within.is_some_and(|rest| rest.matches('/').count() == 1)
        };
        let is_renamed = file.is_none() && sections(links.version).iter().any(in_section);
        let is_component = is_renamed || target.alias.is_some();
        let name = target
            .alias
            .unwrap_or_else(|| unique(wanted(file, &pointer), &mut taken));
        positions.insert(std::ptr::from_ref(target.value), named.len());
        named.push(Named {
            file,
            pointer,
            value: target.value,
            kinds: target.kinds,
            name,
            is_component,
        });
    }
    Components { named, positions }
}

fn names_of_components(links: Links) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for (_, section) in sections(links.version) {
        let found = links.documents.resolve(None, &format!("#/{section}"));
        let members = found.and_then(|found| found.value.as_object());
        let names = members.into_iter().flat_map(|members| members.keys());
        taken.extend(names.filter(|name| is_plain(name)).cloned());
    }
    taken
}

/// What says where something stands, and not what it is.
const WHERE: &[&str] = &[
    "$defs",
    "allOf",
    "anyOf",
    "application~1json",
    "components",
    "content",
    "definitions",
    "oneOf",
    "parameters",
    "paths",
    "properties",
    "responses",
    "schema",
    "schemas",
];

/// The name that something would have, of the keys on the way to it, or of its file.
fn wanted(file: Option<&str>, pointer: &str) -> String {
    let own = pointer
        .rsplit_once("/$defs/")
        .map_or(pointer, |(_, own)| own);
    let parts = own
        .split('/')
        .filter(|part| *part != "#" && !WHERE.contains(part));
    let words = parts.map(|part| match part {
        "items" => "item".to_owned(),
        "additionalProperties" => "value".to_owned(),
        part => plain(&unescaped(part)),
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("_");
    let name = match (name.is_empty(), file) {
        (false, _) => name,
        (true, Some(file)) => {
            let file = file.rsplit('/').next().unwrap_or_default();
            plain(file.rsplit_once('.').map_or(file, |(stem, _)| stem))
        }
        (true, None) => String::new(),
    };
    let start = name.len().saturating_sub(LONGEST);
    let name = name[start..].trim_matches('_');
    match name.is_empty() {
        true => "Schema".to_owned(),
        false => name.to_owned(),
    }
}

/// A text with an underscore in the place of all that a name cannot have.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        let kept = c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        match kept {
            true => plain.push(c),
            false if plain.ends_with('_') => {}
            false => plain.push('_'),
        }
    }
    plain.trim_matches('_').to_owned()
}
