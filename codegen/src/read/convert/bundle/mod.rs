//! Brings together what a document refers to: everything that is no component of the document becomes one,
//! with a name of its own, wherever it stands: inside of another schema, in the response of an operation, or
//! in a file beside the document. What no component can be, such as the operations of a path, is put where
//! it is referred to.

mod discriminator;
mod links;
mod maps;
mod names;
mod scan;
mod walk;

use serde_json::Value;

use super::Version;
use super::documents::Documents;
use super::origins::Table;

/// Brings a document together. Returns it, and where its parts stood.
pub(super) fn bundle(documents: &Documents, version: Version) -> (Value, Table) {
    let links = links::Links { documents, version };
    let scan = scan::Scan::of(links);
    if !scan.found_any {
        return (documents.document.clone(), Table::default());
    }
    walk::walk(links, names::name(links, scan.targets))
}
