//! Parameters that every operation refers to: they are the API's, and no operation's own.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{Parameter, ParameterData, PathItem, ReferenceOr};

use super::{operation, parameter, references};
use crate::extensions::{Extension, StandardParameter};
use crate::operations::{parameter_reference, verbs_mut};
use crate::read::neutral;
use crate::read::node::Node;

type Paths = IndexMap<String, ReferenceOr<PathItem>>;
type Parameters = IndexMap<String, ReferenceOr<Parameter>>;

/// Lifts the optional parameters of the query that every operation refers to. Returns them by name.
pub(super) fn lift(root: &Node, paths: &mut Paths) -> Parameters {
    let mut lifted = Parameters::new();
    let mut names = BTreeMap::new();
    let shared = match neutral::is_neutral(root) {
        true => marked(root),
        false => shared(root),
    };
    for (name, node) in super::components(root, "parameters") {
        if !shared.contains(name) {
            continue;
        }
        let Ok(Some((_, mut parameter))) = parameter::read(root, &node) else {
            continue;
        };
        let Parameter::Query { parameter_data, .. } = &mut parameter else {
            continue;
        };
        if !parameter_data.required {
            let known = parameter_data.clone();
            StandardParameter(true).set(&mut parameter_data.extensions);
            names.insert(known.name.clone(), (name.to_owned(), known));
            lifted.insert(name.to_owned(), ReferenceOr::Item(parameter));
        }
    }
    move_to_paths(paths, &names);
    lifted
}

/// Takes the parameters that are lifted from the operations, and lets every path refer to them. They are known
/// by their names in the query: the name of the component, and what it says.
fn move_to_paths(paths: &mut Paths, names: &BTreeMap<String, (String, ParameterData)>) {
    for item in paths.values_mut() {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        let is_lifted = |parameter: &ReferenceOr<Parameter>| match parameter.as_item() {
            Some(Parameter::Query { parameter_data, .. }) => names
                .get(&parameter_data.name)
                .is_some_and(|(_, known)| known == parameter_data),
            _ => false,
        };
        for operation in verbs_mut(item)
            .into_iter()
            .filter_map(|(_, slot)| slot.as_mut())
        {
            operation
                .parameters
                .retain(|parameter| !is_lifted(parameter));
        }
        let references = names.values().map(|(name, _)| parameter_reference(name));
        item.parameters.extend(references);
    }
}

/// The names of those that a document of our own marks.
fn marked<'a>(root: &Node<'a>) -> BTreeSet<&'a str> {
    let all = super::components(root, "parameters").into_iter();
    let marked = all.filter(|(_, node)| node.get(StandardParameter::KEY).is_some());
    marked.map(|(name, _)| name).collect()
}

/// The names of the parameters of the document that every operation refers to; none where there is one
/// operation only.
fn shared<'a>(root: &Node<'a>) -> BTreeSet<&'a str> {
    let mut shared: Option<BTreeSet<&str>> = None;
    let mut count = 0;
    for (_, item) in root.members_of("paths").unwrap_or_default() {
        for operation in operation::VERBS.iter().filter_map(|verb| item.get(verb)) {
            let own = [&item, &operation].map(|holder| holder.items_of("parameters"));
            let own = own.into_iter().flatten().flatten();
            let own = own.filter_map(|it| references::name(&it, "parameters").ok().flatten());
            let own: BTreeSet<&str> = own.collect();
            count += 1;
            shared = Some(match shared {
                Some(shared) => shared.intersection(&own).copied().collect(),
                None => own,
            });
        }
    }
    shared.filter(|_| count > 1).unwrap_or_default()
}
