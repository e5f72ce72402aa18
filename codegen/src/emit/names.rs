//! Prints the types that hold the names of resources.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Model;
use crate::names::{placeholders, snake, unique};

pub(super) fn emit(model: &Model) -> TokenStream {
    let names = model.names.iter().map(|name| {
        let ident = format_ident!("{}", name.name);
        let pattern = &name.pattern;
        let mut taken = BTreeSet::new();
        let parts = placeholders(pattern).map(|part| {
            let wanted = match snake(part) {
                // Names have a function of that name.
                part if part == "new" => "new_".to_owned(),
                part => part,
            };
            format_ident!("{}", unique(wanted, &mut taken))
        });
        quote!(resource_name!(#ident, #pattern, #(#parts),*);)
    });
    quote! {
        use ::generated_client_runtime::resource_name;
        #(#names)*
    }
}
