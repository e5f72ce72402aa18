//! Prints the fields of a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use typify::TypeId;

use super::super::space::{Form, Space, Within};
use super::super::{attributes, docs};
use super::paging::first_argument;
use super::shown;
use crate::Problem;
use crate::model::TypeFacts;

/// A field as it is printed.
pub(super) struct Printed {
    /// With its comment, its name and its type.
    pub declaration: TokenStream,
    /// What the runtime has to know of it.
    pub row: String,
}

/// Prints a field: one that is a property, or the one that holds whatever has no field of its own.
pub(super) fn print(
    key: &str,
    id: &TypeId,
    known: &TypeFacts,
    space: &Space,
) -> Result<Printed, Problem> {
    let name = format_ident!("{key}");
    let Some(property) = known.fields.get(key) else {
        // One of anything has the same form as any other.
        let (kind, form) = match space.values_of_map(id)? {
            Some(values) => space.map(&values, Within::Types)?,
            None => space.write(id, Within::Types)?,
        };
        return Ok(Printed {
            declaration: quote! {
                /// Every property that has no field of its own.
                pub #name: #kind
            },
            row: format!("..{key}{}", suffix(form)),
        });
    };
    let (kind, form) = space.write(id, Within::Types)?;
    let (kind, suffix) = match nullable(&kind).filter(|_| known.is_nullable(property)) {
        Some(kind) if form == Form::Plain => (kind, " as nullable"),
        Some(kind) => (kind, " as nullable_wire"),
        None => (kind, suffix(form)),
    };
    let wire = property.wire.as_str();
    let doc = docs::or_else(&property.doc, || {
        format!("The property {}.", docs::code_span(wire))
    });
    let deprecated = attributes::deprecated(property.deprecated);
    let or_empty = match property.required && space.is_list_or_map(id)? {
        true => " or empty",
        false => "",
    };
    Ok(Printed {
        declaration: quote!(#(#doc)* #deprecated pub #name: #kind),
        row: format!("{key}: {}{}{or_empty},", shown(wire), suffix),
    })
}

/// The type of a field that may be `null` besides, where it is optional.
fn nullable(kind: &TokenStream) -> Option<TokenStream> {
    let kind = syn::parse2(kind.clone()).ok()?;
    let inside = first_argument(&kind, "Option")?;
    Some(quote!(runtime::Nullable<#inside>))
}

/// How a field says that it travels in a form of its own.
fn suffix(form: Form) -> &'static str {
    match form {
        Form::Plain => "",
        Form::OwnInJson | Form::Own => " as wire",
    }
}
