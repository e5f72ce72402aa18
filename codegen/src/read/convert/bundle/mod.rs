//! Brings together what a document refers to: everything that is no component of the document becomes one,
//! with a name of its own, wherever it stands: inside of another schema, in the response of an operation, or
//! in a file beside the document. What no component can be, such as the operations of a path, is put where
//! it is referred to.

mod discriminator;
mod links;
mod maps;
mod names;
mod scan;
mod schemas_within;
mod walk;

use serde_json::Value;

use super::Version;
use super::documents::Documents;
use super::origins::Table;
use crate::Problem;
pub(in crate::read) use schemas_within::WITHIN;

/// Brings a document together. Returns it, and where its parts stood.
///
/// # Errors
///
/// A file that the document refers to cannot be parsed.
pub(super) fn bundle(documents: &Documents, version: Version) -> Result<(Value, Table), Problem> {
    let links = links::Links { documents, version };
    let scan = scan::Scan::of(links);
    match scan.broken {
        Some(problem) => Err(problem),
        None if scan.found_any => Ok(walk::walk(links, names::name(links, scan.targets))),
        None => Ok((documents.document.clone(), Table::default())),
    }
}
