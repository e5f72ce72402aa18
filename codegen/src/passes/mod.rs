//! Passes: each adds one kind of fact to the neutral document.

mod apply_scopes;
mod derive_idempotency;
mod derive_paging;
mod keep_tokens;
mod mark_long_running;
mod mark_partial;
mod name_methods;
mod name_resources;

pub(crate) use name_resources::name_by_rule;
use openapiv3::OpenAPI;

use crate::Problem;
use crate::manifest::Client;

/// Runs every pass.
pub(crate) fn run(mut document: OpenAPI, client: &Client) -> Result<OpenAPI, Problem> {
    apply_scopes::run(&mut document, client)?;
    name_methods::run(&mut document);
    name_resources::run(&mut document, client)?;
    derive_idempotency::run(&mut document);
    keep_tokens::run(&mut document);
    derive_paging::run(&mut document, client)?;
    mark_long_running::run(&mut document);
    mark_partial::run(&mut document);
    Ok(document)
}
