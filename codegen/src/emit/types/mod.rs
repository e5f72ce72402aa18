//! Prints the types of a client, each with the table by which the runtime reads and writes it.

mod constructors;
mod enums;
mod fields;
mod headers;
mod paging;
mod unions;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::visit::Visit;
use syn::{Attribute, Ident, Item, parse_quote};
use typify::{TypeDetails, TypeId, TypeStruct};

use super::module::{Module, Piece, Table};
use super::space::{Form, Space, Within};
use super::{attributes, docs};
use crate::Problem;
use crate::model::{Model, TypeFacts};
pub(super) use constructors::MOST as MOST_REQUIRED;
use paging::Paged;
pub(super) use unions::variants;

/// The module of the types, sorted by name.
pub(super) fn emit(space: &Space, model: &Model) -> Result<Module, Problem> {
    let paged = Paged::new(model);
    let headers = model.response_headers.as_ref();
    let headers = headers.map(|headers| headers::emit(headers, space));
    let mut pieces = Module::parse(headers.unwrap_or_default())?.pieces;
    let signatures = model.methods.iter().map(|method| &method.signature);
    let signatures = signatures.chain([&model.standard]);
    let signatures: BTreeSet<&str> = signatures.map(|it| it.name.as_str()).collect();
    let printed = space.named.iter();
    for (name, each) in printed.filter(|(name, _)| !signatures.contains(name.as_str())) {
        let known = model.types.get(name).cloned().unwrap_or_default();
        let union = known.union.as_ref();
        pieces.extend(match each.details() {
            TypeDetails::Struct(details) => match union {
                Some(union) => unions::print(name, &details, (&known, union), space)?,
                None => structure(name, &details, &known, &paged, space)?,
            },
            TypeDetails::Enum(_) => enums::open(name, &known, space)?,
            TypeDetails::Newtype(details) => newtype(name, &details.inner(), &known, space)?,
            _ => Vec::new(),
        });
        pieces.extend(known.fit.as_ref().map(|fit| unions::fit(name, fit)));
    }
    let mut module = Module::parse(imports(&pieces, space))?;
    module.pieces.extend(pieces);
    Ok(module)
}

/// What the types need of elsewhere.
fn imports(pieces: &[Piece], space: &Space) -> TokenStream {
    let mut used = Used::default();
    for piece in pieces {
        match piece {
            Piece::Item(item) => used.visit_item(item),
            Piece::Table(_) => used.runtime = true,
        }
    }
    let maps = (used.map && !space.named.contains_key("BTreeMap")).then(|| {
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
fn structure(
    name: &str,
    details: &TypeStruct,
    known: &TypeFacts,
    paged: &Paged,
    space: &Space,
) -> Result<Vec<Piece>, Problem> {
    let ident = format_ident!("{name}");
    let (mut printed, mut rows, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (key, id) in details.properties() {
        let field = fields::print(key, &id, known, space)?;
        printed.push(field.declaration);
        rows.push(field.row);
        keys.push(key);
    }
    let about = about(&ident, known);
    let derived = attributes::list("derive", quote!(Clone, Debug, Default, PartialEq));
    let item: syn::ItemStruct = syn::parse2(quote! {
        #(#about)*
        #derived
        #[non_exhaustive]
        pub struct #ident {
            #(#printed,)*
        }
    })
    .map_err(Problem::internal)?;
    let paging = paged.implementation(&ident, &keys, &item.fields);
    let table = Table {
        name: "message",
        of: name.to_owned(),
        rows,
    };
    let constructor = constructors::emit(&ident, &keys, &item.fields, known, space)?;
    let mut pieces = vec![Piece::Item(Item::Struct(item)), Piece::Table(table)];
    pieces.extend(constructor.map(Piece::Item));
    if known.long_running {
        pieces.push(Piece::Item(parse_quote!(runtime::long_running!(#ident);)));
    }
    pieces.extend(paging.map(Piece::Item));
    Ok(pieces)
}

/// A type that is another one in JSON.
fn newtype(
    name: &str,
    inner: &TypeId,
    known: &TypeFacts,
    space: &Space,
) -> Result<Vec<Piece>, Problem> {
    let ident = format_ident!("{name}");
    let (inner, form) = space.write(inner, Within::Types)?;
    let about = about(&ident, known);
    let as_wire = (form != Form::Plain).then(|| quote!(as wire));
    let item = syn::parse2(quote! {
        #(#about)*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #ident(
            /// What stands in JSON.
            pub #inner
        );
    })
    .map_err(Problem::internal)?;
    let read_and_written = parse_quote!(runtime::transparent!(#ident #as_wire););
    Ok(vec![Piece::Item(item), Piece::Item(read_and_written)])
}

fn about(ident: &Ident, known: &TypeFacts) -> Vec<Attribute> {
    let mut all = docs::or_else(&known.doc, || format!("The schema `{ident}`."));
    all.extend(attributes::deprecated(known.deprecated));
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
