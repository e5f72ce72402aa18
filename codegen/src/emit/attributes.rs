//! Attributes other than comments, made without a parser.

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::{AttrStyle, Attribute, MacroDelimiter, Meta, MetaList};

/// An attribute that is a word: `#[non_exhaustive]`.
pub(super) fn word(name: &str) -> Attribute {
    attribute(Meta::Path(format_ident!("{name}").into()))
}

/// An attribute with a list: `#[derive(Clone, Debug)]`.
pub(super) fn list(name: &str, tokens: TokenStream) -> Attribute {
    attribute(Meta::List(MetaList {
        path: format_ident!("{name}").into(),
        delimiter: MacroDelimiter::Paren(Default::default()),
        tokens,
    }))
}

/// What says that something is deprecated; nothing where it is not.
pub(super) fn deprecated(deprecated: bool) -> Option<Attribute> {
    deprecated.then(|| word("deprecated"))
}

fn attribute(meta: Meta) -> Attribute {
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta,
    }
}
