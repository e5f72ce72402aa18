//! Prints the harness of one client: a function for each method, and a list of its types.

use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Item, Type};

use crate::caller::Caller;
use crate::generated::{self, Method};
use crate::reading::operation::Operation;
use crate::reading::{Document, bare};
use crate::steps::steps;
use crate::{Fallible, credentials, values};

/// The harness of the client called `name`.
pub fn of(
    name: &str,
    path: &Path,
    out: &Path,
    left_out: &[(String, String)],
) -> Fallible<TokenStream> {
    let document = Document::parse(&fs::read_to_string(path)?)?;
    let operations = document.operations();
    let (mut functions, mut choices, mut called) = (Vec::new(), Vec::new(), Vec::new());
    let mut compared = Vec::new();
    for (index, method) in generated::methods(&out.join(name))?.into_iter().enumerate() {
        let operation = described(&method, &operations)
            .ok_or_else(|| format!("{} is not documented", method.id))?;
        let caller = Caller {
            document: &document,
            operation,
            in_parts: false,
        };
        // A method that cannot be called as documented is a mistake that the test tells.
        let call = caller.call(&method).unwrap_or_else(|it| {
            let reason = it.to_string();
            quote!(Err(#reason.to_owned()))
        });
        let function = format_ident!("call_{index}");
        functions.push(quote! {
            fn #function(client: &Client) -> super::Calling<'_> {
                Box::pin(async move { #call })
            }
        });
        choices.push(quote!(#index => #function(&client).await,));
        called.push(entry(&method, operation)?);
        compared.push(operation);
    }
    let types = fs::read_to_string(out.join(name).join("types.rs")).unwrap_or_default();
    let types = types_of(&syn::parse_file(&types)?);
    let types = types.iter().map(|name| {
        let kind = format_ident!("{name}");
        quote!((#name, super::through::<types::#kind>),)
    });
    let clients = credentials::arms(&out.join(name), &compared)?;
    let left_out = left_out.iter().map(|(id, reason)| quote!((#id, #reason)));
    let file = path.to_string_lossy();
    let (harness, client) = (format_ident!("harness_of_{name}"), format_ident!("{name}"));
    Ok(quote! {
        #[allow(deprecated, unused, missing_docs, clippy::all, clippy::unwrap_used, clippy::expect_used)]
        mod #harness {
            use super::#client::*;
            use super::{value, wire_value};
            use generated_client_runtime as runtime;

            #(#functions)*

            /// Builds a client, and calls the method of a number.
            fn start(base: &str, with: &str) -> Result<super::Calls, String> {
                let builder = Client::builder().base_url(base);
                let builder = match with {
                    #(#clients)*
                    _ => return Err("there are no such credentials".to_owned()),
                };
                let client = builder.build().map_err(|it| it.to_string())?;
                Ok(Box::new(move |index: usize| {
                    let client = client.clone();
                    Box::pin(async move {
                        match index {
                            #(#choices)*
                            _ => Err("there is no such method".to_owned()),
                        }
                    })
                }))
            }

            pub const HARNESS: super::Harness = super::Harness {
                document: #file,
                start,
                methods: &[#(#called),*],
                left_out: &[#(#left_out),*],
                types: &[#(#types)*],
            };
        }
    })
}

/// The operation that a method calls: by its id, or by its verb and path where ids are missing or there twice.
fn described<'a>(method: &Method, operations: &'a [Operation]) -> Option<&'a Operation> {
    let by_id = operations.iter().filter(|it| it.id == method.id);
    let by_id: Vec<_> = by_id.collect();
    let verb = method.exchange.verb.to_uppercase();
    let by_target = || {
        let alike =
            |it: &&Operation| it.verb == verb && bare(&it.path) == bare(&method.exchange.path);
        operations.iter().find(alike)
    };
    match by_id.as_slice() {
        [only] => Some(*only),
        _ => by_target(),
    }
}

/// What the harness says of a method.
fn entry(method: &Method, operation: &Operation) -> Fallible<TokenStream> {
    let id = &method.id;
    let target = format!("{} {}", operation.verb, operation.path);
    let in_parts = in_parts(method)?;
    let response = match method.exchange.send.to_string().as_str() {
        "send" => {
            let kind = &method.exchange.response;
            quote!(Some(super::through::<#kind>))
        }
        "send_optional" => {
            let kind = &method.exchange.response;
            quote!(Some(super::through::<#kind>))
        }
        _ => quote!(None),
    };
    let argument = step_of(method, "json")?;
    let argument = argument.and_then(|(name, own)| {
        let mut arguments = method.arguments.iter();
        let (_, kind) = arguments.find(|(it, _)| *it == name)?;
        Some((kind.clone(), own))
    });
    let mut setters = method.setters.iter().filter(|it| it.place == "body");
    let body = match (argument, setters.next()) {
        (Some(argument), _) => Some(argument),
        (None, Some(setter)) => Some((values::kind(&setter.takes)?, setter.own_form)),
        (None, None) => None,
    };
    let body = match body {
        Some((kind, own_form)) => {
            let kind = owned(&kind);
            match own_form {
                true => quote!(Some(super::through_wire::<#kind>)),
                false => quote!(Some(super::through::<#kind>)),
            }
        }
        None => quote!(None),
    };
    Ok(
        quote!(super::Called { id: #id, target: #target, in_parts: #in_parts, body: #body, response: #response }),
    )
}

/// Whether a method sends its body in parts.
pub fn in_parts(method: &Method) -> Fallible<bool> {
    let is_part = |name: &str| matches!(name, "part" | "file" | "files" | "multipart");
    let mut setters = method.setters.iter();
    let by_setter = setters.any(|it| is_part(&it.place.to_string()));
    Ok(by_setter || steps(method)?.iter().any(|it| is_part(&it.name)))
}

/// The type without a reference.
fn owned(kind: &Type) -> TokenStream {
    match kind {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(list) => {
                let item = &list.elem;
                quote!(Vec<#item>)
            }
            kind if kind.to_token_stream().to_string() == "str" => quote!(String),
            kind => quote!(#kind),
        },
        kind => quote!(#kind),
    }
}

/// The types of a module that are read from JSON.
fn types_of(types: &syn::File) -> Vec<String> {
    let names = types.items.iter().filter_map(|item| match item {
        Item::Macro(item) => {
            let macro_name = item.mac.path.segments.last()?.ident.to_string();
            if !["message", "union", "open_enum"].contains(&macro_name.as_str()) {
                return None;
            }
            match item.mac.tokens.clone().into_iter().next()? {
                proc_macro2::TokenTree::Ident(name) => Some(name.to_string()),
                _ => None,
            }
        }
        _ => None,
    });
    names.collect()
}

/// The argument that a step of the call is given, and whether it has a form of its own.
fn step_of(method: &Method, step: &str) -> Fallible<Option<(String, bool)>> {
    let steps = steps(method)?;
    let mut found = steps.into_iter().filter(|it| it.name == step);
    let Some(found) = found.next() else {
        return Ok(None);
    };
    let mut arguments = method.arguments.iter().map(|(name, _)| name.to_string());
    Ok(arguments
        .find(|name| found.mentions(name))
        .map(|name| (name, found.own_form())))
}
