//! Where a reference leads, seen as what it has to lead to: a schema, a parameter, a path item.

use serde_json::{Map, Value};

use super::schemas_within;
use crate::names::is_of_component;
use crate::read::convert::Version;
use crate::read::convert::documents::{Documents, Found};
use crate::read::convert::kinds::Kind;
use crate::read::convert::origins::unescaped;

/// How many references may lead to each other.
const MOST: usize = 16;

/// The documents, and the version that they have.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    pub documents: &'a Documents,
    pub version: Version,
}

/// Where a reference leads.
pub(super) enum Lead<'a> {
    /// To nothing that is known, or to something else than is wanted.
    Nothing,
    /// To a component of the document, by its name.
    Component(String),
    /// To another place.
    Place(Found<'a>),
}

impl<'a> Links<'a> {
    /// Where a reference leads that stands in a file where a part of this kind is wanted.
    pub fn lead(self, kind: Kind, file: Option<&'a str>, reference: &str) -> Lead<'a> {
        let (mut file, mut reference) = (file, reference.to_owned());
        for _ in 0..MOST {
            let Some(found) = self.documents.resolve(file, &reference) else {
                return Lead::Nothing;
            };
            match self.component(&found) {
                Some((section, _)) if Some(section) != section_of(kind, self.version) => {
                    match (
                        bare_reference(found.value),
                        schemas_within::only(kind, &found),
                    ) {
                        (Some(next), _) => (file, reference) = (found.file, next.to_owned()),
                        (None, Some(within)) => (file, reference) = (None, within),
                        (None, None) => return Lead::Nothing,
                    }
                    continue;
                }
                Some((_, name)) if is_plain(&name) => return Lead::Component(name),
                Some(_) => return Lead::Place(found),
                None => {}
            }
            match bare_reference(found.value) {
                Some(next) => (file, reference) = (found.file, next.to_owned()),
                None => return Lead::Place(found),
            }
        }
        Lead::Nothing
    }

    /// Whether a reference leads to a component of another kind.
    pub fn is_to_another_kind(self, kind: Kind, file: Option<&'a str>, reference: &str) -> bool {
        let found = self.documents.resolve(file, reference);
        let component = found.and_then(|found| self.component(&found));
        component.is_some_and(|(section, _)| Some(section) != section_of(kind, self.version))
    }

    /// The section and the name of a component of the document.
    fn component(self, found: &Found) -> Option<(&'static str, String)> {
        if found.file.is_some() {
            return None;
        }
        let (place, name) = found.pointer.strip_prefix("#/")?.rsplit_once('/')?;
        let sections = sections(self.version);
        let (_, section) = sections.iter().find(|(_, section)| *section == place)?;
        Some((section, unescaped(name)))
    }
}

/// Where components of each kind stand.
pub(super) fn sections(version: Version) -> &'static [(Kind, &'static str)] {
    match version {
        Version::V2 => &[
            (Kind::Parameter, "parameters"),
            (Kind::Response, "responses"),
            (Kind::Schema, "definitions"),
        ],
        Version::V3_0 | Version::V3_1 => &[
            (Kind::Header, "components/headers"),
            (Kind::Parameter, "components/parameters"),
            (Kind::RequestBody, "components/requestBodies"),
            (Kind::Response, "components/responses"),
            (Kind::Schema, "components/schemas"),
        ],
    }
}

/// Where components of a kind stand; nothing where there are none.
pub(super) fn section_of(kind: Kind, version: Version) -> Option<&'static str> {
    let mut sections = sections(version).iter();
    let (_, section) = sections.find(|(known, _)| *known == kind)?;
    Some(section)
}

/// Whether OpenAPI 3.0 allows a name for a component.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_of_component)
}

/// The reference of an object, if it has one.
pub(super) fn reference_in(object: &Map<String, Value>) -> Option<&str> {
    object.get("$ref")?.as_str()
}

/// The reference of an object that has nothing else.
pub(super) fn bare_reference(value: &Value) -> Option<&str> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    reference_in(object)
}

/// Whether what stands in a mapping of a discriminator is a reference, and not the name of a schema.
pub(super) fn is_reference(text: &str) -> bool {
    let ends = [".json", ".yaml", ".yml"];
    text.contains(['#', '/']) || ends.iter().any(|end| text.ends_with(end))
}
