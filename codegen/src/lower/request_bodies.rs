//! Lowers request bodies: one argument that is the body, or an argument for each part of it.

use openapiv3::{
    Encoding as StatedEncoding, MediaType, ObjectType, OpenAPI, Operation, ReferenceOr,
};

use super::formats::{MULTIPART, UPLOAD};
use super::parts::{self, File, stand_in};
use super::schemas::{Types, any};
use super::signature::Arguments;
use crate::media_types::{Form, JSON, for_header};
use crate::model::{BodyForm, Encoding, Role, Style};
use crate::operations::request_bodies;
use crate::schemas::{is_empty_message, is_map, object, resolve, sole_reference};

/// What an operation sends.
pub(super) struct Request<'a> {
    pub document: &'a OpenAPI,
    /// The media type.
    pub name: Option<&'a str>,
    body: Option<&'a MediaType>,
    kind: Kind<'a>,
    pub required: bool,
}

enum Kind<'a> {
    Nothing,
    /// `{}`: a message that has no fields.
    EmptyMessage,
    /// One value.
    Body(BodyForm),
    /// The properties of an object, each as a part.
    Parts(&'a ObjectType),
}

/// What an operation sends: one of them, or a second one as parts, if it has files in it, which the first
/// one cannot have.
pub(super) fn of<'a>(document: &'a OpenAPI, operation: &'a Operation) -> Vec<Request<'a>> {
    let mut sent = request_bodies(operation);
    let mut requests = vec![request(document, operation, sent.next())];
    let others = sent.map(|other| request(document, operation, Some(other)));
    requests.extend(others.filter(Request::has_files));
    requests
}

fn request<'a>(
    document: &'a OpenAPI,
    operation: &'a Operation,
    sent: Option<(&'a str, &'a MediaType)>,
) -> Request<'a> {
    let body = operation.request_body.as_ref();
    let required = body
        .and_then(ReferenceOr::as_item)
        .is_some_and(|body| body.required);
    let kind = match sent {
        None => Kind::Nothing,
        Some((name, media)) => kind(document, Form::of(name, media), media),
    };
    Request {
        document,
        name: sent.map(|(name, _)| name),
        body: sent.map(|(_, media)| media),
        kind,
        required,
    }
}

fn kind<'a>(document: &'a OpenAPI, form: Form, media: &'a MediaType) -> Kind<'a> {
    let schema = media.schema.as_ref();
    let resolved = schema.and_then(|schema| resolve(document, schema));
    match form {
        Form::Json if resolved.is_some_and(is_empty_message) => Kind::EmptyMessage,
        Form::Json => Kind::Body(BodyForm::Json),
        Form::UrlEncoded => Kind::Body(BodyForm::UrlEncoded),
        Form::Text | Form::Bytes => Kind::Body(BodyForm::Upload),
        Form::Multipart => match schema.and_then(|schema| object(document, schema)) {
            Some(object) if !object.properties.is_empty() => Kind::Parts(object),
            _ => Kind::Body(BodyForm::Multipart),
        },
    }
}

/// Adds the arguments of a request body.
pub(super) fn add(request: &Request, arguments: &mut Arguments, types: &mut Types) {
    match &request.kind {
        Kind::Nothing | Kind::EmptyMessage => {}
        Kind::Parts(object) => parts::add(request, object, arguments, types),
        Kind::Body(form) => {
            let wanted = format!("{} request", arguments.of());
            let schema = request.body.and_then(|media| media.schema.as_ref());
            let schema = match (form, schema) {
                (BodyForm::Upload, _) => stand_in(UPLOAD),
                (BodyForm::Multipart, _) => stand_in(MULTIPART),
                (_, Some(schema)) => types.lower(schema, &wanted),
                (_, None) => any(),
            };
            types.is_sent(&schema);
            let role = match request.is_optional() {
                true => Role::Setter,
                false => Role::Argument,
            };
            arguments.add_body(*form, schema, role);
        }
    }
}

