//! Prints a function for each method that has a body: it calls the method with a made-up value of it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use quote::ToTokens as _;
use serde_json::Value;
use syn::{Expr, FnArg, ImplItem, ImplItemFn, Item, Lit};

use crate::Fallible;
use crate::samples::sample;

/// The calls of a client, as items of the list `CALLS`.
pub fn of(number: u64, document: &Value, folder: &Path) -> Fallible<String> {
    let ids = operations(&fs::read_to_string(folder.join("operations.rs"))?)?;
    let client = syn::parse_file(&fs::read_to_string(folder.join("client.rs"))?)?;
    let mut calls = String::new();
    for method in methods(&client) {
        let code = method.block.to_token_stream().to_string().replace(' ', "");
        let Some((before, after)) = code.split_once(".json(") else {
            continue;
        };
        let constant = before.split("&operations::").nth(1).unwrap_or_default();
        let constant = constant.split(')').next().unwrap_or_default();
        let id = ids.iter().find(|(known, _)| known == constant);
        let (_, id) = id.ok_or_else(|| format!("{constant} is no operation"))?;
        let Some(json) = body(document, id) else {
            continue;
        };
        let of_runtime = after.starts_with("&runtime::wire::Out(");
        let arguments = method.sig.inputs.iter().filter_map(|it| match it {
            FnArg::Typed(it) => Some(argument(number, it, &json.to_string(), of_runtime)),
            FnArg::Receiver(_) => None,
        });
        let arguments: Vec<_> = arguments.collect();
        writeln!(
            calls,
            "Call {{ document: {number}, operation: {id:?}, body: {:?}, call: |base| Box::pin(async move {{\n\
             let client = d{number}::Client::builder().base_url(base).token(\"t\").build();\n\
             let client = client.map_err(|error| error.to_string())?;\n\
             let sent = client.{}({}).await;\n\
             sent.map(drop).map_err(|error| error.to_string()) }}) }},",
            json.to_string(),
            method.sig.ident,
            arguments.join(", ")
        )?;
    }
    Ok(calls)
}

/// The ids of the operations, by their constants.
fn operations(code: &str) -> Fallible<Vec<(String, String)>> {
    let items = syn::parse_file(code)?.items.into_iter();
    let ids = items.filter_map(|item| match item {
        Item::Const(item) => Some((item.ident.to_string(), id(&item.expr)?)),
        _ => None,
    });
    Ok(ids.collect())
}

/// The id in `Operation::get("id", "/path").idempotent()`.
fn id(operation: &Expr) -> Option<String> {
    match operation {
        Expr::MethodCall(call) => id(&call.receiver),
        Expr::Call(call) => match call.args.first()? {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn methods(client: &syn::File) -> Vec<&ImplItemFn> {
    let items = client.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    let methods = items.flatten().filter_map(|item| match item {
        // The others return pages, of the same call.
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
        _ => None,
    });
    methods.collect()
}

/// A value of the body of the operation; nothing where there is no end to it.
fn body(document: &Value, id: &str) -> Option<Value> {
    let paths = document["paths"].as_object()?.values();
    let mut operations = paths.flat_map(|item| item.as_object().into_iter().flat_map(Map::values));
    let operation = operations.find(|it| it["operationId"] == id)?;
    let content = operation["requestBody"]["content"].as_object()?;
    sample(document, content.values().next()?.get("schema")?, 0)
}

type Map = serde_json::Map<String, Value>;

/// An argument, as an expression.
fn argument(number: u64, argument: &syn::PatType, json: &str, of_runtime: bool) -> String {
    let kind = argument.ty.to_token_stream().to_string().replace(' ', "");
    let kind = kind
        .replace("types::", &format!("d{number}::types::"))
        .replace("runtime::", "generated_client_runtime::");
    if argument.pat.to_token_stream().to_string() == "body" {
        let read = if of_runtime { "wire_value" } else { "value" };
        return match kind.strip_prefix('&') {
            Some("str") => format!("&{read}::<String>({json:?})"),
            Some(list) if list.starts_with('[') => {
                format!("&{read}::<Vec<{}>>({json:?})", &list[1..list.len() - 1])
            }
            Some(kind) => format!("&{read}::<{kind}>({json:?})"),
            None => format!("{read}::<{kind}>({json:?})"),
        };
    }
    match kind.as_str() {
        "&str" => "\"x\"".to_owned(),
        "bool" => "true".to_owned(),
        "f64" => "0.5".to_owned(),
        kind if kind.starts_with("Option<") => "None".to_owned(),
        kind if kind.starts_with("&[") => "&[]".to_owned(),
        kind if kind.starts_with(['i', 'u']) => "7".to_owned(),
        "&generated_client_runtime::Bytes" => "&vec![7].into()".to_owned(),
        "&generated_client_runtime::Date" => "&value(\"\\\"2026-11-22\\\"\")".to_owned(),
        "&generated_client_runtime::DateTime" => {
            "&value(\"\\\"2026-11-22T02:08:57Z\\\"\")".to_owned()
        }
        "&generated_client_runtime::Duration" => "&wire_value(\"\\\"1s\\\"\")".to_owned(),
        "&generated_client_runtime::FieldMask" | "&generated_client_runtime::Secret" => {
            "&\"x\".into()".to_owned()
        }
        kind if kind.starts_with('&') => "&Default::default()".to_owned(),
        _ => "\"x\".into()".to_owned(),
    }
}
