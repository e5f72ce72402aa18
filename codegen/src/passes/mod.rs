//! Passes: each adds one kind of fact to the neutral document.

mod apply_scopes;
mod choose_scopes;
mod counted_pages;
mod derive_idempotency;
mod derive_paging;
mod expand_names;
mod keep_tokens;
mod last_items;
mod mark_long_running;
mod mark_partial;
mod name_methods;
mod name_resources;
mod page_facts;
mod paging_shapes;
mod stated_paging;

pub(crate) use name_resources::name_by_rule;
use openapiv3::OpenAPI;
pub(crate) use page_facts::kind;
pub(crate) use paging_shapes::in_urls;

use crate::Diagnostics;
use crate::manifest::Client;
use crate::scopes::Reach;

/// Runs every pass. Everything that is wrong with the manifest is found.
pub(crate) fn run(
    mut document: OpenAPI,
    client: &Client,
    reach: &Reach,
    wrong: &mut Diagnostics,
) -> OpenAPI {
    let mut of_manifest = Diagnostics::default();
    of_manifest.note(expand_names::run(&mut document, client));
    of_manifest.note(apply_scopes::run(&mut document, client));
    choose_scopes::run(&mut document, reach);
    name_methods::run(&mut document);
    of_manifest.note(name_resources::run(&mut document, client));
    derive_idempotency::run(&mut document);
    keep_tokens::run(&mut document);
    of_manifest.note(derive_paging::run(&mut document, client));
    mark_long_running::run(&mut document);
    mark_partial::run(&mut document);
    if !client.lenient {
        wrong.note(of_manifest.or(()));
    }
    document
}
