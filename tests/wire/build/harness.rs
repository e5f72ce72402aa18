//! Prints the harness of one client: a function for each method, and a list of its types.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use serde_json::Value;
use syn::{Item, LitStr, Type};

use crate::Fallible;
use crate::document::{bare, methods, path_value, query_json, template, text};
use crate::generated::{self, Method, Setter};

/// The tables by which structs are read and written: for each struct its fields, with the names that
/// they have on the wire.
type Tables = BTreeMap<String, Vec<(String, String)>>;

/// The harness of the client called `name`.
pub fn of(name: &str, path: &Path, out: &Path) -> Fallible<TokenStream> {
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let types = fs::read_to_string(out.join(name).join("types.rs")).unwrap_or_default();
    let messages = messages(&syn::parse_file(&types)?)?;
    check_fields(&messages)?;
    let documented = methods(&document);
    let (mut functions, mut choices, mut called) = (Vec::new(), Vec::new(), Vec::new());
    for (index, method) in generated::methods(&out.join(name))?.into_iter().enumerate() {
        let id = &method.id;
        let described = documented.get(id);
        let described = described.ok_or_else(|| format!("{id} is not documented"))?;
        let call = call(&method, described).map_err(|it| format!("{id}: {it}"))?;
        let function = format_ident!("call_{index}");
        functions.push(quote! {
            fn #function(client: &Client) -> super::Calling<'_> {
                Box::pin(async move { #call })
            }
        });
        choices.push(quote!(#index => #function(&client).await,));
        called.push(method.id);
    }
    let types = messages.keys().map(|message| {
        let kind = format_ident!("{message}");
        quote!((#message, super::through::<types::#kind>),)
    });
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
            fn start(base: &str) -> Result<super::Calls, String> {
                let client = Client::builder().base_url(base).build().map_err(|it| it.to_string())?;
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
                base_url: match <Client as runtime::Api>::BASE_URL {
                    Some(url) => url,
                    None => "",
                },
                start,
                methods: &[#(#called),*],
                types: &[#(#types)*],
            };
        }
    })
}

/// The tables of messages.
fn messages(types: &syn::File) -> syn::Result<Tables> {
    let mut messages = Tables::new();
    for item in &types.items {
        let Item::Macro(item) = item else { continue };
        let name = item.mac.path.segments.last();
        if name.is_some_and(|name| name.ident == "message") {
            let tokens = item.mac.tokens.to_string();
            let (name, rows) = tokens.split_once('{').unwrap_or((&tokens, ""));
            let rows = rows.trim_end_matches([' ', '}']).split(" ,");
            messages.insert(name.trim().to_owned(), rows.filter_map(row).collect());
        }
    }
    Ok(messages)
}

fn row(row: &str) -> Option<(String, String)> {
    let (field, rest) = row.split_once(':')?;
    let wire: LitStr = syn::parse_str(&rest[..=rest.rfind('"')?]).ok()?;
    Some((field.trim().to_owned(), wire.value()))
}

/// The body of the function that calls a method with made-up values, and every setter of its request.
fn call(method: &Method, described: &Value) -> Fallible<TokenStream> {
    let arguments = method.arguments.iter();
    let arguments =
        arguments.map(|(name, kind)| argument(method, &name.to_string(), kind, described));
    let arguments = arguments.collect::<Fallible<Vec<_>>>()?;
    let setters = method.setters.iter();
    let setters = setters.map(|it| setter(it, described));
    let setters = setters.collect::<Fallible<Vec<_>>>()?;
    let access = &method.access;
    Ok(quote! {
        let request = client #access(#(#arguments),*) #(#setters)*;
        request.send().await.map(drop).map_err(|it| it.to_string())
    })
}

fn argument(method: &Method, name: &str, kind: &Type, described: &Value) -> Fallible<TokenStream> {
    let body = method.body.replace(' ', "");
    if body.contains(&format!(".path({name})")) {
        return path_argument(kind, &value_in_path(name, described)?);
    }
    if !body.contains(".json(") || name != "body" {
        let wire = wire_of(name, described);
        let wire = wire.ok_or_else(|| format!("{name} is no parameter"))?;
        let value = query_json(wire, parameter(name, wire, described)?);
        return Ok(argument_of(kind, &value.to_string()));
    }
    Ok(quote!(&Default::default()))
}

/// The parameter of the query that an argument is called after.
fn wire_of<'a>(argument: &str, described: &'a Value) -> Option<&'a str> {
    let parameters = described["parameters"].as_object()?;
    let mut names = parameters.keys().filter(|wire| is_called(argument, wire));
    names.next().map(String::as_str)
}

fn setter(setter: &Setter, described: &Value) -> Fallible<TokenStream> {
    let Setter { name, wire, .. } = setter;
    if setter.place == "body" {
        return Ok(quote!(.#name(&Default::default())));
    }
    let parameter = parameter(&name.to_string(), wire, described)?;
    if setter.required != parameter["required"].as_bool().unwrap_or_default() {
        return Err(format!("{name} is required in one of code and document").into());
    }
    let json = query_json(wire, parameter).to_string();
    let kind = setter.kind();
    let json = as_number(&kind.to_string(), &json);
    let of = format_ident!(
        "{}",
        if setter.own_form {
            "wire_value"
        } else {
            "value"
        }
    );
    Ok(quote!(.#name(#of::<#kind>(#json))))
}

/// The value of the placeholder that an argument is called after.
fn value_in_path(argument: &str, described: &Value) -> Fallible<String> {
    let (placeholders, _) = template(text(&described["path"]));
    let mut placeholders = placeholders.iter().map(|(_, it)| *it);
    let found = placeholders.find(|it| is_called(argument, it.name));
    let found = found.ok_or_else(|| format!("{argument}: there is no placeholder of that name"))?;
    Ok(path_value(described, found)?)
}

/// The parameter that goes by the name `wire`, which the argument or setter has to be called after.
fn parameter<'a>(name: &str, wire: &str, described: &'a Value) -> Fallible<&'a Value> {
    let parameter = described["parameters"].get(wire);
    let parameter = parameter.filter(|_| is_called(name, wire));
    Ok(parameter.ok_or_else(|| format!("{name} goes by the name `{wire}`"))?)
}

/// Whether each field is called after what it is on the wire: JSON that goes through a type comes out
/// equal also where two of its fields have each other's names.
fn check_fields(messages: &Tables) -> Fallible<()> {
    for (message, fields) in messages {
        let mut fields = fields.iter();
        if let Some((field, wire)) = fields.find(|it| !is_called(&it.0, &it.1)) {
            return Err(format!("{message}.{field} goes by the name `{wire}`").into());
        }
    }
    Ok(())
}

/// Whether a name in Rust is that of a parameter: as it is, with a number against collisions, or with
/// what tells it from the other methods of a request.
fn is_called(name: &str, wire: &str) -> bool {
    let (name, wire) = (bare(name.trim_start_matches("r#")), bare(wire));
    name == wire
        || name.trim_end_matches(char::is_numeric) == wire
        || name.strip_suffix("parameter") == Some(&wire)
}

fn path_argument(kind: &Type, value: &str) -> Fallible<TokenStream> {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    Ok(match text.strip_prefix('&') {
        Some("str") => quote!(#value),
        Some(name) if name.starts_with("names::") => {
            let name: TokenStream = name.parse()?;
            quote!(&#value.parse::<#name>().unwrap())
        }
        _ => argument_of(kind, &format!("{value:?}")),
    })
}

/// An argument of this type, out of JSON.
fn argument_of(kind: &Type, json: &str) -> TokenStream {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    let json = as_number(text.trim_start_matches('&'), json);
    match kind {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(list) => {
                let item = &list.elem;
                quote!(&value::<Vec<#item>>(#json))
            }
            kind if kind.to_token_stream().to_string() == "str" => {
                quote!(&value::<String>(#json))
            }
            kind => quote!(&value::<#kind>(#json)),
        },
        kind => quote!(value::<#kind>(#json)),
    }
}

/// Outside of a table, a 64-bit integer is read as the number that it is.
fn as_number<'a>(kind: &str, json: &'a str) -> &'a str {
    match kind {
        "i64" | "u64" => json.trim_matches('"'),
        _ => json,
    }
}
