//! Prints enums, open: a value that the document does not know is kept as it came.

use quote::{format_ident, quote};

use super::super::module::{Piece, Table};
use super::super::space::{Space, Within};
use super::super::{attributes, docs};
use super::shown;
use crate::Problem;
use crate::model::TypeFacts;

/// The variants of an enum in the order of their names, one for every other value, and the table
/// by which the runtime reads and writes them.
pub(super) fn open(name: &str, known: &TypeFacts, space: &Space) -> Result<Vec<Piece>, Problem> {
    let variants = &known.variants;
    let rows = variants
        .iter()
        .map(|(name, known)| format!("{name}: {},", shown(&known.wire)));
    let table = Table {
        name: "open_enum",
        of: name.to_owned(),
        rows: rows.collect(),
    };
    let variants = variants.iter().map(|(name, known)| {
        let name = format_ident!("{name}");
        let doc = docs::or_else(&known.doc, || match known.wire.as_str() {
            "" => "The empty string.".to_owned(),
            wire => format!("{}.", docs::code_span(wire)),
        });
        let deprecated = attributes::deprecated(known.deprecated);
        quote!(#(#doc)* #deprecated #name)
    });
    let ident = format_ident!("{name}");
    let doc = docs::or_else(&known.doc, || format!("The values of `{name}`."));
    let deprecated = attributes::deprecated(known.deprecated);
    let string = space.standard("String", Within::Types);
    let item = syn::parse2(quote! {
        #(#doc)*
        #deprecated
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value that this version does not know, as it came.
            Unrecognized(#string),
        }
    })
    .map_err(Problem::internal)?;
    Ok(vec![Piece::Item(item), Piece::Table(table)])
}
