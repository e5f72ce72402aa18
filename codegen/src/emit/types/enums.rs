//! Opens enums: a value that the document does not know is kept as it came.

use quote::quote;
use syn::{Fields, FieldsUnnamed, Item, ItemEnum, parse_quote};

use super::super::module::{Piece, Table};
use super::super::{attributes, docs};
use super::fields::renamed;
use super::paths::Paths;
use super::shown;
use crate::lower::{TypeFacts, Variant};

/// The variants of an enum in the order of the document, one for every other value, and the table
/// by which the runtime reads and writes them.
pub(super) fn open(mut item: ItemEnum, known: &TypeFacts, paths: &Paths) -> Vec<Piece> {
    let mut variants: Vec<(syn::Variant, &Variant)> = std::mem::take(&mut item.variants)
        .into_iter()
        .filter_map(|variant| {
            let name = renamed(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
            Some((variant, known.variants.get(&name)?))
        })
        .collect();
    variants.sort_by_key(|(_, known)| known.position);
    let ident = item.ident.to_string();
    item.attrs = docs::or_else(&known.doc, || format!("The values of `{ident}`."));
    item.attrs.extend(attributes::deprecated(known.deprecated));
    let derived = quote!(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd);
    item.attrs.push(attributes::list("derive", derived));
    item.attrs.push(attributes::word("non_exhaustive"));
    let mut rows = Vec::new();
    for (mut variant, known) in variants {
        rows.push(format!("{}: {},", variant.ident, shown(&known.wire)));
        variant.attrs = docs::or_else(&known.doc, || match known.wire.as_str() {
            "" => "The empty string.".to_owned(),
            wire => format!("{}.", docs::code_span(wire)),
        });
        let deprecated = attributes::deprecated(known.deprecated);
        variant.attrs.extend(deprecated);
        item.variants.push(variant);
    }
    item.variants.push(unrecognized(paths));
    let table = Table {
        name: "open_enum",
        of: ident,
        rows,
    };
    vec![Piece::Item(Item::Enum(item)), Piece::Table(table)]
}

/// The variant that holds every value that this version does not know.
fn unrecognized(paths: &Paths) -> syn::Variant {
    let string = paths.string();
    let fields: FieldsUnnamed = parse_quote!((#string));
    syn::Variant {
        attrs: docs::outer("A value that this version does not know, as it came."),
        ident: quote::format_ident!("Unrecognized"),
        fields: Fields::Unnamed(fields),
        discriminant: None,
    }
}
