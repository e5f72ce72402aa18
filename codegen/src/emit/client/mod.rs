//! Prints the client, its resources, and the requests that their methods return.

mod arguments;
mod documentation;
mod paging;
mod requests;
mod resources;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

pub(super) use self::arguments::shown;
use self::arguments::{Response, Value, response, values};
pub(super) use self::paging::steps as paging_steps;
use super::docs::{Comment, code_span};
use super::module::Module;
use super::space::Space;
use crate::Problem;
use crate::model::{Argument, Method, Model, Signature};

/// A method with the types of its signature.
struct Signed<'a> {
    method: &'a Method,
    values: Vec<(&'a Argument, Value)>,
    response: Response,
}

/// The modules `client`, `requests` and `resources`.
pub(super) fn emit(space: &Space, model: &Model) -> Result<Vec<(&'static str, Module)>, Problem> {
    let methods = model.methods.iter().map(|method| {
        Ok(Signed {
            method,
            values: values(space, &method.signature)?,
            response: response(space, method)?,
        })
    });
    let methods = methods.collect::<Result<Vec<_>, Problem>>()?;
    let standard = values(space, &model.standard)?;
    let mut modules = vec![("client", Module::parse(client(&methods, model))?)];
    if let Some(requests) = requests::emit(&methods, &standard, model)? {
        modules.push(("requests", requests));
    }
    if let Some(resources) = resources::emit(&methods, model)? {
        modules.push(("resources", resources));
    }
    Ok(modules)
}

/// The values of a signature, each with the type that a caller gives.
pub(super) fn given<'a>(
    space: &Space,
    signature: &'a Signature,
) -> Result<Vec<(&'a Argument, String)>, Problem> {
    let values = values(space, signature)?.into_iter();
    let given = values.map(|(argument, value)| (argument, value.given(argument)));
    Ok(given.collect())
}

/// What the request of a method returns, and the method of a call that reads it.
pub(super) fn returned(space: &Space, method: &Method) -> Result<(String, &'static str), Problem> {
    let response = response(space, method)?;
    Ok((response.kind, response.send))
}

fn client(methods: &[Signed], model: &Model) -> TokenStream {
    let own = resources::of_client(methods, model);
    let about = about(model);
    let api = api(model);
    let imports = resources::imports(&own, !methods.is_empty());
    let with_parameters = with_parameters(model);
    quote! {
        use ::generated_client_runtime as runtime;
        #imports

        #(#about)*
        ///
        /// It is cheap to clone: clones share their connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            runtime: runtime::Client,
        }

        #api

        impl Client {
            /// Starts to build a client.
            pub fn builder() -> runtime::Builder<Self> {
                runtime::Builder::new()
            }
            #with_parameters
            /// A client with this retry policy.
            #[must_use]
            pub fn with_retry_policy(&self, policy: runtime::RetryPolicy) -> Self {
                Self {
                    runtime: self.runtime.with_retry_policy(policy),
                }
            }
            #own
        }
    }
}

fn api(model: &Model) -> TokenStream {
    let base_url = match &model.base_url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let scopes = &model.scopes;
    let preset = model
        .preset
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let preset = (!model.preset.is_empty())
        .then(|| quote!(const PRESET: &'static [(&'static str, &'static str)] = &[#(#preset),*];));
    let operations = model.methods.iter().map(|method| {
        let request = quote::format_ident!("{}", method.request);
        quote!(&requests::#request::OPERATION)
    });
    quote! {
        impl runtime::Api for Client {
            const BASE_URL: Option<&'static str> = #base_url;
            const SCOPES: &'static [&'static str] = &[#(#scopes),*];
            #preset
            const OPERATIONS: &'static [&'static runtime::Operation] = &[#(#operations),*];
            fn from_runtime(runtime: runtime::Client) -> Self {
                Self { runtime }
            }
            fn runtime(&self) -> &runtime::Client {
                &self.runtime
            }
        }
    }
}

/// What a client is of, and what has to be said when one is built.
fn about(model: &Model) -> Vec<Attribute> {
    let mut about = Comment::of(&format!("A client of the {}.", model.title));
    if model.base_url.is_none() {
        let mut text =
            "The API's spec names no server that everybody reaches: `base_url` of the builder \
            says where the API is, and `build` fails without it."
                .to_owned();
        if !model.base_path.is_empty() {
            text += &format!(" The URL ends in {}.", code_span(&model.base_path));
        }
        about.add(&text);
    }
    about.outer()
}

fn with_parameters(model: &Model) -> Option<TokenStream> {
    (!model.standard.arguments.is_empty()).then(|| {
        quote! {
            /// A client that sends these standard parameters with every request, besides those that this
            /// one sends. Where both set one, the new value counts.
            ///
            /// # Errors
            ///
            /// A value that the API does not take.
            pub fn with_parameters(
                &self,
                parameters: runtime::Parameters,
            ) -> Result<Self, runtime::Error> {
                Ok(Self {
                    runtime: self.runtime.with_parameters(parameters)?,
                })
            }
        }
    })
}
