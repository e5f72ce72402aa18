//! The values of a method: how they are declared, and how they are handed to the call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::super::space::{Form, Passed, Space, Within};
use super::super::types;
use crate::Problem;
use crate::model::{Argument, BodyForm, Method, Place, Role, Signature, Simple, SuccessBody};

/// A value, and how it is passed.
pub(super) struct Value {
    passed: Passed,
    form: Form,
}

/// What a request returns.
pub(super) struct Response {
    /// The type, as a user reads it.
    pub kind: String,
    /// The method of a call that reads it.
    pub send: &'static str,
}

/// The values of a signature.
pub(super) fn values<'a>(
    space: &Space,
    signature: &'a Signature,
) -> Result<Vec<(&'a Argument, Value)>, Problem> {
    let types = space.properties(&signature.name);
    let arguments = signature.arguments.iter().map(|argument| {
        let lacks = || Problem::internal(format!("`{}` has no type", argument.name));
        let mut found = types.iter().filter(|(name, _)| *name == argument.name);
        let (_, id) = found.next().ok_or_else(lacks)?;
        let (passed, form) = space.pass(id)?;
        Ok((argument, Value { passed, form }))
    });
    arguments.collect()
}

/// What a method returns.
pub(super) fn response(space: &Space, method: &Method) -> Result<Response, Problem> {
    let whole = |kind: &str, send| {
        Ok(Response {
            kind: kind.to_owned(),
            send,
        })
    };
    match method.success {
        SuccessBody::Text => return whole("String", "send_text"),
        SuccessBody::Bytes => return whole("runtime::Download", "send_download"),
        _ => {}
    }
    let signature = &method.signature;
    let types = space.properties(&signature.name);
    let found = types
        .iter()
        .find(|(name, _)| Some(name) == signature.response.as_ref());
    let Some((_, id)) = found else {
        return whole("()", "send_and_discard");
    };
    let (kind, form) = space.write(id, Within::Elsewhere)?;
    let send = match (method.may_return_nothing, form) {
        (false, Form::Plain) => "send",
        (false, _) => "send_wire",
        (true, Form::Plain) => "send_optional",
        (true, _) => "send_optional_wire",
    };
    let kind = shown(&kind);
    Ok(Response {
        kind: match method.may_return_nothing {
            true => format!("Option<{kind}>"),
            false => kind,
        },
        send,
    })
}

