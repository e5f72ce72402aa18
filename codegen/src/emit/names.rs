//! Prints the types that hold the names of resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Model;

pub(super) fn emit(model: &Model) -> TokenStream {
    let names = model.names.iter().map(|name| {
        let ident = format_ident!("{}", name.name);
        let pattern = &name.pattern;
        let parts = name.parts.iter().map(|part| format_ident!("{part}"));
        quote!(resource_name!(#ident, #pattern, #(#parts),*);)
    });
    quote! {
        use ::generated_client_runtime::resource_name;
        #(#names)*
    }
}
