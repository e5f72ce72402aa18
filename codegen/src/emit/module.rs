//! A module that is being put together.

use proc_macro2::TokenStream;
use syn::{Attribute, Item};

use crate::Problem;

/// What will be one file of Rust.
pub(crate) struct Module {
    /// The attributes of the module itself, its description among them.
    pub attributes: Vec<Attribute>,
    /// What is in it.
    pub pieces: Vec<Piece>,
}

/// A part of a module.
#[allow(clippy::large_enum_variant)] // Nearly all of them are items.
pub(crate) enum Piece {
    Item(Item),
    Table(Table),
}

/// A call of a macro of the runtime that takes a line for each row. A printer of Rust leaves the inside
/// of a macro as it is, and so would make a paragraph of it.
pub(crate) struct Table {
    /// What the macro is called.
    pub name: &'static str,
    /// The type that the table is about.
    pub of: String,
    /// What stands on each line.
    pub rows: Vec<String>,
}

impl Module {
    /// The module that these tokens are.
    pub fn parse(tokens: TokenStream) -> Result<Self, Problem> {
        let file: syn::File = syn::parse2(tokens).map_err(Problem::internal)?;
        Ok(Self {
            attributes: file.attrs,
            pieces: file.items.into_iter().map(Piece::Item).collect(),
        })
    }
}
