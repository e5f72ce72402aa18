//! Prints the client: progenitor's signatures, each with a call into the runtime as its body.

mod documentation;
mod pages;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, FnArg, GenericArgument, ImplItemFn, PatType, PathArguments, ReturnType, Type,
    TypeReference, parse_quote,
};

use super::{attributes, docs, operations};
use crate::Problem;
use crate::lower::{Argument, Facts, Method, Place};

pub(super) fn emit(methods: Vec<ImplItemFn>, facts: &Facts) -> Result<TokenStream, Problem> {
    let mut printed = Vec::new();
    for method in &facts.methods {
        let signature = methods
            .iter()
            .find(|each| each.sig.ident == method.name)
            .ok_or_else(|| Problem::internal(format!("the method `{}` is missing", method.name)))?;
        let inputs = inputs(signature, method)?;
        let response = response(signature)?;
        printed.extend(print(&inputs, &response, method));
        printed.extend(pages::print(&inputs, &response, method));
    }
    let names = (!facts.names.is_empty()).then(|| quote!(names,));
    let title = docs::outer(&format!("A client of the {}.", facts.title));
    let api = api(facts);
    let with_parameters = with_parameters(facts);
    // A client without methods uses next to nothing.
    let error = (with_parameters.is_some() || !printed.is_empty()).then(|| quote!(, Error));
    let response = (!printed.is_empty()).then(|| quote!(, Response));
    let imports = quote!(self #error #response);
    let types = (!facts.types.is_empty() || !printed.is_empty()).then(|| quote!(, types));
    Ok(quote! {
        use ::generated_client::runtime::{#imports};
        use super::{#names operations #types};

        #(#title)*
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

fn api(facts: &Facts) -> TokenStream {
    let base_url = &facts.base_url;
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
            const BASE_URL: &'static str = #base_url;
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
fn print(inputs: &[TokenStream], response: &Type, method: &Method) -> Vec<TokenStream> {
    let name = format_ident!("{}", method.name);
    let optional = |argument: &Argument| match argument.place {
        Place::Options => true,
        Place::Body => method.optional_body,
        Place::Header(_, optional) => optional,
        _ => false,
    };
    if !method.arguments.iter().any(optional) {
        let doc = documentation::of(method);
        return vec![function(
            &name,
            inputs,
            response,
            method,
            &call(method),
            &doc,
        )];
    }
    let with = format_ident!("{}_with", method.name);
    let passed = method.arguments.iter().map(|argument| {
        let name = format_ident!("{}", argument.name);
        match optional(argument) {
            true if matches!(argument.place, Place::Header(..)) => quote!(None),
            true => quote!(&Default::default()),
            false => quote!(#name),
        }
    });
    let body = quote!(self.#with(#(#passed),*));
    let arguments = inputs.iter().zip(&method.arguments);
    let required = arguments.filter(|(_, argument)| !optional(argument));
    let required: Vec<TokenStream> = required.map(|(input, _)| input.clone()).collect();
    let also = format!("Like [`Self::{name}`], with what is optional.");
    let (doc, also) = (documentation::of(method), docs::outer_verbatim(&also));
    vec![
        function(&name, &required, response, method, &body, &doc),
        function(&with, inputs, response, method, &call(method), &also),
    ]
}

fn function(
    name: &syn::Ident,
    inputs: &[TokenStream],
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
    let allow = (inputs.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #(#doc)*
        #deprecated
        #allow
        pub async fn #name(&self, #(#inputs),*) -> Result<Response<#response>, Error> {
            #body.await
        }
    }
}

/// The call that is a method's body.
fn call(method: &Method) -> TokenStream {
    let begun = begun(method, |_| true);
    let empty = method.empty_message.then(|| quote!(.empty_message()));
    let send = if method.returns_nothing {
        quote!(.send_and_discard())
    } else if method.may_return_nothing {
        quote!(.send_for_something_or_nothing())
    } else {
        quote!(.send())
    };
    quote!(#begun #empty #send)
}

/// The beginning of a call, with those arguments that are `wanted`.
fn begun(method: &Method, wanted: impl Fn(&Argument) -> bool) -> TokenStream {
    let operation = operations::name(method);
    let arguments = method.arguments.iter().filter(|argument| wanted(argument));
    let arguments = arguments.map(|argument| {
        let name = format_ident!("{}", argument.name);
        match &argument.place {
            Place::Path => quote!(.path(#name)),
            Place::Query(wire) => quote!(.query(#wire, &#name)),
            Place::Header(wire, _) => quote!(.header(#wire, &#name)),
            Place::Options => quote!(.options(#name)),
            Place::Body => quote!(.json(#name)),
        }
    });
    quote!(self.runtime.call(&operations::#operation) #(#arguments)*)
}

/// The arguments of a method in the order that they have here, with the types that its signature
/// gives them, without lifetimes.
fn inputs(signature: &ImplItemFn, method: &Method) -> Result<Vec<TokenStream>, Problem> {
    let typed: Vec<&PatType> = signature
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(input) => Some(input),
            FnArg::Receiver(_) => None,
        })
        .collect();
    let input = |argument: &Argument| {
        let name = format_ident!("{}", argument.name);
        let input = typed
            .iter()
            .find(|input| input.pat == parse_quote!(#name))?;
        let mut kind = (*input.ty).clone();
        Elided.visit_type_mut(&mut kind);
        Some(quote!(#name: #kind))
    };
    method
        .arguments
        .iter()
        .map(|argument| {
            input(argument).ok_or_else(|| {
                Problem::internal(format!("`{}` lacks `{}`", method.name, argument.name))
            })
        })
        .collect()
}

/// What a method returns, out of `Result<ResponseValue<T>, Error<()>>`.
fn response(signature: &ImplItemFn) -> Result<Type, Problem> {
    let mut response = match &signature.sig.output {
        ReturnType::Type(_, kind) => inside(kind).and_then(inside).cloned(),
        ReturnType::Default => None,
    }
    .ok_or_else(|| Problem::internal("a signature returns something else than a response"))?;
    Elided.visit_type_mut(&mut response);
    Ok(response)
}

/// Leaves lifetimes to the compiler, and names the types of the runtime.
struct Elided;

impl VisitMut for Elided {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime = None;
        if let Some(item) = item_of_list(&reference.elem) {
            *reference.elem = parse_quote!([#item]);
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        super::types::to_runtime(&mut path.path);
        syn::visit_mut::visit_type_path_mut(self, path);
    }
}

/// What is in a list. An argument is a slice of it, as any list can be passed as one.
fn item_of_list(kind: &Type) -> Option<Type> {
    match kind {
        Type::Path(path) if path.path.segments.last()?.ident == "Vec" => inside(kind).cloned(),
        _ => None,
    }
}

/// The first argument of a generic type.
fn inside(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inside) => Some(inside),
        _ => None,
    }
}
