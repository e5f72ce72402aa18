//! Prints, for a method that lists page by page, the method that returns all of its pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::super::attributes;
use super::super::docs::Comment;
use super::arguments::Input;
use super::begun;
use crate::lower::{Argument, Method, Place};
use crate::names;

/// The method that returns the pages; nothing where there are none.
pub(super) fn print(inputs: &[Input], response: &Type, method: &Method) -> Option<TokenStream> {
    let paging = method.paging.as_ref()?;
    let place = if paging.in_body {
        Place::Body
    } else {
        Place::Options
    };
    let paged = |argument: &Argument| argument.place == place;
    let by_value = method
        .arguments
        .iter()
        .zip(inputs)
        .map(|(argument, input)| {
            if !paged(argument) {
                return input.declared.clone();
            }
            let (name, kind) = (
                format_ident!("{}", argument.name),
                format_ident!("{}", paging.request.0),
            );
            quote!(#name: types::#kind)
        });
    let call = begun(method, inputs, |argument| !paged(argument));
    let request = method.arguments.iter().find(|argument| paged(argument))?;
    let request = format_ident!("{}", request.name);
    let start = if paging.in_body {
        quote!(in_body)
    } else {
        quote!(in_query)
    };
    let (name, pages) = (
        format_ident!("{}", method.name),
        format_ident!("{}", names::pages(&method.name)),
    );
    let doc = Comment::about("The pages of [`Self::{}`], and their items.", &name).outer();
    let deprecated = attributes::deprecated(method.deprecated);
    Some(quote! {
        #(#doc)*
        #deprecated
        pub fn #pages(&self, #(#by_value),*) -> runtime::Pages<#response> {
            runtime::Pages::#start(#call, #request)
        }
    })
}
