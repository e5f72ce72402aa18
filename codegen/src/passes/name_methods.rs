//! Names the operations whose ids would all become the same method, or one that another brings along:
//! `list` may have a `list_with` and a `list_pages`.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;

use crate::extensions::{Extension, MethodName};
use crate::names;
use crate::operations::{operations, operations_mut};

pub(super) fn run(document: &mut OpenAPI) {
    let ids: Vec<String> = operations(document)
        .map(|each| each.id().to_owned())
        .collect();
    let names = distinct(&ids);
    for (_, operation) in operations_mut(document) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        if let Some(name) = names.get(id)
            && *name != names::operation(id)
        {
            MethodName(name.clone()).set(&mut operation.extensions);
        }
    }
}

/// The methods' names, by the ids. One that got a number brings others along by that name.
fn distinct(ids: &[String]) -> BTreeMap<&str, String> {
    let brings = |name: &String| [names::with(name), names::pages(name)];
    let by_rule = ids.iter().map(|id| names::operation(id));
    let mut brought: BTreeSet<String> = by_rule.flat_map(|name| brings(&name)).collect();
    loop {
        let ids = ids.iter().map(String::as_str);
        let found = names::distinct(ids, names::operation, &brought);
        let known = brought.len();
        brought.extend(found.values().flat_map(brings));
        if brought.len() == known {
            return found;
        }
    }
}
