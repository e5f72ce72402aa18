//! Prints the functions that make the credentials of an API.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Comment, code_span};
use crate::model::{Model, Scheme, SchemeKind};

/// The module of the credentials; nothing where there are none.
pub(super) fn emit(model: &Model) -> Option<TokenStream> {
    let functions = model.credentials.iter().map(function);
    (!model.credentials.is_empty()).then(|| {
        quote! {
            use ::generated_client_runtime as runtime;
            #(#functions)*
        }
    })
}

fn function(scheme: &Scheme) -> TokenStream {
    let name = format_ident!("{}", scheme.function);
    let mut comment = Comment::of(&about(scheme));
    comment.add(&scheme.doc);
    let doc = comment.outer();
    let checked = |arguments: TokenStream, made: TokenStream| {
        quote! {
            #(#doc)*
            ///
            /// # Errors
            ///
            /// A credential that cannot stand there.
            pub fn #name(#arguments) -> Result<runtime::Authorization, runtime::Error> {
                runtime::Authorization::#made
            }
        }
    };
    let key = quote!(key: impl Into<runtime::Secret>);
    match &scheme.kind {
        SchemeKind::Header(header) => checked(key, quote!(header_named(#header, key))),
        SchemeKind::Cookie(cookie) => checked(key, quote!(cookie(#cookie, key))),
        SchemeKind::Bearer => checked(
            quote!(token: impl Into<runtime::Secret>),
            quote!(bearer(token)),
        ),
        SchemeKind::Basic => checked(
            quote!(id: &str, secret: impl Into<runtime::Secret>),
            quote!(basic(id, secret)),
        ),
        SchemeKind::Query(parameter) => quote! {
            #(#doc)*
            pub fn #name(key: impl Into<runtime::Secret>) -> runtime::Authorization {
                runtime::Authorization::query(#parameter, key)
            }
        },
        SchemeKind::ClientCredentials(url) => quote! {
            #(#doc)*
            pub fn #name(
                id: impl Into<String>,
                secret: impl Into<runtime::Secret>,
            ) -> runtime::auth::ClientCredentials {
                runtime::auth::ClientCredentials::new(#url, id, secret)
            }
        },
    }
}

/// What a function makes.
fn about(scheme: &Scheme) -> String {
    let name = code_span(&scheme.name);
    match &scheme.kind {
        SchemeKind::Header(header) => format!("{name}: a key in the header {}.", code_span(header)),
        SchemeKind::Query(parameter) => {
            format!("{name}: a key in the query, as {}.", code_span(parameter))
        }
        SchemeKind::Cookie(cookie) => format!("{name}: a key in the cookie {}.", code_span(cookie)),
        SchemeKind::Basic => format!("{name}: an id and a secret."),
        SchemeKind::Bearer => format!("{name}: an access token."),
        SchemeKind::ClientCredentials(url) => format!(
            "{name}: the id and the secret of a client of OAuth 2.0, which go to {} for an access token.",
            code_span(url)
        ),
    }
}
