//! Names the operations whose ids would all become the same method.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use crate::extensions::{Extension, MethodName};
use crate::names;
use crate::operations::{operations, operations_mut};

pub(super) fn run(document: &mut OpenAPI) {
    let ids: Vec<String> = operations(document)
        .map(|each| each.id().to_owned())
        .collect();
    // What progenitor is to know the standard parameters by.
    let taken = BTreeSet::from(["standard_parameters".to_owned()]);
    let ids = ids.iter().map(String::as_str);
    let names = names::distinct(ids, names::operation, &taken);
    for (_, operation) in operations_mut(document) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        if let Some(name) = names.get(id)
            && *name != names::operation(id)
        {
            MethodName(name.clone()).set(&mut operation.extensions);
        }
    }
}
