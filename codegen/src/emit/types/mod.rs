//! Rewrites the types that progenitor prints: paths are shortened, enums opened, descriptions and
//! wire names put where they belong, and nothing stays that a reader of the client does not need.

mod enums;
mod fields;
mod headers;
mod paging;
mod paths;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Fields, Item, ItemStruct, parse_quote};

use super::docs;
use crate::lower::{Facts, TypeFacts};
use paths::Paths;

/// Rewrites the types, in their order.
pub(super) fn rewrite(items: Vec<Item>, facts: &Facts) -> Vec<Item> {
    let mut paths = Paths::new(&items);
    let mut rewritten = Vec::new();
    for item in items {
        match item {
            Item::Struct(item) => {
                let known = facts.types.get(&item.ident.to_string());
                let known = known.cloned().unwrap_or_default();
                rewritten.extend(structure(item, &known, facts, &mut paths));
            }
            Item::Enum(item) => {
                if let Some(known) = facts.types.get(&item.ident.to_string()) {
                    rewritten.extend(enums::open(&item, known, &paths));
                }
            }
            Item::Type(mut item) => {
                paths.rewrite(&mut item.ty);
                rewritten.push(Item::Type(item));
            }
            // What is implemented besides is the runtime's, or nobody's.
            _ => {}
        }
    }
    rewritten
}

/// The module, with the imports that its types need.
pub(super) fn emit(items: &[Item], facts: &Facts) -> TokenStream {
    let mut used = Used::default();
    items.iter().for_each(|item| used.visit_item(item));
    let headers = facts.response_headers.as_ref();
    let headers = headers.map(|headers| headers::emit(headers, &Paths::new(items)));
    used.runtime |= headers.is_some();
    let maps = used.map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let runtime = used.runtime.then(|| {
        quote!(
            use ::generated_client::runtime;
        )
    });
    quote! {
        #maps
        #runtime
        #headers
        #(#items)*
    }
}

fn structure(
    mut item: ItemStruct,
    known: &TypeFacts,
    facts: &Facts,
    paths: &mut Paths,
) -> Vec<Item> {
    let ident = item.ident.clone();
    let newtype = matches!(item.fields, Fields::Unnamed(_));
    let camel_case = fields::rename_all(&item.fields, known);
    let keys = fields::rewrite(&mut item.fields, known, paths, camel_case);
    let doc = docs::or_else(&known.doc, || format!("The schema `{ident}`."));
    let deprecated = docs::deprecated(known.deprecated);
    let read = (!known.sent_only).then(|| quote!(serde::Deserialize,));
    let serde = container(newtype, known.sent_only, camel_case);
    let open = (!newtype).then(|| quote!(#[non_exhaustive]));
    let fields = &item.fields;
    let end = newtype.then(|| quote!(;));
    let mut items = vec![parse_quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq, #read serde::Serialize)]
        #serde
        #open
        pub struct #ident #fields #end
    }];
    items.extend(parameters(&ident, known));
    items.extend(paging::implementations(&ident, &keys, facts, paths));
    items
}

/// How serde reads and writes a struct.
fn container(newtype: bool, sent_only: bool, camel_case: bool) -> Option<TokenStream> {
    if newtype {
        return Some(quote!(#[serde(transparent)]));
    }
    let default = (!sent_only).then(|| quote!(default));
    let rename = camel_case.then(|| quote!(rename_all = "camelCase"));
    let parts: Vec<TokenStream> = [default, rename].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]))
}

/// What the runtime has to know of a struct of parameters.
fn parameters(ident: &syn::Ident, known: &TypeFacts) -> Option<Item> {
    if !known.sent_only {
        return None;
    }
    let limits = known.fields.values().filter_map(|field| {
        let wire = &field.wire;
        let limit = proc_macro2::Literal::usize_unsuffixed(field.max_length?);
        Some(quote!((#wire, #limit)))
    });
    let limits: Vec<_> = limits.collect();
    let limits = (!limits.is_empty())
        .then(|| quote!(const MAX_LENGTHS: &'static [(&'static str, usize)] = &[#(#limits),*];));
    Some(parse_quote! {
        impl runtime::Parameters for #ident {
            #limits
        }
    })
}

/// What is used of what a module of types imports.
#[derive(Default)]
struct Used {
    map: bool,
    runtime: bool,
}

impl<'ast> Visit<'ast> for Used {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.map |= first.ident == "BTreeMap";
            self.runtime |= first.ident == "runtime" && path.leading_colon.is_none();
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.runtime |= list.tokens.to_string().contains("\"runtime::");
        }
    }
}

/// Rewrites a path in the signature of a method, where no type of the document is in scope.
pub(super) fn to_runtime(path: &mut syn::Path) {
    Paths::new(&[]).visit_path_mut(path);
}
