//! Rewrites the types that progenitor prints: paths are shortened, enums opened, descriptions and
//! wire names put where they belong, and nothing stays that a reader of the client does not need.

mod enums;
mod fields;
mod headers;
mod paging;
mod paths;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit::Visit;
use syn::{Fields, Item, ItemStruct, parse_quote};

use super::module::{Module, Piece, Table};
use super::{attributes, docs};
use crate::Problem;
use crate::lower::{Facts, TypeFacts};
use paging::Paged;
use paths::Paths;

pub(super) use paths::first_argument;

/// The module of the types that progenitor printed, rewritten, in their order.
pub(super) fn emit(items: Vec<Item>, facts: &Facts) -> Result<Module, Problem> {
    let mut paths = Paths::new(&items);
    let paged = Paged::new(facts);
    let headers = facts.response_headers.as_ref();
    let headers = headers.map(|headers| headers::emit(headers, &paths));
    let mut pieces = Module::parse(headers.unwrap_or_default())?.pieces;
    for item in items {
        match item {
            Item::Struct(item) => pieces.extend(structure(item, facts, &paged, &mut paths)),
            Item::Enum(item) => {
                if let Some(known) = facts.types.get(&item.ident.to_string()) {
                    pieces.extend(enums::open(item, known, &paths));
                }
            }
            Item::Type(mut item) => {
                paths.rewrite(&mut item.ty);
                pieces.push(Piece::Item(Item::Type(item)));
            }
            // What is implemented besides is the runtime's, or nobody's.
            _ => {}
        }
    }
    let mut module = Module::parse(imports(&pieces, &paths))?;
    module.pieces.extend(pieces);
    Ok(module)
}

/// What the types need of elsewhere.
fn imports(pieces: &[Piece], paths: &Paths) -> TokenStream {
    let mut used = Used::default();
    for piece in pieces {
        match piece {
            Piece::Item(item) => used.visit_item(item),
            Piece::Table(_) => used.runtime = true,
        }
    }
    let maps = (used.map && !paths.is_own("BTreeMap")).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let runtime = used.runtime.then(|| {
        quote!(
            use ::generated_client_runtime as runtime;
        )
    });
    quote!(#maps #runtime)
}

/// A struct, and what the runtime has to know of it.
fn structure(mut item: ItemStruct, facts: &Facts, paged: &Paged, paths: &mut Paths) -> Vec<Piece> {
    let ident = item.ident.clone();
    let known = facts.types.get(&ident.to_string()).cloned();
    let known = known.unwrap_or_default();
    let fields::Rewritten { keyed, rows } = fields::rewrite(&mut item.fields, &known, paths);
    let newtype = matches!(item.fields, Fields::Unnamed(_));
    item.attrs = attributes_of(&ident, &known, newtype);
    let mut pieces = vec![Piece::Item(Item::Struct(item))];
    if !newtype {
        pieces.push(Piece::Table(Table {
            name: "message",
            of: ident.to_string(),
            rows,
        }));
    }
    if known.long_running {
        pieces.push(Piece::Item(parse_quote!(runtime::long_running!(#ident);)));
    }
    let paging = paged.implementation(&ident, &keyed, paths);
    pieces.extend(paging.map(Piece::Item));
    pieces
}

fn attributes_of(ident: &syn::Ident, known: &TypeFacts, newtype: bool) -> Vec<syn::Attribute> {
    let mut all = docs::or_else(&known.doc, || format!("The schema `{ident}`."));
    all.extend(attributes::deprecated(known.deprecated));
    if newtype {
        let derived = quote!(
            Clone,
            Debug,
            Default,
            PartialEq,
            serde::Deserialize,
            serde::Serialize
        );
        all.push(attributes::list("derive", derived));
        all.push(attributes::list("serde", quote!(transparent)));
    } else {
        let derived = quote!(Clone, Debug, Default, PartialEq);
        all.push(attributes::list("derive", derived));
        all.push(attributes::word("non_exhaustive"));
    }
    all
}

/// A name on the wire, as it stands in source code.
pub(super) fn shown(wire: &str) -> String {
    proc_macro2::Literal::string(wire)
        .to_token_stream()
        .to_string()
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

/// Rewrites a path in the signature of a method, where no type of the document is in scope. Returns
/// whether it is one of a type that the runtime reads and writes.
pub(super) fn to_runtime(path: &mut syn::Path) -> bool {
    Paths::of_signatures().rewrite_path(path)
}