impl Value {
    /// How an argument of a method is declared: its name and its type.
    pub fn declared(&self, argument: &Argument) -> TokenStream {
        let name = format_ident!("{}", argument.name);
        let kind = match (&argument.place, &self.passed) {
            (Place::File(_), Passed::Slice(item)) => {
                quote!(impl IntoIterator<Item = impl Into<#item>>)
            }
            (place, Passed::Reference(kind)) if is_taken_over(place) => quote!(impl Into<#kind>),
            _ => self.kind(),
        };
        quote!(#name: #kind)
    }

    /// The type that a caller gives: of the argument, or of what the setter takes.
    pub fn given(&self, argument: &Argument) -> String {
        if argument.role == Role::Argument {
            let declared = shown(&self.declared(argument));
            let (_, kind) = declared.split_once(':').unwrap_or_default();
            return kind.replace("implInto", "impl Into");
        }
        match &argument.place {
            Place::Body(form) if !is_taken_over(&argument.place) => match form {
                BodyForm::Json | BodyForm::UrlEncoded => shown(&self.kind()),
                BodyForm::Upload | BodyForm::Multipart => self.taken(),
            },
            Place::Path(_) | Place::Expanded(..) => shown(&self.kind()),
            _ => self.taken(),
        }
    }

    fn kind(&self) -> TokenStream {
        match &self.passed {
            Passed::Value(kind) => kind.clone(),
            Passed::Reference(kind) => quote!(&#kind),
            Passed::Slice(item) => quote!(&[#item]),
            Passed::Str => quote!(&str),
        }
    }

    /// What hands the argument of a method to the call: `.path(name)`.
    pub fn handed(&self, argument: &Argument) -> TokenStream {
        let name = format_ident!("{}", argument.name);
        let written = match self.form {
            Form::Own => self.as_wire(&name),
            Form::OwnInJson if matches!(argument.place, Place::Part(_)) => self.as_wire(&name),
            Form::OwnInJson | Form::Plain => quote!(#name),
        };
        match &argument.place {
            Place::Path(Simple::Json) => quote!(.path(runtime::JsonText(&#written))),
            Place::Path(Simple::Exploded) if self.is_joined() => {
                quote!(.path(runtime::Exploded(&#name)))
            }
            Place::Path(_) if self.is_joined() => quote!(.path(runtime::Joined(&#name))),
            Place::Path(_) => quote!(.path(#name)),
            Place::Expanded(wire, style, explode) => {
                let style = format_ident!("{style:?}");
                quote!(.path(runtime::PathStyle::#style.of(#wire, &#written, #explode)))
            }
            Place::Styled(wire, style) => {
                let style = format_ident!("{style:?}");
                quote!(.styled(#wire, runtime::QueryStyle::#style, &#written))
            }
            Place::Cookie(wire) => quote!(.cookie(#wire, &#written)),
            Place::Query(wire) => quote!(.query(#wire, &#written, None)),
            Place::Header(wire, Simple::Joined) => quote!(.header(#wire, &#written)),
            Place::Header(wire, Simple::Exploded) => {
                quote!(.header(#wire, &runtime::Exploded(&#written)))
            }
            Place::Header(wire, Simple::Json) => {
                quote!(.header(#wire, &runtime::JsonText(&#written)))
            }
            Place::Part(wire) => quote!(.part(#wire, &#written)),
            Place::File(wire) => match self.passed {
                Passed::Slice(_) => quote!(.files(#wire, #name)),
                _ => quote!(.file(#wire, #name)),
            },
            Place::Body(BodyForm::Upload) => quote!(.upload(#name)),
            Place::Body(BodyForm::Multipart) => quote!(.multipart(#name)),
            Place::Body(form) => self.as_body(*form, &name),
        }
    }

    /// What hands a body to the call: `.json(body)`.
    fn as_body(&self, form: BodyForm, name: &Ident) -> TokenStream {
        let send = format_ident!("{}", form_of(form));
        let body = match self.passed {
            Passed::Value(_) => quote!(&#name),
            _ => quote!(#name),
        };
        match self.form {
            Form::Plain => quote!(.#send(#body)),
            Form::Own | Form::OwnInJson => quote!(.#send(&runtime::wire::Out(#body))),
        }
    }

    /// Whether a value is a list or an object, whose parts stand in a path with commas between them.
    fn is_joined(&self) -> bool {
        match &self.passed {
            Passed::Slice(_) => true,
            Passed::Reference(kind) => {
                let kind = shown(kind);
                ["types::", "::std::", "runtime::Json"]
                    .iter()
                    .any(|start| kind.starts_with(start))
            }
            Passed::Value(_) | Passed::Str => false,
        }
    }

    /// An argument that JSON has no type for, as the runtime writes it.
    fn as_wire(&self, name: &Ident) -> TokenStream {
        match self.passed {
            Passed::Slice(_) => {
                quote!(#name.iter().map(runtime::wire::Out).collect::<Vec<_>>())
            }
            Passed::Value(_) => quote!(runtime::wire::Out(&#name)),
            Passed::Reference(_) | Passed::Str => quote!(runtime::wire::Out(#name)),
        }
    }

    /// The line of a table for a setter: what it takes, where that goes, and in which form.
    pub fn setter(&self, argument: &Argument) -> String {
        let in_own_form = match (&argument.place, self.form) {
            (Place::Header(_, Simple::Exploded), _) => " as exploded",
            (Place::Header(_, Simple::Json), _) => " as json",
            (_, Form::Plain) => "",
            (Place::Body(_) | Place::Part(_), Form::OwnInJson) => " as wire",
            (_, Form::OwnInJson) => "",
            _ => " as wire",
        };
        let (place, kind) = match &argument.place {
            Place::Query(wire) => (format!("query {}", types::shown(wire)), self.taken()),
            Place::Header(wire, _) => (format!("header {}", types::shown(wire)), self.taken()),
            Place::Cookie(wire) => (format!("cookie {}", types::shown(wire)), self.taken()),
            Place::Styled(wire, style) => {
                (format!("{style:?} {}", types::shown(wire)), self.taken())
            }
            Place::Part(wire) => (format!("part {}", types::shown(wire)), self.taken()),
            Place::File(wire) => {
                let target = match self.passed {
                    Passed::Slice(_) => "files",
                    _ => "file",
                };
                (format!("{target} {}", types::shown(wire)), self.taken())
            }
            Place::Body(form) if is_taken_over(&argument.place) => {
                (form_of(*form).to_owned(), self.taken())
            }
            Place::Body(BodyForm::UrlEncoded) => ("form".to_owned(), shown(&self.kind())),
            Place::Path(_) | Place::Expanded(..) | Place::Body(_) => {
                ("body".to_owned(), shown(&self.kind()))
            }
        };
        let limit = argument.max_length.map(|limit| format!(" max {limit}"));
        let limit = limit.unwrap_or_default();
        let name = &argument.name;
        format!("{name}({kind}): {place}{in_own_form}{limit},")
    }

    /// What a setter takes: text and types of the document as whatever becomes one, a list as whatever can
    /// be gone through, and everything else by value.
    fn taken(&self) -> String {
        match &self.passed {
            Passed::Value(kind) | Passed::Reference(kind) => into(&shown(kind)),
            Passed::Slice(item) => format!("impl IntoIterator<Item = {}>", into(&shown(item))),
            Passed::Str => into("String"),
        }
    }
}

/// Whether a value is moved into the request: it may be a stream.
fn is_taken_over(place: &Place) -> bool {
    matches!(
        place,
        Place::File(_) | Place::Body(BodyForm::Upload | BodyForm::Multipart)
    )
}

/// What the runtime calls a form of a body.
fn form_of(form: BodyForm) -> &'static str {
    match form {
        BodyForm::Json => "json",
        BodyForm::UrlEncoded => "form",
        BodyForm::Upload => "upload",
        BodyForm::Multipart => "multipart",
    }
}

/// A type, or whatever becomes one.
fn into(kind: &str) -> String {
    let from_others = [
        "String",
        "runtime::Bytes",
        "runtime::FieldMask",
        "runtime::Multipart",
        "runtime::Secret",
        "runtime::Upload",
    ];
    match from_others.contains(&kind) || kind.starts_with("types::") {
        true => format!("impl Into<{kind}>"),
        false => kind.to_owned(),
    }
}

/// A type as it stands in source code, on one line.
pub(in super::super) fn shown(kind: &TokenStream) -> String {
    let text = kind.to_string().replace(' ', "");
    text.replace(',', ", ")
}
