//! What a client is for its users, as data: what its code may name, with the types, and what its calls do.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Role;

/// What a client is for its users.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surface {
    pub base_url: Option<String>,
    pub base_path: String,
    pub scopes: Vec<String>,
    pub preset: Vec<(String, String)>,
    /// By the id of the operation; a second method of one has a number behind it.
    pub methods: BTreeMap<String, MethodSurface>,
    pub types: BTreeMap<String, TypeSurface>,
    /// The types of resource names: their forms, and the methods of their parts.
    pub names: BTreeMap<String, (String, Vec<String>)>,
    /// The types of resources, by how they are reached.
    pub resources: BTreeMap<String, String>,
    /// By function: its signature, and where the credentials go.
    pub credentials: BTreeMap<String, (String, String)>,
    /// By name: the arguments, where it is a function, and the URL.
    pub servers: BTreeMap<String, (Option<usize>, String)>,
    /// The standard parameters, by their names in the query.
    pub standard: BTreeMap<String, Value>,
    /// The type of the response headers.
    pub headers: Option<HeaderSurface>,
}

/// The name of a type of headers, and its fields by the names of the headers: name and type.
pub(crate) type HeaderSurface = (String, BTreeMap<String, (String, String)>);

/// A method, and its request.
#[derive(Clone, Debug, Default)]
pub(crate) struct MethodSurface {
    pub id: String,
    pub verb: String,
    pub template: String,
    /// How it is called: `customers().userinvitations().list`.
    pub path: String,
    /// The type of its request.
    pub request: String,
    pub arguments: Vec<Value>,
    pub setters: Vec<Value>,
    pub response: String,
    /// The method of a call that reads the response.
    pub send: String,
    pub pages: Option<PagesSurface>,
    pub idempotent: bool,
    pub deprecated: bool,
    pub empty_message: bool,
    pub data_wrapper: bool,
    pub scopes: BTreeSet<String>,
    pub credentials: Vec<String>,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub server: Option<String>,
    pub encodings: Vec<(String, String)>,
    pub other_media: Vec<String>,
    /// The methods of its request that send or read media.
    pub media: BTreeSet<String>,
    pub failures: Vec<(String, String)>,
}

/// How a list is read page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PagesSurface {
    /// The type of its items.
    pub items: String,
    /// What asks for a page, and what a response says of the next one.
    pub fields: Vec<String>,
}

/// A value that a caller gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// What it is called in Rust.
    pub name: String,
    /// Where it goes: `query pageSize`.
    pub place: String,
    /// How a list or an object is written.
    pub style: String,
    /// The type that is given.
    pub kind: String,
    pub role: Role,
    pub deprecated: bool,
    pub max_length: Option<usize>,
}

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeSurface {
    /// What the document calls it; empty where it has no name there.
    pub schema: String,
    pub deprecated: bool,
    pub long_running: bool,
    pub shape: Shape,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Struct(StructSurface),
    /// The values by variant: what is written, and whether it is deprecated.
    Enum(BTreeMap<String, (String, bool)>),
    Union {
        tag: String,
        members: BTreeMap<String, MemberSurface>,
        /// Those that have to fit best, in the order in which the first one is taken of equals.
        order: Vec<String>,
    },
    /// A type around another one.
    Newtype(String),
}

impl Default for Shape {
    fn default() -> Self {
        Self::Newtype(String::new())
    }
}

/// A struct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StructSurface {
    /// By name in Rust.
    pub fields: BTreeMap<String, FieldSurface>,
    /// The field for every other property, and its type.
    pub rest: Option<(String, String)>,
    /// The arguments of `new`, where there is one: names and types.
    pub new: Option<Vec<(String, String)>>,
    /// Whether it is in what is sent.
    pub is_sent: bool,
}

/// A field of a struct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSurface {
    pub wire: String,
    pub kind: String,
    pub required: bool,
    pub deprecated: bool,
}

