//! The values of a method: how they are declared, and how they are handed to the call.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{FnArg, Ident, ImplItemFn, Pat, Path, ReturnType, Type, TypeReference, parse_quote};

use super::super::types::{self, first_argument};
use crate::Problem;
use crate::lower::{Argument, Method, Place};

/// A value, with the type that progenitor gave it.
pub(super) struct Value {
    kind: Type,
    form: Form,
}

/// What a request returns.
pub(super) struct Response {
    /// The type, as a user reads it.
    pub kind: Type,
    /// The method of a call that reads it.
    pub send: &'static str,
}

/// The values of arguments, with the types that a signature gives them.
pub(super) fn values<'a>(
    signature: &ImplItemFn,
    arguments: &'a [Argument],
) -> Result<Vec<(&'a Argument, Value)>, Problem> {
    let arguments = arguments.iter().map(|argument| {
        let name = format_ident!("{}", argument.name);
        let mut types = signature.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(input) if is_called(&input.pat, &name) => Some(&*input.ty),
            _ => None,
        });
        let mut kind = types.next().cloned().ok_or_else(|| {
            let method = &signature.sig.ident;
            Problem::internal(format!("`{method}` lacks `{}`", argument.name))
        })?;
        let form = to_runtime(&mut kind);
        Ok((argument, Value { kind, form }))
    });
    arguments.collect()
}

fn is_called(pattern: &Pat, name: &Ident) -> bool {
    matches!(pattern, Pat::Ident(pattern) if pattern.ident == *name)
}

/// What a method returns, out of `Result<ResponseValue<T>, Error<()>>`.
pub(super) fn response(signature: &ImplItemFn, method: &Method) -> Result<Response, Problem> {
    let mut kind = match &signature.sig.output {
        ReturnType::Type(_, kind) => first_argument(kind, "Result")
            .and_then(|success| first_argument(success, "ResponseValue"))
            .cloned(),
        ReturnType::Default => None,
    }
    .ok_or_else(|| Problem::internal("a signature returns something else than a response"))?;
    let own_form = to_runtime(&mut kind) != Form::Plain;
    let send = match (method.returns_nothing, method.may_return_nothing, own_form) {
        (true, ..) => "send_and_discard",
        (_, false, false) => "send",
        (_, false, true) => "send_wire",
        (_, true, false) => "send_optional",
        (_, true, true) => "send_optional_wire",
    };
    if method.may_return_nothing && !method.returns_nothing {
        kind = parse_quote!(Option<#kind>);
    }
    Ok(Response { kind, send })
}

impl Value {
    /// How an argument of a method is declared: its name and its type.
    pub fn declared(&self, argument: &Argument) -> TokenStream {
        let (name, kind) = (format_ident!("{}", argument.name), &self.kind);
        quote!(#name: #kind)
    }

    /// What hands the argument of a method to the call: `.path(name)`.
    pub fn handed(&self, argument: &Argument) -> TokenStream {
        let name = format_ident!("{}", argument.name);
        let written = match self.form {
            Form::Own => as_wire(&name, &self.kind),
            Form::OwnInJson | Form::Plain => quote!(#name),
        };
        match &argument.place {
            Place::Path => quote!(.path(#name)),
            Place::Query(wire) => quote!(.query(#wire, &#written, None)),
            Place::Header(wire) => quote!(.header(#wire, &#written)),
            Place::Body => {
                let body = match self.kind {
                    Type::Reference(_) => quote!(#name),
                    _ => quote!(&#name),
                };
                match self.form {
                    Form::Plain => quote!(.json(#body)),
                    Form::Own | Form::OwnInJson => quote!(.json(&runtime::wire::Out(#body))),
                }
            }
        }
    }

    /// The line of a table for a setter: what it takes, where that goes, and in which form.
    pub fn setter(&self, argument: &Argument) -> String {
        let in_own_form = match (&argument.place, self.form) {
            (_, Form::Plain) | (Place::Query(_) | Place::Header(_), Form::OwnInJson) => "",
            _ => " as wire",
        };
        let (place, kind) = match &argument.place {
            Place::Query(wire) => (format!("query {}", types::shown(wire)), self.taken()),
            Place::Header(wire) => (format!("header {}", types::shown(wire)), self.taken()),
            _ => ("body".to_owned(), shown(&self.kind)),
        };
        let limit = argument.max_length.map(|limit| format!(" max {limit}"));
        let limit = limit.unwrap_or_default();
        let name = &argument.name;
        format!("{name}({kind}): {place}{in_own_form}{limit},")
    }

    /// What a setter takes: text and types of the document as whatever becomes one, a list as whatever can
    /// be gone through, and everything else by value.
    fn taken(&self) -> String {
        let into = |kind: &Type| match shown(kind).as_str() {
            "str" | "String" => "impl Into<String>".to_owned(),
            kind @ ("runtime::Bytes" | "runtime::FieldMask" | "runtime::Secret") => {
                format!("impl Into<{kind}>")
            }
            kind if kind.starts_with("types::") => format!("impl Into<{kind}>"),
            kind => kind.to_owned(),
        };
        match &self.kind {
            Type::Reference(reference) => match &*reference.elem {
                Type::Slice(list) => {
                    format!("impl IntoIterator<Item = {}>", into(&list.elem))
                }
                kind => into(kind),
            },
            kind => into(kind),
        }
    }
}

/// A type as it stands in source code, on one line.
pub(super) fn shown(kind: &Type) -> String {
    let text = kind.to_token_stream().to_string().replace(' ', "");
    text.replace(',', ", ")
}

/// An argument that JSON has no type for, as the runtime writes it.
fn as_wire(name: &Ident, kind: &Type) -> TokenStream {
    match kind {
        Type::Reference(list) if matches!(*list.elem, Type::Slice(_)) => {
            quote!(#name.iter().map(runtime::wire::Out).collect::<Vec<_>>())
        }
        Type::Reference(_) => quote!(runtime::wire::Out(#name)),
        _ => quote!(runtime::wire::Out(&#name)),
    }
}

/// Who writes and reads a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
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
fn to_runtime(kind: &mut Type) -> Form {
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
