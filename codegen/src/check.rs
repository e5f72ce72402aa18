//! Refuses what cannot be printed.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::operations::operations;
use crate::{Problem, Source, names};

/// Checks a document that every pass has seen.
pub(crate) fn check(document: &OpenAPI, source: &Source) -> Result<(), Problem> {
    operations_have_names_of_their_own(document, source)
}

fn operations_have_names_of_their_own(document: &OpenAPI, source: &Source) -> Result<(), Problem> {
    let mut ids_by_name = BTreeMap::new();
    for each in operations(document) {
        let id = each.id().to_owned();
        if let Some(other) = ids_by_name.insert(names::operation(&id), id.clone()) {
            return Err(Problem::new(
                source.name,
                "",
                format!("the methods `{other}` and `{id}` have one and the same name in Rust"),
                "select only one of the two",
            ));
        }
    }
    Ok(())
}
