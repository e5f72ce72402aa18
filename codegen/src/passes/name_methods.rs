//! Names the operations whose ids would all become the same method.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;

use crate::extensions::{Extension, MethodName};
use crate::names;
use crate::operations::{operations, operations_mut};

pub(super) fn run(document: &mut OpenAPI) {
    let by_rule: BTreeMap<String, String> = operations(document)
        .map(|each| (each.id().to_owned(), each.name_by_rule()))
        .collect();
    let ids = by_rule.keys().map(String::as_str);
    let names = names::distinct(ids, |id| by_rule[id].clone(), &BTreeSet::new());
    for (_, operation) in operations_mut(document) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        if let Some(name) = names.get(id)
            && *name != by_rule[id]
        {
            MethodName(name.clone()).set(&mut operation.extensions);
        }
    }
}
