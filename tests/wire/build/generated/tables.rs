//! The tables of a generated client: what stands in `request!` and in `resource!`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Lit, LitStr, Token};

use super::{Exchange, Setter};

/// What stands in `request!`.
pub struct Request {
    pub name: Ident,
    pub id: String,
    pub setters: Vec<Setter>,
    pub exchange: Exchange,
}

impl Parse for Request {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let send = input.parse()?;
        input.parse::<Token![->]>()?;
        let response = input.parse()?;
        while !input.peek(syn::token::Brace) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        let rows;
        syn::braced!(rows in input);
        Attribute::parse_outer(&rows)?;
        let operation = loop {
            let label: Ident = rows.parse()?;
            rows.parse::<Token![:]>()?;
            let value: Expr = rows.parse()?;
            rows.parse::<Token![;]>()?;
            // How a list is paged stands before the operation.
            if label == "operation" {
                break value;
            }
        };
        let setters = rows.parse_terminated(Setter::parse, Token![,])?;
        let required = required(&operation);
        let setters = setters.into_iter().map(|setter: Setter| Setter {
            required: setter.place == "query" && required.contains(&setter.wire),
            ..setter
        });
        let stated = constructor(&operation);
        let lacks = || input.error("an operation without an id");
        let (verb, [id, path]) = stated.ok_or_else(lacks)?;
        let exchange = Exchange {
            verb,
            path,
            send,
            response,
        };
        Ok(Self {
            name,
            id,
            setters: setters.collect(),
            exchange,
        })
    }
}

impl Parse for Setter {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        let name = input.parse()?;
        let takes;
        syn::parenthesized!(takes in input);
        let takes = takes.parse()?;
        input.parse::<Token![:]>()?;
        let place = input.parse()?;
        let wire: Option<LitStr> = input.parse()?;
        let has_form = input.parse::<Option<Token![as]>>()?.is_some();
        let own_form = has_form && input.parse::<Ident>()? == "wire";
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        Ok(Self {
            name,
            takes,
            place,
            wire: wire.map(|wire| wire.value()).unwrap_or_default(),
            own_form,
            required: false,
        })
    }
}

impl Setter {
    /// The type of a value that the setter takes, out of all that become one.
    pub fn kind(&self) -> TokenStream {
        let text = self.takes.to_string().replace(' ', "");
        let list = text.strip_prefix("implIntoIterator<Item=");
        let item = list.and_then(|it| it.strip_suffix('>')).unwrap_or(&text);
        let into = item.strip_prefix("implInto<");
        let item = into.and_then(|it| it.strip_suffix('>')).unwrap_or(item);
        let item: TokenStream = item.parse().unwrap_or_default();
        match list {
            Some(_) => quote!(Vec<#item>),
            None => item,
        }
    }
}

/// What stands in `Operation::get("id", "/path").idempotent()`: the verb, the id and the path.
fn constructor(operation: &Expr) -> Option<(String, [String; 2])> {
    let call = match operation {
        Expr::MethodCall(call) => return constructor(&call.receiver),
        Expr::Call(call) => call,
        _ => return None,
    };
    let text = |index: usize| match call.args.get(index)? {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    let verb = function.path.segments.last()?.ident.to_string();
    Some((verb, [text(0)?, text(1)?]))
}

/// The parameters in `Operation::get("id", "/path").required(&["a"])`.
fn required(operation: &Expr) -> Vec<String> {
    let Expr::MethodCall(call) = operation else {
        return Vec::new();
    };
    let list = match call.args.first() {
        Some(Expr::Reference(list)) if call.method == "required" => &*list.expr,
        _ => return required(&call.receiver),
    };
    let Expr::Array(list) = list else {
        return Vec::new();
    };
    let names = list.elems.iter().filter_map(|name| match name {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    names.collect()
}

/// What stands in `resource!`.
pub struct Resource {
    pub name: Ident,
    pub children: Vec<(Ident, Ident)>,
}

impl Parse for Resource {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<LitStr>()?;
        let rows;
        syn::braced!(rows in input);
        let mut children = Vec::new();
        while !rows.is_empty() {
            let child: Ident = rows.parse()?;
            rows.parse::<Token![:]>()?;
            children.push((child, rows.parse()?));
            rows.parse::<Token![,]>()?;
            rows.parse::<LitStr>()?;
            rows.parse::<Token![,]>()?;
        }
        Ok(Self { name, children })
    }
}
