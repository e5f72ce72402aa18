//! Prints where the items of a page are.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Fields, GenericArgument, Ident, Item, PathArguments, Type, parse_quote};

use crate::model::Model;

/// The types through which methods are paged, and their fields with the items.
#[derive(Default)]
pub(super) struct Paged<'a> {
    responses: BTreeMap<&'a str, &'a str>,
}

impl<'a> Paged<'a> {
    pub fn new(model: &'a Model) -> Self {
        let paging = model.methods.iter().filter_map(|it| it.paging.as_ref());
        let items = paging.filter_map(|it| it.items.as_ref());
        Self {
            responses: items
                .map(|(response, field)| (&**response, &**field))
                .collect(),
        }
    }

    /// What the runtime has to know of a type through which a method is paged.
    pub fn implementation(&self, name: &Ident, keys: &[&str], fields: &Fields) -> Option<Item> {
        let items = self.responses.get(name.to_string().as_str())?;
        let fields: Vec<_> = keys.iter().copied().zip(fields).collect();
        let items = field(&fields, items)?;
        let (items, kind) = (items.ident.as_ref()?, &items.ty);
        // Where a list may be cleared, it is optional.
        let optional = first_argument(kind, "Option").or_else(|| first_argument(kind, "Nullable"));
        let (kind, items) = match optional {
            Some(list) => (list, quote!(#items.unwrap_or_default())),
            None => (kind, quote!(#items)),
        };
        Some(parse_quote! {
            impl runtime::Page for #name {
                type Items = #kind;
                fn into_items(self) -> Self::Items {
                    self.#items
                }
            }
        })
    }
}

fn field<'a>(fields: &[(&str, &'a syn::Field)], name: &str) -> Option<&'a syn::Field> {
    fields
        .iter()
        .find(|(key, _)| *key == name)
        .map(|(_, field)| *field)
}

/// The first argument of a type that is called `name`.
pub(super) fn first_argument<'a>(field: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = field else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inside) if last.ident == name => Some(inside),
        _ => None,
    }
}
