//! What is known of the types and methods that progenitor prints, under the names it prints.

use std::collections::BTreeMap;

use crate::extensions::{CredentialKind, LeftOutOperation, MediaTransfer};

/// Everything that is known beside the lowered document.
#[derive(Default)]
pub(crate) struct Model {
    /// The title of the API.
    pub title: String,
    /// What the API is for.
    pub description: String,
    /// The API's version.
    pub version: String,
    /// The revision of the document.
    pub revision: Option<String>,
    /// What every URL begins with; nothing where it has to be said when a client is built.
    pub base_url: Option<String>,
    /// What it ends in then.
    pub base_path: String,
    /// The servers to choose from, if there are several, or one with variables.
    pub servers: Vec<ServerFacts>,
    /// The scopes that the client asks for.
    pub scopes: Vec<String>,
    /// The parameters that every method takes.
    pub standard: Signature,
    /// The parameters that are always sent, and their values.
    pub preset: Vec<(String, String)>,
    /// The types that hold names of resources.
    pub names: Vec<ResourceNameType>,
    /// The methods, sorted by name.
    pub methods: Vec<Method>,
    /// The operations of the document that cannot be generated.
    pub left_out: Vec<LeftOutOperation>,
    /// The resources, each behind the one that it belongs to. The first one is the client itself.
    pub resources: Vec<Resource>,
    /// The credentials that methods need, by the names of functions that make them.
    pub credentials: Vec<Scheme>,
    /// What is called otherwise than by rule: what it is, and its name.
    pub renamed: Vec<(String, String)>,
    /// The types, by name.
    pub types: BTreeMap<String, TypeFacts>,
    /// The headers that responses have, by a type of their own; nothing where none is described.
    pub response_headers: Option<ResponseHeaders>,
}

/// A server of an API.
pub(crate) struct ServerFacts {
    /// What it is called.
    pub name: String,
    /// Its URL, with variables in braces.
    pub url: String,
    pub doc: String,
    /// The variables: their names in the URL, what they are called, and what they mean.
    pub variables: Vec<(String, String, String)>,
}

/// A way to be authenticated, as a function that makes the credentials.
pub(crate) struct Scheme {
    /// What the function is called.
    pub function: String,
    /// What the document calls it.
    pub name: String,
    pub doc: String,
    pub kind: SchemeKind,
}

/// What the credentials of a scheme are.
pub(crate) enum SchemeKind {
    /// A key in a header of this name.
    Header(String),
    /// A key in the query, under this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
    /// An id and a secret.
    Basic,
    /// An access token.
    Bearer,
    /// The id and the secret of a client of OAuth 2.0, with this token endpoint.
    ClientCredentials(String),
}

/// The headers that the responses of an API have.
pub(crate) struct ResponseHeaders {
    /// What the type is called.
    pub name: String,
    /// Its fields, sorted by name.
    pub fields: Vec<HeaderField>,
}

/// A header of a response.
pub(crate) struct HeaderField {
    pub name: String,
    /// What the header is called.
    pub wire: String,
    /// The type of its value.
    pub kind: &'static str,
    pub doc: String,
}

impl Model {
    /// Whether anything that is printed is deprecated.
    pub fn has_deprecated(&self) -> bool {
        self.methods.iter().any(|method| method.deprecated)
            || self.types.values().any(|known| {
                known.deprecated
                    || known.fields.values().any(|field| field.deprecated)
                    || known.variants.values().any(|variant| variant.deprecated)
            })
    }
}

/// A type that holds names of resources of one form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ResourceNameType {
    /// What the type is called.
    pub name: String,
    /// The form of the name, with its parts in braces.
    pub pattern: String,
}

/// What a type is.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypeFacts {
    pub doc: String,
    pub deprecated: bool,
    /// Whether it is an operation whose work may outlast the call.
    pub long_running: bool,
    /// Whether it is a request body, or an item of one.
    pub is_sent: bool,
    /// Fields, by the name that the lowered document has for them.
    pub fields: BTreeMap<String, Field>,
    /// Values of an enum, by the name that the lowered document has for them.
    pub variants: BTreeMap<String, Variant>,
    /// How its values are told apart, where it is a union.
    pub union: Option<Union>,
    /// How well a value fits, where it is a member of a union that has to know.
    pub fit: Option<Fit>,
}