impl Request<'_> {
    /// What the document says of how a property is written.
    pub fn stated_encoding(&self, name: &str) -> Option<&StatedEncoding> {
        self.body.and_then(|media| media.encoding.get(name))
    }

    /// Whether a part of the body is a file.
    fn has_files(&self) -> bool {
        let Kind::Parts(object) = &self.kind else {
            return false;
        };
        object.properties.iter().any(|(name, schema)| {
            let stated = self.stated_encoding(name);
            File::of(self.document, &schema.clone().unbox(), stated).is_some()
        })
    }

    /// The header that says what is sent, where that is not JSON by its usual name. A body whose media type is
    /// a range has none before there is a value; parts have a boundary.
    pub fn content_type(&self) -> Option<(String, String)> {
        // What is sent as it is has no content type of its own.
        let is_upload = matches!(self.kind, Kind::Body(BodyForm::Upload));
        let kind = match self.name? {
            JSON if !is_upload => return None,
            "multipart/form-data" => return None,
            "*/*" | "application/*" => "application/octet-stream",
            "text/*" => "text/plain",
            kind if kind.contains('*') || kind.starts_with("multipart/") => return None,
            kind => kind,
        };
        Some(("content-type".to_owned(), kind.to_owned()))
    }

    /// Whether the body is one argument.
    pub fn is_argument(&self) -> bool {
        matches!(self.kind, Kind::Body(_))
    }

    /// Whether a message without fields is sent where no other body is given.
    pub fn is_empty_message(&self) -> bool {
        let may_be_given = matches!(self.kind, Kind::Body(BodyForm::Json)) && self.is_optional();
        self.required && (may_be_given || matches!(self.kind, Kind::EmptyMessage))
    }

    /// Whether there has to be a body, in parts.
    pub fn has_to_have_parts(&self) -> bool {
        self.required && matches!(self.kind, Kind::Parts(_))
    }

    /// Whether a body may be left out of a call: where the document says so. Of one that it requires, the
    /// message of a custom method may, as long as it has no required field. By Google's convention
    /// (<https://google.aip.dev/136>) such a message is called after the method, with `Request` behind it.
    /// So a message without fields can get its first one without breaking a call.
    fn is_optional(&self) -> bool {
        if !self.required {
            return true;
        }
        let schema = self.body.and_then(|media| media.schema.as_ref());
        let (Kind::Body(BodyForm::Json), Some(schema)) = (&self.kind, schema) else {
            return false;
        };
        let is_message = sole_reference(schema).is_none_or(|name| name.ends_with("Request"));
        let required = match object(self.document, schema) {
            Some(object) if !is_map(object) => !object.required.is_empty(),
            _ => true,
        };
        is_message && !required
    }

    /// How properties of the body are written, where the document says that they are not written as their
    /// types are by default.
    pub fn encodings(&self) -> Vec<(String, Encoding)> {
        let stated = self.body.into_iter().flat_map(|media| &media.encoding);
        let in_form = matches!(self.kind, Kind::Body(BodyForm::UrlEncoded));
        let encodings = stated.filter_map(|(name, stated)| {
            let encoding = match in_form {
                true => style(stated).or_else(|| content_type(stated)),
                false => content_type(stated).or_else(|| joined(stated)),
            };
            Some((name.clone(), encoding?))
        });
        encodings.collect()
    }
}

/// A style that is stated.
fn style(stated: &StatedEncoding) -> Option<Encoding> {
    let style = stated.style.as_ref()?;
    Some(Encoding::Style(Style::of(style, stated.explode)))
}

/// A style that puts the items of a list into one part.
fn joined(stated: &StatedEncoding) -> Option<Encoding> {
    style(stated).filter(|encoding| {
        matches!(
            encoding,
            Encoding::Style(Style::Commas | Style::Spaces | Style::Pipes)
        )
    })
}

/// A content type that is stated, where it is one; of several, and of a range, the value itself says which.
fn content_type(stated: &StatedEncoding) -> Option<Encoding> {
    let kind = stated.content_type.as_deref()?;
    let kind = for_header(kind).filter(|kind| !kind.contains('*'))?;
    (kind != "text/plain").then_some(Encoding::ContentType(kind))
}
