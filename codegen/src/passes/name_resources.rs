//! Gives every form of a resource name a type, and its parts the names that the manifest has.

mod types;

pub(crate) use types::name_by_rule;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, Parameter, PathItem, ReferenceOr};

use crate::extensions::{Extension, ResourceName, ResourceNames};
use crate::manifest::Client;
use crate::names::numbered;
use crate::operations::{operation_slot, verbs_mut};
use crate::path_template::{PathTemplate, Placeholder};
use crate::{Diagnostics, Problem};
use types::Types;

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Diagnostics> {
    let mut types = Types::new(client);
    let mut wrong = Diagnostics::default();
    let paths = std::mem::take(&mut document.paths.paths);
    for (path, item) in paths {
        let ReferenceOr::Item(mut item) = item else {
            continue;
        };
        let path = wrong
            .note(name_within(&path, &mut item, &mut types))
            .unwrap_or(path);
        put(document, path, item);
    }
    wrong.note(types.every_entry_was_used());
    wrong.or(())
}

/// Puts operations at a path. Paths that differ in nothing but the names of their placeholders may have become one:
/// then the operations are put together, or, where two have one verb, a fragment tells the paths apart, which is not
/// sent.
fn put(document: &mut OpenAPI, path: String, mut item: PathItem) {
    let paths = &mut document.paths.paths;
    let Some(ReferenceOr::Item(known)) = paths.get_mut(&path) else {
        paths.insert(path, ReferenceOr::Item(item));
        return;
    };
    let is_taken = |verb: &str| known.iter().any(|(other, _)| other == verb);
    if item.parameters.is_empty() && !item.iter().any(|(verb, _)| is_taken(verb)) {
        for (verb, slot) in verbs_mut(&mut item) {
            if let (Some(operation), Some(free)) = (slot.take(), operation_slot(known, verb)) {
                *free = Some(operation);
            }
        }
        return;
    }
    let mut numbered = (2..).map(|number| format!("{path}#{number}"));
    if let Some(free) = numbered.find(|free| !paths.contains_key(free)) {
        paths.insert(free, ReferenceOr::Item(item));
    }
}

/// Names the arguments of the operations of a path. Returns the path with its new placeholders.
fn name_within(path: &str, item: &mut PathItem, types: &mut Types) -> Result<String, Problem> {
    let mut renames = BTreeMap::new();
    for (_, slot) in verbs_mut(item) {
        let Some(operation) = slot else { continue };
        let Some(mut names) = ResourceNames::get(&operation.extensions) else {
            continue;
        };
        // In a document of our own they have their types.
        let untyped = |name: &&mut ResourceName| name.type_name.is_empty();
        for name in names.0.iter_mut().filter(untyped) {
            let known = types.of(&name.pattern)?;
            name.type_name = known.name;
            rename(name, &known.pattern, path, &mut renames);
            name.pattern = known.pattern;
        }
        names.set(&mut operation.extensions);
    }
    for (_, slot) in verbs_mut(item) {
        for parameter in slot
            .iter_mut()
            .flat_map(|operation| &mut operation.parameters)
        {
            if let ReferenceOr::Item(Parameter::Path { parameter_data, .. }) = parameter
                && let Some(name) = renames.get(&parameter_data.name)
            {
                parameter_data.name.clone_from(name);
            }
        }
    }
    Ok(renamed(path, &renames))
}

/// Renames the placeholders of a path that belong to a name: each to what its part is called, with a
/// number behind it where the path has that placeholder already.
fn rename(
    name: &mut ResourceName,
    pattern: &str,
    path: &str,
    renames: &mut BTreeMap<String, String>,
) {
    let mut taken: BTreeSet<String> = renames.values().cloned().collect();
    let others = PathTemplate::parse(path).names();
    let others = others.filter(|each| !renames.contains_key(*each));
    let others: BTreeSet<&str> = others.collect();
    let parts = PathTemplate::parse(pattern).names();
    for (placeholder, part) in name.placeholders.iter_mut().zip(parts) {
        if let Some(known) = renames.get(placeholder) {
            placeholder.clone_from(known);
            continue;
        }
        let is_taken =
            |name: &str| taken.contains(name) || (others.contains(name) && name != placeholder);
        let called = match is_taken(part) {
            true => numbered(part, is_taken),
            false => part.to_owned(),
        };
        taken.insert(called.clone());
        renames.insert(std::mem::replace(placeholder, called.clone()), called);
    }
}

fn renamed(path: &str, renames: &BTreeMap<String, String>) -> String {
    PathTemplate::parse(path).fill(|placeholder| {
        let name = renames.get(placeholder.0);
        name.map_or(placeholder, |name| Placeholder(name))
            .to_string()
    })
}