/// A type whose values are of one of several others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Union {
    /// The property that says which member an object is; empty where none does.
    pub tag: String,
    /// The members, in the order in which they are tried.
    pub members: Vec<UnionMember>,
}

/// A member of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionMember {
    /// What its variant is called.
    pub name: String,
    /// The property of the lowered struct that is a list of it.
    pub field: String,
    pub doc: String,
    /// The type in JSON, as the runtime calls it.
    pub kind: &'static str,
    /// The values of the tag.
    pub tags: Vec<serde_json::Value>,
    pub written: Written,
    /// Whether it has to fit best.
    pub fit: bool,
}

/// How a member of a union is written.
#[derive(Clone, Debug)]
pub(crate) enum Written {
    ByItself,
    /// With the tag, where the field that holds it is absent, or where there is none.
    WithTag {
        /// The member's type.
        of: String,
        field: Option<String>,
    },
}

/// How well an object fits.
#[derive(Clone, Debug)]
pub(crate) struct Fit {
    pub properties: Vec<FitProperty>,
    /// Whether it may have any others.
    pub open: bool,
}

/// A property, as far as it says whether an object fits.
#[derive(Clone, Debug)]
pub(crate) struct FitProperty {
    /// Its name in JSON.
    pub wire: String,
    pub required: bool,
    /// All values that are documented, where they are.
    pub values: Vec<serde_json::Value>,
}

/// A field of a struct.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    /// The property's name in JSON.
    pub wire: String,
    pub doc: String,
    /// Whether the property has to be there in a request.
    pub required: bool,
    pub deprecated: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// Where the value stands in the document.
    pub position: usize,
    /// The value as it is sent.
    pub wire: String,
    pub doc: String,
    pub deprecated: bool,
    /// Whether it is called otherwise than by rule.
    pub renamed: bool,
}

/// A group of methods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resource {
    /// What its type is called.
    pub name: String,
    /// The names that the document has for it and for those that it belongs to.
    pub path: Vec<String>,
    /// The resources that belong to it: what the method is called that returns it, and its place in
    /// [`Model::resources`].
    pub children: Vec<(String, usize)>,
    /// Its methods: what each is called here, and its place in [`Model::methods`].
    pub methods: Vec<(String, usize)>,
}

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
    /// How media travels with the operation, which the client has no part in.
    pub media: Vec<MediaTransfer>,
    /// Whether messages travel inside of an object, as its member `data`.
    pub data_wrapper: bool,
    /// Whether an empty message is sent as the body.
    pub empty_message: bool,
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
    Path,
    /// Into the query, under this name.
    Query(String),
    /// Into the query, under this name, as a list or an object in a style.
    Styled(String, Style),
    /// Into a header of this name.
    Header(String),
    /// Into a cookie of this name.
    Cookie(String),
    /// Into the body, which it is.
    Body(BodyForm),
    /// Into the body, as a part of this name.
    Part(String),
    /// Into the body, as a file of this name, or as several.
    File(String),
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
            Self::Query(wire) | Self::Styled(wire, _) | Self::Header(wire) => wire,
            Self::Cookie(wire) | Self::Part(wire) | Self::File(wire) => wire,
            Self::Path | Self::Body(_) => "",
        }
    }
}

/// The types and fields through which a method is paged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageFields {
    /// The parameter or property that takes the page token.
    pub token: String,
    /// Whether that is a property of the body.
    pub in_body: bool,
    /// The type of the response.
    pub response: String,
    /// The field of the response that holds the next page token.
    pub next: String,
    /// The fields between the response and that one.
    pub within: Vec<String>,
    /// What that field is called in JSON.
    pub next_wire: String,
    /// The parameter in the query of a URL that the token is, where the field holds a URL.
    pub in_url: Option<String>,
    /// The field of the response that holds the items.
    pub items: String,
}
