//! Prints the clients of a harness: one for each set of credentials that operations take.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::Item;

use crate::Fallible;
use crate::reading::operation::Operation;
use crate::reading::security::{Kind, Scheme, key, secret};

/// An arm for each set: what it is called, and the builder with these credentials.
pub fn arms(folder: &Path, operations: &[&Operation]) -> Fallible<Vec<TokenStream>> {
    let text = fs::read_to_string(folder.join("credentials.rs")).unwrap_or_default();
    let functions = functions(&syn::parse_file(&text)?);
    let mut arms = BTreeMap::new();
    for operation in operations {
        let schemes = &operation.credentials;
        let mut together: Option<TokenStream> = None;
        for scheme in schemes {
            let one = credentials(scheme, &functions)?;
            together = Some(match together {
                None => quote!(runtime::auth::Together::new(#one)),
                Some(others) => quote!(#others.and(#one)),
            });
        }
        let key = key(schemes);
        let arm = match together {
            None => quote!(#key => builder,),
            Some(together) => quote!(#key => builder.credentials(#together),),
        };
        arms.insert(key, arm);
    }
    Ok(arms.into_values().collect())
}

fn credentials(scheme: &Scheme, functions: &BTreeMap<String, String>) -> Fallible<TokenStream> {
    let secret = secret(scheme);
    if matches!(scheme.kind, Kind::Token) {
        return Ok(quote!(runtime::Authorization::bearer(#secret).unwrap()));
    }
    let function = functions.get(&scheme.name);
    let function = function.ok_or_else(|| format!("`{}` has no credentials", scheme.name))?;
    let function = format_ident!("{function}");
    Ok(match &scheme.kind {
        Kind::Key(place, _) if place == "query" => quote!(credentials::#function(#secret)),
        Kind::Basic => quote!(credentials::#function("id", #secret).unwrap()),
        _ => quote!(credentials::#function(#secret).unwrap()),
    })
}

/// The functions of a module, by the scheme that their documentation begins with.
fn functions(module: &syn::File) -> BTreeMap<String, String> {
    let functions = module.items.iter().filter_map(|item| match item {
        Item::Fn(function) => {
            let doc = function.attrs.first()?.to_token_stream().to_string();
            let scheme = doc.split('`').nth(1)?;
            Some((scheme.to_owned(), function.sig.ident.to_string()))
        }
        _ => None,
    });
    functions.collect()
}
