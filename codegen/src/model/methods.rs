//! What a method of a client is: what it takes and returns, and how it is sent.

use openapiv3::QueryStyle;

use super::ResourceNameType;
use crate::extensions::{CredentialKind, MediaTransfer, Paging};

/// What a method takes and returns, with the types that progenitor gives the properties of a struct.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    /// The struct; nothing where nothing is taken and returned.
    pub name: String,
    pub arguments: Vec<Argument>,
    /// The property that is what is returned; nothing where that is nothing.
    pub response: Option<String>,
}

/// A method of the client.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// What the method would be called without resources. No other method has this name.
    pub name: String,
    /// What the type of its request is called.
    pub request: String,
    /// The names of the resource that it belongs to, and what it is called there.
    pub place: (Vec<String>, String),
    /// The operation's id, as the document writes it.
    pub id: String,
    /// The verb, in lower case.
    pub verb: String,
    /// The path, with a placeholder for each value.
    pub template: String,
    pub doc: String,
    pub deprecated: bool,
    /// The OAuth scopes of which any one is enough.
    pub scopes: Vec<String>,
    pub idempotent: bool,
    pub signature: Signature,
    /// The query of every call: names and values.
    pub query: Vec<(String, String)>,
    /// What its URL begins with, where that is something else than the API's.
    pub server: Option<String>,
    /// The headers of every call, and their values.
    pub headers: Vec<(String, String)>,
    /// How media travels with the operation.
    pub media: Vec<MediaTransfer>,
    /// Whether messages travel inside of an object, as its member `data`.
    pub data_wrapper: bool,
    /// Whether an empty message is sent as the body.
    pub empty_message: bool,
    /// Whether a body without parts is sent where none of them is set.
    pub empty_parts: bool,
    /// What is returned with success.
    pub success: SuccessBody,
    /// Whether there is a success that holds nothing, besides one that does.
    pub may_return_nothing: bool,
    /// How properties of the body are written that are not written as their types are by default.
    pub encodings: Vec<(String, Encoding)>,
    /// The media types in which the body could be sent, and is not.
    pub other_media_types: Vec<String>,
    /// The kinds of credentials of which one is needed.
    pub credentials: Vec<CredentialKind>,
    /// What is answered that is no success: statuses, and the type of their body where it has one.
    pub failures: Vec<(String, Option<String>)>,
    pub paging: Option<PageFields>,
    /// The types of those arguments that are names of resources.
    pub names: Vec<ResourceNameType>,
}

/// What a method returns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum SuccessBody {
    /// Nothing.
    #[default]
    Nothing,
    /// JSON, of the type in the signature.
    Json,
    /// JSON, of a type that depends on the status: the statuses, and the type where it has a name.
    JsonByStatus(Vec<(String, Option<String>)>),
    /// Text.
    Text,
    /// A stream of bytes.
    Bytes,
}

/// How a property of a body is written: a part, or a field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As this media type.
    ContentType(String),
    /// A list or an object in a style of the query.
    Style(Style),
}

/// An argument of a method, or a setter of its request.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// What the argument is called.
    pub name: String,
    pub doc: String,
    pub place: Place,
    pub deprecated: bool,
    /// The most characters that a value may have.
    pub max_length: Option<usize>,
    pub role: Role,
}

/// How a value is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// As an argument of the method.
    Argument,
    /// By a setter.
    Setter,
    /// By a setter without which nothing is sent.
    RequiredSetter,
}

/// Where an argument goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Into the path.
    Path(Simple),
    /// Into the path, under this name, in a style of its own; exploded, or not.
    Expanded(String, PathStyle, bool),
    /// Into the query, under this name.
    Query(String),
    /// Into the query, under this name, as a list or an object in a style.
    Styled(String, Style),
    /// Into a header of this name.
    Header(String, Simple),
    /// Into a cookie of this name.
    Cookie(String),
    /// Into the body, which it is.
    Body(BodyForm),
    /// Into the body, as a part of this name.
    Part(String),
    /// Into the body, as a file of this name, or as several.
    File(String),
}

/// A style of the path. What each is for stands in the runtime, as `PathStyle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathStyle {
    Label,
    Matrix,
}

/// How a value is written in the style `simple`, which the path and headers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Simple {
    /// The items of a list, or the names and values of an object, with commas between them.
    Joined,
    /// The same, with `=` between the name and the value of a property.
    Exploded,
    /// As JSON.
    Json,
}

/// In which form an argument is the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    /// As JSON.
    Json,
    /// As the fields of a form.
    UrlEncoded,
    /// As it is: text, bytes, or a stream of them.
    Upload,
    /// As parts, which are put together by hand.
    Multipart,
}

/// How a list or an object is written into a query. What each is for stands in the runtime, as `QueryStyle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Commas,
    Spaces,
    Pipes,
    Properties,
    Brackets,
    Json,
}

impl Style {
    /// The style of a list or an object for which the document states this one.
    pub fn of(stated: &QueryStyle, explode: bool) -> Self {
        match (stated, explode) {
            (QueryStyle::DeepObject, _) => Self::Brackets,
            (_, true) => Self::Properties,
            (QueryStyle::Form, false) => Self::Commas,
            (QueryStyle::SpaceDelimited, false) => Self::Spaces,
            (QueryStyle::PipeDelimited, false) => Self::Pipes,
        }
    }
}

impl Place {
    /// Whether it is in the query.
    pub fn is_in_query(&self) -> bool {
        matches!(self, Self::Query(_) | Self::Styled(..))
    }

    /// Whether it is a part of the body.
    pub fn is_part(&self) -> bool {
        matches!(self, Self::Part(_) | Self::File(_))
    }

    /// The name that the value has there; nothing where it is the whole.
    pub fn wire(&self) -> &str {
        match self {
            Self::Query(wire) | Self::Styled(wire, _) | Self::Header(wire, _) => wire,
            Self::Cookie(wire) | Self::Part(wire) | Self::File(wire) => wire,
            Self::Expanded(wire, ..) => wire,
            Self::Path(_) | Self::Body(_) => "",
        }
    }
}

/// How a method is paged.
#[derive(Clone, Debug)]
pub(crate) struct PageFields {
    /// What the document says.
    pub stated: Paging,
    /// The parameters of which one is in the URL of a next page, where there are such URLs.
    pub in_url: Vec<String>,
    /// The parameters that are taken from it, too.
    pub also: Vec<String>,
    /// The type of the response, and its field with the items; nothing where the response is the list itself.
    pub items: Option<(String, String)>,
}
