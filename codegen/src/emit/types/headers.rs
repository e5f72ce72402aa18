//! Prints the type that holds the headers of responses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::docs;
use super::super::space::{Space, Within};
use crate::model::ResponseHeaders;

/// The type, and how it is read.
pub(super) fn emit(headers: &ResponseHeaders, space: &Space) -> TokenStream {
    let (option, string) = (
        space.standard("Option", Within::Types),
        space.standard("String", Within::Types),
    );
    let name = format_ident!("{}", headers.name);
    let fields = headers.fields.iter().map(|field| {
        let name = format_ident!("{}", field.name);
        let kind = match field.kind {
            "String" => quote!(#string),
            kind => {
                let kind = format_ident!("{kind}");
                quote!(#kind)
            }
        };
        let doc = docs::or_else(&field.doc, || {
            format!("The header {}.", docs::code_span(&field.wire))
        });
        quote!(#(#doc)* pub #name: #option<#kind>)
    });
    let read = headers.fields.iter().map(|field| {
        let (name, wire) = (
            format_ident!("{}", field.name),
            field.wire.to_ascii_lowercase(),
        );
        quote!(#name: runtime::header(headers, #wire))
    });
    quote! {
        /// The headers that responses have. Which of them there are depends on the operation and on the
        /// status; one that cannot be read is as good as none.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        impl runtime::TypedHeaders for #name {
            fn read(headers: &runtime::HeaderMap) -> Self {
                Self {
                    #(#read,)*
                }
            }
        }
    }
}
