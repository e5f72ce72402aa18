//! Prints a client: progenitor gives names, types and signatures, a pass over what it gives replaces
//! every body by a call into the runtime, and what remains is a few lines of data.

mod attributes;
mod client;
mod credentials;
mod docs;
mod module;
mod names;
mod servers;
mod space;
pub(crate) mod surface;
mod types;

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::Lowered;
use crate::model::Model;
use crate::output::{self, OutputFile};
use crate::{Problem, Source};
use docs::{Comment, code_span};
use space::Space;

pub(crate) use module::{Module, Piece, Table};

/// Prints every file of a client but the neutral document.
pub(crate) fn emit(lowered: &Lowered, source: &Source) -> Result<Vec<OutputFile>, Problem> {
    let model = &lowered.model;
    let generator = space::run(lowered)?;
    let space = Space::new(generator.get_type_space());
    let mut modules = client::emit(&space, model)?;
    modules.push(("types", types::emit(&space, model)?));
    if let Some(credentials) = credentials::emit(model) {
        modules.push(("credentials", Module::parse(credentials)?));
    }
    if let Some(servers) = servers::emit(model) {
        modules.push(("servers", Module::parse(servers)?));
    }
    if !model.names.is_empty() {
        modules.push(("names", Module::parse(names::emit(model))?));
    }
    modules.retain(|(_, module)| !module.pieces.is_empty());
    modules.sort_by_key(|(name, _)| *name);
    let root = root(model, modules.iter().map(|(name, _)| *name));
    modules.push(("mod", Module::parse(root)?));
    let files = modules.into_iter();
    Ok(files
        .map(|(name, module)| output::rust(&format!("{name}.rs"), source, module))
        .collect())
}

/// What the documentation of a client begins with.
fn front_page(model: &Model) -> Comment {
    let mut doc = format!("{}, version {}", model.title, model.version);
    if let Some(revision) = &model.revision {
        doc.push_str(&format!(", revision {revision}"));
    }
    let mut comment = Comment::of(&format!("{doc}."));
    comment.add(&model.description);
    left_out(&mut comment, model);
    comment
}

/// Says which operations of the document are not generated, and why.
fn left_out(comment: &mut Comment, model: &Model) {
    if model.left_out.is_empty() {
        return;
    }
    comment.add_own("# Operations that are left out");
    let operations = model.left_out.iter().map(|left_out| {
        let reasons = left_out.reasons.iter().map(|reason| code_span(reason));
        let reasons: Vec<_> = reasons.collect();
        format!(
            "* {}: {}",
            code_span(&left_out.operation),
            reasons.join("; ")
        )
    });
    comment.add(&operations.collect::<Vec<_>>().join("\n"));
}

/// The module that holds the others.
fn root<'a>(model: &Model, modules: impl Iterator<Item = &'a str>) -> TokenStream {
    let doc = front_page(model).inner();
    // What is deprecated is still printed, and what is printed uses it.
    let allow = model.has_deprecated().then(|| quote!(#[allow(deprecated)]));
    let modules = modules.map(|name| {
        let ident = quote::format_ident!("{name}");
        match name {
            "client" => quote!(#allow mod client;),
            "credentials" => quote! {
                /// The credentials that operations need.
                pub mod credentials;
            },
            "names" => quote! {
                /// The names of resources.
                pub mod names;
            },
            "requests" => quote! {
                /// The requests that methods return, with setters for optional parameters.
                #allow
                pub mod requests;
            },
            "resources" => quote! {
                /// The resources, which group the methods.
                #allow
                pub mod resources;
            },
            "servers" => quote! {
                /// The servers of the API, for `base_url` of the builder.
                pub mod servers;
            },
            _ => quote! {
                /// The schemas of requests and responses.
                #allow
                pub mod #ident;
            },
        }
    });
    quote! {
        #doc
        #(#modules)*
        pub use client::Client;
    }
}
