//! Prints the client: progenitor's signatures, each with a call into the runtime as its body.

mod arguments;
mod documentation;
mod pages;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, ImplItemFn, ReturnType, Type};

use self::arguments::{Form, Input, inputs, to_runtime};
use super::docs::{Comment, code_span};
use super::types::first_argument;
use super::{attributes, operations};
use crate::Problem;
use crate::lower::{Argument, Facts, Method, Place};
use crate::names;

pub(super) fn emit(methods: Vec<ImplItemFn>, facts: &Facts) -> Result<TokenStream, Problem> {
    let by_name = methods
        .iter()
        .map(|each| (each.sig.ident.to_string(), each));
    let by_name: BTreeMap<String, &ImplItemFn> = by_name.collect();
    let mut printed = Vec::new();
    for method in &facts.methods {
        let signature = by_name
            .get(&method.name)
            .ok_or_else(|| Problem::internal(format!("the method `{}` is missing", method.name)))?;
        let inputs = inputs(signature, method)?;
        let (response, form) = response(signature)?;
        let doc = documentation::of(method, is_long_running(&response, facts));
        printed.extend(print(&inputs, (&response, form), method, &doc));
        printed.extend(pages::print(&inputs, &response, method));
    }
    let names = (!facts.names.is_empty()).then(|| quote!(names,));
    let about = about(facts);
    let api = api(facts);
    let with_parameters = with_parameters(facts);
    // A client without methods uses next to nothing.
    let error = (with_parameters.is_some() || !printed.is_empty()).then(|| quote!(, Error));
    let response = (!printed.is_empty()).then(|| quote!(, Response));
    let imports = quote!(self #error #response);
    let uses_types = with_parameters.is_some() || printed.iter().any(mentions_types);
    let types = uses_types.then(|| quote!(, types));
    Ok(quote! {
        use ::generated_client::runtime::{#imports};
        use super::{#names operations #types};

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
            /// A client that is as patient as this policy says.
            #[must_use]
            pub fn with_policy(&self, policy: runtime::Policy) -> Self {
                Self {
                    runtime: self.runtime.with_policy(policy),
                }
            }
            #(#printed)*
        }
    })
}

/// Whether a method has types of the document in its signature; their module is not there without any.
fn mentions_types(method: &TokenStream) -> bool {
    method.to_string().contains("types ::")
}

fn api(facts: &Facts) -> TokenStream {
    let base_url = match &facts.base_url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let scopes = &facts.scopes;
    let parameters = match &facts.standard_parameters {
        Some(name) => {
            let name = format_ident!("{name}");
            quote!(types::#name)
        }
        None => quote!(runtime::NoParameters),
    };
    let preset = facts
        .preset
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let preset = (!facts.preset.is_empty())
        .then(|| quote!(const PRESET: &'static [(&'static str, &'static str)] = &[#(#preset),*];));
    quote! {
        impl runtime::Api for Client {
            const BASE_URL: Option<&'static str> = #base_url;
            const SCOPES: &'static [&'static str] = &[#(#scopes),*];
            type Parameters = #parameters;
            #preset
            const OPERATIONS: &'static [&'static runtime::Operation] = operations::ALL;
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
fn about(facts: &Facts) -> Vec<Attribute> {
    let mut about = Comment::of(&format!("A client of the {}.", facts.title));
    if facts.base_url.is_none() {
        let mut text =
            "The API's spec names no server that everybody reaches: `base_url` of the builder \
            says where the API is, and `build` fails without it."
                .to_owned();
        if !facts.base_path.is_empty() {
            text += &format!(" The URL ends in {}.", code_span(&facts.base_path));
        }
        about.add(&text);
    }
    about.outer()
}

/// Whether a method returns an operation whose work may outlast the call, or fail.
fn is_long_running(response: &Type, facts: &Facts) -> bool {
    let Type::Path(path) = response else {
        return false;
    };
    let name = path.path.segments.last().map(|last| last.ident.to_string());
    let known = name.and_then(|name| facts.types.get(&name));
    known.is_some_and(|known| known.long_running)
}

fn with_parameters(facts: &Facts) -> Option<TokenStream> {
    let name = format_ident!("{}", facts.standard_parameters.as_ref()?);
    Some(quote! {
        /// A client that sends these parameters with every call, besides those that this one sends.
        /// Where both set one, the new value counts.
        ///
        /// # Errors
        ///
        /// A value that the API does not take.
        pub fn with_parameters(&self, parameters: &types::#name) -> Result<Self, Error> {
            let runtime = self.runtime.with_parameters(parameters)?;
            Ok(Self { runtime })
        }
    })
}

/// A method, and where it has options or a body that may be left out, a second one that takes them:
/// so a method that gets its first option can still be called as before.
fn print(
    inputs: &[Input],
    (response, form): (&Type, Form),
    method: &Method,
    doc: &[Attribute],
) -> Vec<TokenStream> {
    let name = format_ident!("{}", method.name);
    let optional = |argument: &Argument| match argument.place {
        Place::Options => true,
        Place::Body => method.optional_body,
        Place::Header(_, optional) => optional,
        _ => false,
    };
    if !method.arguments.iter().any(optional) {
        return vec![function(
            &name,
            inputs,
            response,
            method,
            &call(method, inputs, form),
            doc,
        )];
    }
    let with = format_ident!("{}", names::with(&method.name));
    let passed = method.arguments.iter().map(|argument| {
        let name = format_ident!("{}", argument.name);
        match optional(argument) {
            true if matches!(argument.place, Place::Header(..)) => quote!(None),
            true => quote!(&Default::default()),
            false => quote!(#name),
        }
    });
    let body = quote!(self.#with(#(#passed),*).await);
    let arguments = inputs.iter().zip(&method.arguments);
    let required = arguments.filter(|(_, argument)| !optional(argument));
    let required: Vec<Input> = required.map(|(input, _)| input.clone()).collect();
    let also = Comment::about("Like [`Self::{}`], with what is optional.", &name).outer();
    vec![
        function(&name, &required, response, method, &body, doc),
        function(
            &with,
            inputs,
            response,
            method,
            &call(method, inputs, form),
            &also,
        ),
    ]
}

fn function(
    name: &syn::Ident,
    inputs: &[Input],
    response: &Type,
    method: &Method,
    body: &TokenStream,
    doc: &[Attribute],
) -> TokenStream {
    let deprecated = attributes::deprecated(method.deprecated);
    // With `self` this is more than clippy takes for readable; the API asks for them all the same.
    let response = match method.may_return_nothing {
        true => quote!(Option<#response>),
        false => quote!(#response),
    };
    let declared = inputs.iter().map(|input| &input.declared);
    let allow = (inputs.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #(#doc)*
        #deprecated
        #allow
        pub async fn #name(&self, #(#declared),*) -> Result<Response<#response>, Error> {
            #body
        }
    }
}

/// The call that is a method's body.
fn call(method: &Method, inputs: &[Input], form: Form) -> TokenStream {
    let begun = begun(method, inputs, |_| true);
    let empty = method.empty_message.then(|| quote!(.empty_message()));
    let (of, inside) = match form {
        Form::Plain => (None, quote!()),
        _ => (
            Some(quote!(::<runtime::wire::In<_>>)),
            quote!(runtime::wire::In::into_inner),
        ),
    };
    let (send, inside) = if method.returns_nothing {
        (quote!(.send_and_discard()), inside)
    } else if method.may_return_nothing {
        let send = quote!(.send_for_something_or_nothing #of());
        (send, quote!(|body| body.map(#inside)))
    } else {
        (quote!(.send #of()), inside)
    };
    let sent = quote!(#begun #empty #send.await);
    match of {
        None => sent,
        Some(_) => quote!(Ok(#sent?.map(#inside))),
    }
}

/// The beginning of a call, with those arguments that are `wanted`.
fn begun(method: &Method, inputs: &[Input], wanted: impl Fn(&Argument) -> bool) -> TokenStream {
    let operation = operations::name(method);
    let arguments = method.arguments.iter().zip(inputs);
    let arguments = arguments.filter(|(argument, _)| wanted(argument));
    let handed = arguments.map(|(_, input)| &input.handed);
    quote!(self.runtime.call(&operations::#operation) #(#handed)*)
}

/// What a method returns, out of `Result<ResponseValue<T>, Error<()>>`, and who reads it.
fn response(signature: &ImplItemFn) -> Result<(Type, Form), Problem> {
    let mut response = match &signature.sig.output {
        ReturnType::Type(_, kind) => first_argument(kind, "Result")
            .and_then(|success| first_argument(success, "ResponseValue"))
            .cloned(),
        ReturnType::Default => None,
    }
    .ok_or_else(|| Problem::internal("a signature returns something else than a response"))?;
    let form = to_runtime(&mut response);
    Ok((response, form))
}
