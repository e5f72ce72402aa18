//! The arguments of a method: how they are declared, and how they are handed to the call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{FnArg, Ident, ImplItemFn, Pat, Path, Type, TypeReference, parse_quote};

use super::super::types::{self, first_argument};
use crate::Problem;
use crate::lower::{Method, Place};

/// An argument as it is printed.
#[derive(Clone)]
pub(super) struct Input {
    /// Its name and its type.
    pub declared: TokenStream,
    /// What hands it to the call: `.path(name)`.
    pub handed: TokenStream,
}

/// The arguments of a method in the order that they have here, with the types that its signature
/// gives them.
pub(super) fn inputs(signature: &ImplItemFn, method: &Method) -> Result<Vec<Input>, Problem> {
    let arguments = method.arguments.iter().map(|argument| {
        let name = format_ident!("{}", argument.name);
        let mut types = signature.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(input) if is_called(&input.pat, &name) => Some(&*input.ty),
            _ => None,
        });
        let mut kind = types.next().cloned().ok_or_else(|| {
            Problem::internal(format!("`{}` lacks `{}`", method.name, argument.name))
        })?;
        let form = to_runtime(&mut kind);
        Ok(Input {
            handed: handed(&name, &kind, &argument.place, form),
            declared: quote!(#name: #kind),
        })
    });
    arguments.collect()
}

fn is_called(pattern: &Pat, name: &Ident) -> bool {
    matches!(pattern, Pat::Ident(pattern) if pattern.ident == *name)
}

fn handed(name: &Ident, kind: &Type, place: &Place, form: Form) -> TokenStream {
    let written = match form {
        Form::Own => as_wire(name, kind),
        Form::OwnInJson | Form::Plain => quote!(#name),
    };
    match place {
        Place::Path => quote!(.path(#name)),
        Place::Query(wire) => quote!(.query(#wire, &#written)),
        Place::Header(wire, _) => quote!(.header(#wire, &#written)),
        Place::Options => quote!(.options(#name)),
        Place::Body => {
            let body = match kind {
                Type::Reference(_) => quote!(#name),
                _ => quote!(&#name),
            };
            match form {
                Form::Plain => quote!(.json(#body)),
                Form::Own | Form::OwnInJson => quote!(.json(&runtime::wire::Out(#body))),
            }
        }
    }
}

/// An argument that JSON has no type for, as the runtime writes it.
fn as_wire(name: &Ident, kind: &Type) -> TokenStream {
    let borrowed = matches!(first_argument(kind, "Option"), Some(Type::Reference(_)));
    match kind {
        Type::Reference(list) if matches!(*list.elem, Type::Slice(_)) => {
            quote!(#name.iter().map(runtime::wire::Out).collect::<Vec<_>>())
        }
        Type::Reference(_) => quote!(runtime::wire::Out(#name)),
        _ if borrowed => quote!(#name.map(runtime::wire::Out)),
        _ => quote!(runtime::wire::Out(&#name)),
    }
}

/// Who writes and reads a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// serde.
    #[default]
    Plain,
    /// The runtime, but only in JSON: in a URL or a header, an integer is the same without the quotation
    /// marks that it has there.
    OwnInJson,
    /// The runtime.
    Own,
}

/// Leaves lifetimes to the compiler, names the types of the runtime, and takes numbers by value.
pub(super) fn to_runtime(kind: &mut Type) -> Form {
    let mut rewritten = Rewritten::default();
    rewritten.visit_type_mut(kind);
    rewritten.form
}

#[derive(Default)]
struct Rewritten {
    form: Form,
}

impl VisitMut for Rewritten {
    fn visit_type_mut(&mut self, kind: &mut Type) {
        syn::visit_mut::visit_type_mut(self, kind);
        if let Type::Reference(reference) = kind
            && let Type::Path(number) = &*reference.elem
            && is_one_of(&number.path, &["f64", "i64", "u64"])
        {
            *kind = Type::Path(number.clone());
        }
    }

    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime = None;
        // Any list can be passed as a slice of it.
        if let Some(item) = first_argument(&reference.elem, "Vec") {
            *reference.elem = parse_quote!([#item]);
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        if types::to_runtime(&mut path.path) {
            let form = match is_one_of(&path.path, &["i64", "u64"]) {
                true => Form::OwnInJson,
                false => Form::Own,
            };
            self.form = self.form.max(form);
        }
        syn::visit_mut::visit_type_path_mut(self, path);
    }
}

fn is_one_of(path: &Path, names: &[&str]) -> bool {
    names.iter().any(|name| path.is_ident(name))
}
