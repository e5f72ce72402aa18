//! Prints the servers from which a user chooses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Comment, code_span};
use crate::model::{Model, ServerFacts};

/// The module of the servers; nothing where there is no choice.
pub(super) fn emit(model: &Model) -> Option<TokenStream> {
    let has_variables = model
        .servers
        .iter()
        .any(|server| !server.variables.is_empty());
    let runtime = has_variables.then(|| {
        quote!(
            use ::generated_client_runtime as runtime;
        )
    });
    let servers = model.servers.iter().map(server);
    (!model.servers.is_empty()).then(|| quote!(#runtime #(#servers)*))
}

fn server(server: &ServerFacts) -> TokenStream {
    let url = &server.url;
    let mut comment = Comment::of(&format!("{}.", code_span(url)));
    comment.add(&server.doc);
    if server.variables.is_empty() {
        let (doc, name) = (
            comment.outer(),
            format_ident!("{}", server.name.to_uppercase()),
        );
        return quote!(#(#doc)* pub const #name: &str = #url;);
    }
    for (variable, _, doc) in &server.variables {
        if !doc.is_empty() {
            comment.add(&format!("{}: {doc}", code_span(variable)));
        }
    }
    let (doc, name) = (comment.outer(), format_ident!("{}", server.name));
    let arguments = server
        .variables
        .iter()
        .map(|(_, argument, _)| format_ident!("{argument}"));
    let arguments: Vec<_> = arguments.collect();
    let variables = server.variables.iter().map(|(name, ..)| name);
    quote! {
        #(#doc)*
        ///
        /// # Errors
        ///
        /// A value that cannot stand there.
        pub fn #name(#(#arguments: &str),*) -> Result<String, runtime::Error> {
            runtime::server_url(#url, &[#((#variables, #arguments)),*])
        }
    }
}
