//! Prints what is known of each operation, as data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use crate::lower::{Facts, Method};

pub(super) fn emit(facts: &Facts) -> TokenStream {
    let constants = facts.methods.iter().map(constant);
    let all = facts.methods.iter().map(name);
    let imports = match facts
        .methods
        .iter()
        .any(|method| !method.credentials.is_empty())
    {
        true => quote!(
            use ::generated_client::runtime::{CredentialKind, Operation};
        ),
        false => quote!(
            use ::generated_client::runtime::Operation;
        ),
    };
    quote! {
        #imports
        #(#constants)*
        /// Every operation of the client.
        pub const ALL: &[&Operation] = &[#(&#all),*];
    }
}

/// The constant that holds what is known of a method's operation.
pub(super) fn name(method: &Method) -> syn::Ident {
    format_ident!("{}", method.constant)
}

fn constant(method: &Method) -> TokenStream {
    let (name, verb) = (name(method), format_ident!("{}", method.verb));
    let Method {
        id,
        template,
        scopes,
        credentials,
        headers,
        ..
    } = method;
    let verb_and_path = format!("{} {template}", method.verb.to_ascii_uppercase());
    let doc = docs::outer(&format!("{}.", docs::code_span(&verb_and_path)));
    let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
    let credentials = credentials.iter().map(|kind| format_ident!("{kind:?}"));
    let credentials: Vec<_> = credentials.collect();
    let credentials = (!credentials.is_empty())
        .then(|| quote!(.credentials(&[#(CredentialKind::#credentials),*])));
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .map(|(name, value)| quote!((#name, #value)));
    let headers = (headers.len() > 0).then(|| quote!(.headers(&[#(#headers),*])));
    let wrapper = method.data_wrapper.then(|| quote!(.data_wrapper()));
    let idempotent = method.idempotent.then(|| quote!(.idempotent()));
    quote! {
        #(#doc)*
        pub const #name: Operation = Operation::#verb(#id, #template) #idempotent #scopes #credentials #headers #wrapper;
    }
}
