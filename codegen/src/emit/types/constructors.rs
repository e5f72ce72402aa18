//! Prints the constructor of a request body: it takes what the API requires.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Fields, Ident, Item, Type};
use typify::TypeDetails;

use super::super::space::{Space, Within};
use super::paging::first_argument;
use crate::Problem;
use crate::model::TypeFacts;

/// The most arguments that a constructor has. What requires more is built from its fields.
pub(in super::super) const MOST: usize = 8;

/// The constructor of a struct; nothing where it is no request body, or requires nothing.
pub(super) fn emit(
    name: &Ident,
    keys: &[&str],
    fields: &Fields,
    known: &TypeFacts,
    space: &Space,
) -> Result<Option<Item>, Problem> {
    let is_required = |key: &str| known.fields.get(key).is_some_and(|field| field.required);
    let required = keys.iter().zip(fields).filter(|(key, _)| is_required(key));
    let required: Vec<_> = required.map(|(key, field)| (*key, &field.ty)).collect();
    if !known.is_sent || required.is_empty() || required.len() > MOST {
        return Ok(None);
    }
    let allow = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let required = required.into_iter();
    let required = required.map(|(key, kind)| argument(&format_ident!("{key}"), kind, space));
    let (arguments, values): (Vec<_>, Vec<_>) = required.unzip();
    let default = match space.named.contains_key("Default") {
        true => quote!(..::std::default::Default::default()),
        false => quote!(..Self::default()),
    };
    let default = (values.len() < keys.len()).then_some(default);
    let item = syn::parse2(quote! {
        impl #name {
            /// A value with what the API requires in a request.
            #allow
            pub fn new(#(#arguments),*) -> Self {
                Self {
                    #(#values,)*
                    #default
                }
            }
        }
    });
    item.map(Some).map_err(Problem::internal)
}

/// An argument, as it is declared, and what its field gets.
fn argument(key: &Ident, kind: &Type, space: &Space) -> (TokenStream, TokenStream) {
    let inside = first_argument(kind, "Option");
    let may_be_null = first_argument(kind, "Nullable").is_some();
    let kind = inside.unwrap_or(kind);
    let (declared, value) = match may_be_null || is_converted(kind, space) {
        true => (into(kind, space), quote!(#key.into())),
        false => (kind.to_token_stream(), quote!(#key)),
    };
    let field = match inside {
        Some(_) => {
            let some = space.standard("Some", Within::Types);
            quote!(#key: #some(#value))
        }
        None if is_plain(key, &value) => quote!(#key),
        None => quote!(#key: #value),
    };
    (quote!(#key: #declared), field)
}

fn is_plain(key: &Ident, value: &TokenStream) -> bool {
    *key == value.to_string()
}

/// Whether a value is taken as anything that becomes one: text, or a value of an enum.
fn is_converted(kind: &Type, space: &Space) -> bool {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    let enumeration = space.named.get(&text).map(|it| it.details());
    let last = text.rsplit("::").next().unwrap_or_default();
    matches!(enumeration, Some(TypeDetails::Enum(_))) || matches!(last, "String" | "Secret")
}

fn into(kind: &Type, space: &Space) -> TokenStream {
    match space.named.contains_key("Into") {
        true => quote!(impl ::std::convert::Into<#kind>),
        false => quote!(impl Into<#kind>),
    }
}
