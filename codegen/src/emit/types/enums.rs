//! Opens enums: a value that the document does not know is kept as it came.

use quote::quote;
use syn::{Item, ItemEnum, parse_quote};

use super::super::docs;
use super::fields::renamed;
use super::paths::Paths;
use crate::lower::{TypeFacts, Variant};

/// The variants of an enum in the order of the document, one for every other value, and the table
/// from which the runtime reads and writes them.
pub(super) fn open(item: &ItemEnum, known: &TypeFacts, paths: &Paths) -> Vec<Item> {
    let ident = &item.ident;
    let mut variants: Vec<(&syn::Ident, &Variant)> = item
        .variants
        .iter()
        .filter_map(|variant| {
            let name = renamed(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
            Some((&variant.ident, known.variants.get(&name)?))
        })
        .collect();
    variants.sort_by_key(|(_, variant)| variant.position);
    let doc = docs::or_else(&known.doc, || format!("The values of `{ident}`."));
    let deprecated = docs::deprecated(known.deprecated);
    let string = paths.string();
    let listed = variants.iter().map(|(name, variant)| {
        let doc = docs::or_else(&variant.doc, || match variant.wire.as_str() {
            "" => "The empty string.".to_owned(),
            wire => format!("`{wire}`."),
        });
        let deprecated = docs::deprecated(variant.deprecated);
        quote!(#doc #deprecated #name)
    });
    let values = variants.iter().map(|(name, variant)| {
        let wire = &variant.wire;
        quote!((#wire, Self::#name))
    });
    vec![
        parse_quote! {
            #doc
            #deprecated
            #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            #[non_exhaustive]
            pub enum #ident {
                #(#listed,)*
                /// A value that this version does not know, as it came.
                Unrecognized(#string),
            }
        },
        parse_quote! {
            impl #ident {
                /// Every value that the API documents, with its name on the wire.
                pub const VALUES: &'static [(&'static str, Self)] = &[#(#values),*];
            }
        },
        parse_quote!(runtime::open_enum!(#ident);),
    ]
}
