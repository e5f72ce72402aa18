//! Reads a generated client: its methods, where they are found, and the setters of their requests.

mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::parse::Parse;
use syn::{FnArg, Ident, ImplItem, ImplItemFn, Item, Pat, ReturnType, Type};

use crate::Fallible;
use tables::{Request, Resource};

/// A method of a generated client.
pub struct Method {
    /// The id of its operation.
    pub id: String,
    /// What is called on `client` to get it: `.customers().list`.
    pub access: TokenStream,
    /// Its arguments.
    pub arguments: Vec<(Ident, Type)>,
    /// What it does with them.
    pub body: String,
    /// The setters of its request.
    pub setters: Vec<Setter>,
    /// How it is called, and what comes back.
    #[allow(
        dead_code,
        reason = "only the harness of OpenAPI documents asks for it"
    )]
    pub exchange: Exchange,
}

/// How an operation is called, and what comes back.
#[allow(dead_code)] // Ids say enough of a Discovery document.
pub struct Exchange {
    /// The method of HTTP, in small letters.
    pub verb: String,
    /// The template of its path.
    pub path: String,
    /// Which method of the runtime sends it.
    pub send: Ident,
    /// The type of what it returns.
    pub response: Type,
}

/// A setter of a request.
pub struct Setter {
    /// What it is called.
    pub name: Ident,
    /// What it takes, as it stands in the table.
    pub takes: TokenStream,
    /// Where the value goes: `query`, `header` or `body`.
    pub place: Ident,
    /// The name that the value has there.
    pub wire: String,
    /// Whether it has a form of its own there.
    pub own_form: bool,
    /// Whether nothing is sent without it.
    pub required: bool,
}

/// The methods of the client in a folder.
pub fn methods(folder: &Path) -> Fallible<Vec<Method>> {
    let read = |file: &str| -> Fallible<Vec<Item>> {
        let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
        Ok(syn::parse_file(&text)?.items)
    };
    let mut requests = BTreeMap::new();
    for table in tables::<Request>(&read("requests.rs")?, "request")? {
        requests.insert(table.name.to_string(), table);
    }
    let (client, resources) = (read("client.rs")?, read("resources.rs")?);
    let children = tables::<Resource>(&resources, "resource")?;
    let mut access = BTreeMap::from([("Client".to_owned(), TokenStream::new())]);
    for (_, method) in functions(&client) {
        if let Some(resource) = returned(method, "resources") {
            let name = &method.sig.ident;
            access.insert(resource, quote!(.#name()));
        }
    }
    // A resource stands behind the one that it belongs to.
    for resource in &children {
        for (name, child) in &resource.children {
            let before = &access[&resource.name.to_string()];
            let below = quote!(#before.#name());
            access.insert(child.to_string(), below);
        }
    }
    let mut methods = Vec::new();
    for (of, function) in functions(&client).chain(functions(&resources)) {
        let Some(request) = returned(function, "requests") else {
            continue;
        };
        let request = requests.remove(&request);
        let request = request.ok_or_else(|| format!("{} has no request", function.sig.ident))?;
        let (before, name) = (&access[&of], &function.sig.ident);
        methods.push(Method {
            id: request.id,
            access: quote!(#before.#name),
            arguments: function.sig.inputs.iter().filter_map(argument).collect(),
            body: function.block.to_token_stream().to_string(),
            setters: request.setters,
            exchange: request.exchange,
        });
    }
    Ok(methods)
}

/// The tables of the macro called `name`.
fn tables<T: Parse>(items: &[Item], name: &str) -> syn::Result<Vec<T>> {
    let tables = items.iter().filter_map(|item| match item {
        Item::Macro(item) if item.mac.path.segments.last()?.ident == name => Some(&item.mac),
        _ => None,
    });
    tables
        .map(|table| syn::parse2(table.tokens.clone()))
        .collect()
}

/// The functions of a client or of resources, each with the type that it belongs to.
fn functions(items: &[Item]) -> impl Iterator<Item = (String, &ImplItemFn)> {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    blocks.flat_map(|block| {
        let of = block.self_ty.to_token_stream().to_string();
        block.items.iter().filter_map(move |item| match item {
            ImplItem::Fn(function) => Some((of.clone(), function)),
            _ => None,
        })
    })
}

/// The type that a function returns, if it is one of a module.
fn returned(function: &ImplItemFn, module: &str) -> Option<String> {
    let ReturnType::Type(_, kind) = &function.sig.output else {
        return None;
    };
    let Type::Path(path) = &**kind else {
        return None;
    };
    let mut segments = path.path.segments.iter();
    (segments.next()?.ident == module).then_some(segments.next()?.ident.to_string())
}

fn argument(argument: &FnArg) -> Option<(Ident, Type)> {
    match argument {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some((name.ident.clone(), (*typed.ty).clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}
