//! Prints where the page token of a response is, and where its items are.

use std::collections::BTreeMap;

use quote::{format_ident, quote};
use syn::{Fields, GenericArgument, Ident, Item, PathArguments, Type, parse_quote};

use super::super::space::{Space, Within};
use crate::model::{Model, PageFields};

/// The types through which methods are paged, each by the first method that is.
#[derive(Default)]
pub(super) struct Paged<'a> {
    responses: BTreeMap<&'a str, &'a PageFields>,
}

impl<'a> Paged<'a> {
    pub fn new(model: &'a Model) -> Self {
        let mut paged = Self::default();
        for paging in model.methods.iter().filter_map(|it| it.paging.as_ref()) {
            paged.responses.entry(&paging.response).or_insert(paging);
        }
        paged
    }

    /// What the runtime has to know of a type through which a method is paged.
    pub fn implementation(
        &self,
        name: &Ident,
        keys: &[&str],
        fields: &Fields,
        space: &Space,
    ) -> Option<Item> {
        let paging = self.responses.get(name.to_string().as_str())?;
        let fields: Vec<_> = keys.iter().copied().zip(fields).collect();
        page(name, &fields, paging, space)
    }
}

fn page(
    name: &Ident,
    fields: &[(&str, &syn::Field)],
    paging: &PageFields,
    space: &Space,
) -> Option<Item> {
    let (option, some) = (
        space.standard("Option", Within::Types),
        space.standard("Some", Within::Types),
    );
    let next = match paging.within.first() {
        None => {
            let next = field(fields, &paging.next)?.ident.as_ref()?;
            quote!(self.#next.as_deref())
        }
        Some(_) => nested(paging),
    };
    let in_url = paging.in_url.iter();
    let items = field(fields, &paging.items)?;
    let (items, kind) = (items.ident.as_ref()?, &items.ty);
    // Where a list may be cleared, it is optional.
    let optional = first_argument(kind, "Option").or_else(|| first_argument(kind, "Nullable"));
    let (kind, items) = match optional {
        Some(list) => (list, quote!(#items.unwrap_or_default())),
        None => (kind, quote!(#items)),
    };
    let (kind, wire) = (quote!(#kind), &paging.next_wire);
    Some(parse_quote! {
        impl runtime::Page for #name {
            const NEXT_PAGE_TOKEN: &'static str = #wire;
            #(const IN_URL: #option<&'static str> = #some(#in_url);)*
            type Items = #kind;
            fn next_page_token(&self) -> #option<&str> {
                #next
            }
            fn into_items(self) -> Self::Items {
                self.#items
            }
        }
    })
}

/// A token that stands in an object of the page.
fn nested(paging: &PageFields) -> proc_macro2::TokenStream {
    let identifier = |name: &String| format_ident!("{name}");
    let mut within = paging.within.iter().map(identifier);
    let first = within.next();
    let rest = within.map(|name| quote!(.and_then(|it| it.#name.as_ref())));
    let next = identifier(&paging.next);
    quote!(self.#first.as_ref() #(#rest)* .and_then(|it| it.#next.as_deref()))
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
