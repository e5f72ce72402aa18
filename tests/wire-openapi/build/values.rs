//! Prints made-up values as expressions of the types that a client takes.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use serde_json::Value;
use syn::Type;

use crate::Fallible;
use crate::reading::{members, text};

/// A value of a type, out of JSON.
pub fn of_json(kind: &Type, json: &Value, own_form: bool) -> TokenStream {
    let json = json.to_string();
    let read = match own_form {
        true => quote!(wire_value),
        false => quote!(value),
    };
    match kind {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(list) => {
                let item = &list.elem;
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

/// A value for a parameter of integers, which are the same in a URL as texts of digits.
pub fn counted(kind: &Type, json: Value) -> Value {
    let kind = kind.to_token_stream().to_string();
    if !kind.contains("i64") && !kind.contains("u64") {
        return json;
    }
    let number = |it: Value| match it.as_str().and_then(|text| text.parse::<i64>().ok()) {
        Some(number) => number.into(),
        None => it,
    };
    match json {
        Value::Array(items) => items.into_iter().map(number).collect(),
        one => number(one),
    }
}

/// A file, or each file of a list.
pub fn file(value: &Value) -> TokenStream {
    match value {
        Value::Array(items) => {
            let items = items.iter().map(text);
            quote!([#(#items),*])
        }
        // Of a file or an object, the object is sent as JSON.
        Value::Object(_) => {
            let json = value.to_string();
            quote!(#json)
        }
        value => {
            let text = text(value);
            quote!(#text)
        }
    }
}

/// Parts that are put together by hand.
pub fn parts(value: &Value) -> TokenStream {
    let parts = members(value).map(|(name, value)| {
        let text = text(value);
        quote!(.text(#name, #text))
    });
    quote!(runtime::Multipart::new()#(#parts)*)
}

/// The type of a value that an argument or a setter takes, out of whatever becomes one.
pub fn kind(takes: &TokenStream) -> Fallible<Type> {
    let text = takes.to_string().replace(' ', "");
    let list = text.strip_prefix("implIntoIterator<Item=");
    let item = list.and_then(|it| it.strip_suffix('>')).unwrap_or(&text);
    let into = item.strip_prefix("implInto<");
    let item = into.and_then(|it| it.strip_suffix('>')).unwrap_or(item);
    let kind = match list {
        Some(_) => format!("Vec<{item}>"),
        None => item.to_owned(),
    };
    Ok(syn::parse_str(&kind)?)
}
