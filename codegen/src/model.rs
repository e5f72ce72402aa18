//! What is known of the types and methods that progenitor prints, under the names it prints.

mod methods;

use std::collections::BTreeMap;

use crate::extensions::LeftOutOperation;
pub(crate) use methods::*;

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
    /// The functions that return its parts.
    pub parts: Vec<String>,
}

/// What a type is.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypeFacts {
    /// What the document calls its schema; empty where that has no name there.
    pub schema: String,
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

impl TypeFacts {
    /// Whether a field may be sent as `null`, which is something else than to leave it out.
    pub fn is_nullable(&self, field: &Field) -> bool {
        field.nullable && (self.is_sent || !field.required)
    }
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
    /// Whether `null` is something else than to leave it out, where it is sent.
    pub nullable: bool,
    pub deprecated: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
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
