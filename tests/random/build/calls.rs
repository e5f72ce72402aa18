//! Prints a function for each method that has a body: it calls the method with a made-up value of it.

use std::path::Path;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use serde_json::Value;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

use crate::Fallible;
use crate::generated::{self, Method};
use crate::samples::sample;

/// The calls of a client, as items of the list `CALLS`.
pub fn of(number: u64, document: &Value, folder: &Path) -> Fallible<TokenStream> {
    let client = format_ident!("d{number}");
    let mut calls = TokenStream::new();
    for method in generated::methods(folder)? {
        let by_setter = method.setters.iter().any(|it| it.place == "body");
        // A message without fields is sent by the client itself.
        if !by_setter && !method.arguments.iter().any(|(name, _)| name == "body") {
            continue;
        }
        let Some(json) = body(document, &method.id) else {
            continue;
        };
        let json = json.to_string();
        let (id, access) = (&method.id, &method.access);
        let arguments = method.arguments.iter();
        let arguments = arguments.map(|(name, kind)| match name == "body" {
            true => value_of(&client, kind, &json, own_form(&method)),
            false => argument(kind),
        });
        let setters = method.setters.iter().filter(|it| it.place == "body");
        let setters = setters.map(|setter| {
            let kind = syn::parse2(setter.takes.clone())?;
            let value = value_of(&client, &kind, &json, setter.own_form);
            let name = &setter.name;
            Ok(quote!(.#name(#value)))
        });
        let mut setters = setters.collect::<syn::Result<Vec<_>>>()?;
        let required = method.setters.iter();
        for setter in required.filter(|it| it.required) {
            let kind = outside(&client, &syn::parse2(setter.kind())?);
            let (name, value) = (&setter.name, some(&kind));
            setters.push(quote!(.#name(#value)));
        }
        calls.extend(quote! {
            Call {
                document: #number,
                operation: #id,
                body: #json,
                call: |base| Box::pin(async move {
                    let client = #client::Client::builder().base_url(base).token("t").build();
                    let client = client.map_err(|error| error.to_string())?;
                    let sent = client #access(#(#arguments),*) #(#setters)*.send().await;
                    sent.map(drop).map_err(|error| error.to_string())
                }),
            },
        });
    }
    Ok(calls)
}

/// Whether the runtime writes the body of a method.
fn own_form(method: &Method) -> bool {
    let body = method.body.replace(' ', "");
    body.contains(".json(&runtime::wire::Out(")
}

/// A value of the body of the operation; nothing where it has none, or there is no end to it.
fn body(document: &Value, id: &str) -> Option<Value> {
    let paths = document["paths"].as_object()?.values();
    let mut operations = paths.flat_map(|item| item.as_object().into_iter().flat_map(Map::values));
    let operation = operations.find(|it| it["operationId"] == id)?;
    let content = operation["requestBody"]["content"].as_object()?;
    let json = content.iter().find(|(kind, _)| kind.contains("json"));
    sample(document, json?.1.get("schema")?, 0)
}

type Map = serde_json::Map<String, Value>;

/// A type as it is named outside of its client.
struct Outside<'a>(&'a Ident);

impl VisitMut for Outside<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let client = self.0;
        let first = path.segments.first().map(|first| first.ident.to_string());
        match first.as_deref() {
            Some("types" | "names") => *path = syn::parse_quote!(#client::#path),
            Some("runtime") => {
                let inside = path.segments.iter().skip(1);
                *path = syn::parse_quote!(generated_client_runtime::#(#inside)::*);
            }
            _ => {}
        }
    }
}

fn outside(client: &Ident, kind: &Type) -> Type {
    let mut kind = kind.clone();
    Outside(client).visit_type_mut(&mut kind);
    kind
}

/// A value of a type, out of JSON.
fn value_of(client: &Ident, kind: &Type, json: &str, own_form: bool) -> TokenStream {
    let read = format_ident!("{}", if own_form { "wire_value" } else { "value" });
    match outside(client, kind) {
        Type::Reference(reference) => match *reference.elem {
            Type::Slice(list) => {
                let item = list.elem;
                quote!(&#read::<Vec<#item>>(#json))
            }
            kind if kind.to_token_stream().to_string() == "str" => {
                quote!(&#read::<String>(#json))
            }
            kind => quote!(&#read::<#kind>(#json)),
        },
        kind => quote!(#read::<#kind>(#json)),
    }
}

/// Some value that a setter takes.
fn some(kind: &Type) -> TokenStream {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    match text.as_str() {
        list if list.starts_with("Vec<") => quote!(<#kind>::new()),
        "bool" => quote!(true),
        "f64" => quote!(0.5),
        kind if kind.starts_with(['i', 'u']) => quote!(7),
        kind if kind.ends_with("::Bytes") => quote!(vec![7]),
        kind if kind.ends_with("::Date") => quote!(value("\"2026-11-22\"")),
        kind if kind.ends_with("::DateTime") => quote!(value("\"2026-11-22T02:08:57Z\"")),
        kind if kind.ends_with("::Duration") => quote!(wire_value("\"1s\"")),
        _ => quote!("x"),
    }
}

/// Some value of an argument in the path, the query or a header.
fn argument(kind: &Type) -> TokenStream {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    match text.as_str() {
        "&str" => quote!("x"),
        "bool" => quote!(true),
        "f64" => quote!(0.5),
        kind if kind.starts_with("&[") => quote!(&[]),
        kind if kind.starts_with(['i', 'u']) => quote!(7),
        "&runtime::Bytes" => quote!(&vec![7].into()),
        "&runtime::Date" => quote!(&value("\"2026-11-22\"")),
        "&runtime::DateTime" => quote!(&value("\"2026-11-22T02:08:57Z\"")),
        "&runtime::Duration" => quote!(&wire_value("\"1s\"")),
        "&runtime::FieldMask" | "&runtime::Secret" => quote!(&"x".into()),
        kind if kind.starts_with('&') => quote!(&Default::default()),
        _ => quote!("x".into()),
    }
}
