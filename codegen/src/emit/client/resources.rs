//! Prints the resources, and their methods.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::attributes;
use super::super::module::{Module, Piece, Table};
use super::super::types::shown;
use super::{Signed, documentation};
use crate::Problem;
use crate::characters::is_control;
use crate::model::{Model, Resource, Role};

/// The module of the resources; nothing where every method is the client's own.
pub(super) fn emit(methods: &[Signed], model: &Model) -> Result<Option<Module>, Problem> {
    let resources = model.resources.get(1..).unwrap_or_default();
    if resources.is_empty() {
        return Ok(None);
    }
    let bodies: Vec<_> = resources
        .iter()
        .map(|resource| printed_methods(resource, methods, model))
        .collect();
    let imports = imports(&quote!(#(#bodies)*), true);
    let mut module = Module::parse(quote! {
        use ::generated_client_runtime as runtime;
        #imports
    })?;
    for (resource, body) in resources.iter().zip(bodies) {
        module.pieces.push(Piece::Table(table(resource, model)));
        if !resource.methods.is_empty() {
            let name = format_ident!("{}", resource.name);
            let methods = Module::parse(quote!(impl #name { #body }))?;
            module.pieces.extend(methods.pieces);
        }
    }
    Ok(Some(module))
}

/// The definition of a resource, with those below it.
fn table(resource: &Resource, model: &Model) -> Table {
    let rows = resource.children.iter().map(|(name, child)| {
        let child = &model.resources[*child];
        format!("{name}: {}, {},", child.name, shown(&title(child)))
    });
    Table {
        name: "resource",
        of: format!("{}, {}", resource.name, shown(&title(resource))),
        rows: rows.collect(),
    }
}

/// A resource as the document names it, in what is safe within a code span.
fn title(resource: &Resource) -> String {
    let title = resource.path.join(".");
    let kept = |c: char| !is_control(c) && c != '`';
    title.chars().filter(|c| kept(*c)).collect()
}

/// The methods that are the client's own, and those that return its resources.
pub(super) fn of_client(methods: &[Signed], model: &Model) -> TokenStream {
    let client = &model.resources[0];
    let children = client.children.iter().map(|(name, child)| {
        let (name, child) = (format_ident!("{name}"), &model.resources[*child]);
        let kind = format_ident!("{}", child.name);
        let doc = format!(" The resource `{}`.", title(child));
        quote! {
            #[doc = #doc]
            pub fn #name(&self) -> resources::#kind {
                resources::#kind::new(&self.runtime)
            }
        }
    });
    let methods = printed_methods(client, methods, model);
    quote!(#(#children)* #methods)
}

/// The modules that the methods of a client or of resources need, besides the runtime.
pub(super) fn imports(methods: &TokenStream, requests: bool) -> Option<TokenStream> {
    let text = methods.to_string();
    let used = |name: &&str| match *name {
        "requests" => requests,
        name => text.contains(&format!("{name} ::")),
    };
    let modules = ["names", "requests", "resources", "types"].into_iter();
    let modules: Vec<_> = modules
        .filter(used)
        .map(|name| format_ident!("{name}"))
        .collect();
    (!modules.is_empty()).then(|| {
        quote!(
            use super::{#(#modules),*};
        )
    })
}

fn printed_methods(resource: &Resource, methods: &[Signed], model: &Model) -> TokenStream {
    let methods = resource
        .methods
        .iter()
        .map(|(name, index)| printed_method(name, &methods[*index], model));
    quote!(#(#methods)*)
}

fn printed_method(name: &str, each: &Signed, model: &Model) -> TokenStream {
    let method = each.method;
    let (name, request) = (format_ident!("{name}"), format_ident!("{}", method.request));
    let doc = documentation::of(method, is_long_running(each, model));
    let deprecated = attributes::deprecated(method.deprecated);
    let arguments = each.values.iter();
    let arguments: Vec<_> = arguments
        .filter(|(argument, _)| argument.role == Role::Argument)
        .collect();
    let declared = arguments.iter().map(|(it, value)| value.declared(it));
    let handed = arguments.iter().map(|(it, value)| value.handed(it));
    let message = method.empty_message.then(|| quote!(.empty_message()));
    let parts = method
        .empty_parts
        .then(|| quote!(.multipart(runtime::Multipart::new())));
    let allow = (arguments.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #(#doc)*
        #deprecated
        #allow
        pub fn #name(&self, #(#declared),*) -> requests::#request {
            self.runtime.call(&requests::#request::OPERATION) #(#handed)* #message #parts.into()
        }
    }
}

/// Whether a method returns an operation whose work may outlast the call, or fail.
fn is_long_running(each: &Signed, model: &Model) -> bool {
    let kind = each.response.kind.strip_prefix("types::");
    let known = kind.and_then(|name| model.types.get(name));
    known.is_some_and(|known| known.long_running)
}

/// The paths of the methods that make requests, for links to them, in the order of [`Model::methods`].
pub(super) fn links(model: &Model) -> Vec<String> {
    let mut links = vec![String::new(); model.methods.len()];
    for resource in &model.resources {
        let of = match resource.name.as_str() {
            "" => "super::Client".to_owned(),
            name => format!("super::resources::{name}"),
        };
        for (name, index) in &resource.methods {
            links[*index] = format!("{of}::{name}");
        }
    }
    links
}