/// A member of a union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MemberSurface {
    pub kind: String,
    /// The type that the union can be made from by it.
    pub from: Option<String>,
    /// How it is told apart, and written.
    pub told_apart: String,
}

impl Surface {
    /// Everything that code may name, each with its type: code that compiles with one client compiles with
    /// every other that promises the same.
    pub fn promises(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        self.methods.values().for_each(|it| it.promise(&mut all));
        for (name, kind) in &self.types {
            kind.promise(name, &mut all);
        }
        for (name, (_, parts)) in &self.names {
            all.insert(format!("names::{name}::new({})", parts.len()));
            all.extend(parts.iter().map(|part| format!("names::{name}.{part}()")));
        }
        for (path, name) in &self.resources {
            all.insert(format!("{path} -> resources::{name}"));
        }
        for (name, (signature, _)) in &self.credentials {
            all.insert(format!("credentials::{name}{signature}"));
        }
        for (name, (arguments, _)) in &self.servers {
            all.insert(format!("servers::{name} {arguments:?}"));
        }
        for value in self.standard.values() {
            all.insert(format!(
                "StandardParameters::{}({})",
                value.name, value.kind
            ));
        }
        if let Some((name, fields)) = &self.headers {
            for (field, kind) in fields.values() {
                all.insert(format!("types::{name}.{field}: {kind}"));
            }
        }
        all
    }
}

impl MethodSurface {
    /// The types of its arguments.
    pub fn kinds(&self) -> Vec<&str> {
        self.arguments.iter().map(|it| it.kind.as_str()).collect()
    }

    /// Whether all that code may name of it is promised.
    pub fn is_within(&self, promises: &BTreeSet<String>) -> bool {
        let mut promised = BTreeSet::new();
        self.promise(&mut promised);
        promised.is_subset(promises)
    }

    /// What code may name of it.
    pub fn promise(&self, all: &mut BTreeSet<String>) {
        let kinds = self.kinds().join(", ");
        all.insert(format!(
            "{}({kinds}) -> requests::{}",
            self.path, self.request
        ));
        let request = format!("requests::{}", self.request);
        all.insert(format!("{request}.send() -> {}", self.response));
        for setter in &self.setters {
            all.insert(format!("{request}.{}({})", setter.name, setter.kind));
        }
        for way in &self.media {
            all.insert(format!("{request}.{way}() -> {}", self.response));
        }
        if let Some(pages) = &self.pages {
            all.insert(format!("{request}.items() -> {}", pages.items));
        }
    }
}

impl TypeSurface {
    fn promise(&self, name: &str, all: &mut BTreeSet<String>) {
        let name = format!("types::{name}");
        if self.long_running {
            all.insert(format!("{name}: LongRunning"));
        }
        match &self.shape {
            Shape::Struct(shape) => {
                all.insert(format!("struct {name}"));
                for (field, known) in &shape.fields {
                    all.insert(format!("{name}.{field}: {}", known.kind));
                }
                if let Some((field, kind)) = &shape.rest {
                    all.insert(format!("{name}.{field}: {kind}"));
                }
                if let Some(new) = &shape.new {
                    let kinds: Vec<_> = new.iter().map(|(_, kind)| kind.as_str()).collect();
                    all.insert(format!("{name}::new({})", kinds.join(", ")));
                }
            }
            Shape::Enum(variants) => {
                all.insert(format!("enum {name}"));
                all.extend(variants.keys().map(|variant| format!("{name}::{variant}")));
            }
            Shape::Union { members, .. } => {
                all.insert(format!("union {name}"));
                for (variant, member) in members {
                    all.insert(format!("{name}::{variant}({})", member.kind));
                    let from = member.from.iter();
                    all.extend(from.map(|from| format!("{name}: From<{from}>")));
                }
            }
            Shape::Newtype(inner) => {
                all.insert(format!("{name}({inner})"));
            }
        }
    }
}
