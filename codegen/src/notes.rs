//! What a maintainer wants to know of a client besides its code: what is called otherwise than by rule,
//! what it has no part in, what was not understood.

use std::collections::BTreeSet;

use openapiv3::{
    IntegerFormat, NumberFormat, OpenAPI, ParameterSchemaOrContent, Schema, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde::{Deserialize, Serialize};

use crate::extensions::{Extension, MediaTransfer, MethodName, UnknownFormat};
use crate::lower::has_type;
use crate::model::{Method, Model, ResourceNameType};
use crate::names::snake;
use crate::operations::{Located, header_parameters, operations, query_parameters};
use crate::passes::name_by_rule;
use crate::schemas::each_schema;

/// Something to be known of a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// What kind of thing it is.
    pub kind: NoteKind,
    /// What it is about: an operation, a schema, a property of one.
    pub about: String,
    /// What is to be known.
    pub what: String,
}

/// What a note tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Something is called otherwise in Rust than by rule, because several would have one name.
    Renamed,
    /// The API can do something that the client cannot.
    NotCovered,
    /// The spec has no operations: the client has no methods.
    NoOperations,
    /// An operation states no OAuth scope, and others do.
    NoScopes,
    /// The client does not know where the API is.
    NoServer,
    /// A server of the spec, or its path, is not called.
    Server,
    /// The document says more of a value than the client does, for which it is any JSON.
    AnyValue,
    /// The document is not what OpenAPI prescribes: it is read as if it were.
    Corrected,
    /// The generator does not know a member of an object.
    Ignored,
    /// A format that the generator does not know: the type alone counts.
    UnknownFormat,
}

/// Everything that is to be known of a client, sorted.
pub(crate) fn of(document: &OpenAPI, model: &Model) -> Vec<Note> {
    let mut notes = BTreeSet::new();
    notes.extend(without_server(model));
    notes.extend(without_operations(document));
    for each in operations(document) {
        if let Some(MethodName(name)) = MethodName::get(&each.operation.extensions) {
            notes.insert(renamed(each.id(), &name));
        }
    }
    for (about, name) in &model.renamed {
        notes.insert(renamed(about, name));
    }
    for name in model.names.iter().filter(|name| is_numbered(name)) {
        notes.insert(renamed(&format!("name {}", name.pattern), &name.name));
    }
    notes.extend(renamed_parameters(model));
    notes.extend(renamed_resources(model));
    notes.extend(without_scopes(document, model));
    notes.extend(model.methods.iter().flat_map(not_covered));
    for format in unknown_formats(document) {
        notes.insert(Note {
            kind: NoteKind::UnknownFormat,
            what: "is not known: the type alone counts".to_owned(),
            about: format,
        });
    }
    notes.into_iter().collect()
}

fn without_server(model: &Model) -> Option<Note> {
    model.base_url.is_none().then(|| Note {
        kind: NoteKind::NoServer,
        about: "the spec".to_owned(),
        what: "names no server of `https` that everybody reaches: whoever builds the client gives \
               `base_url`"
            .to_owned(),
    })
}

fn without_operations(document: &OpenAPI) -> Option<Note> {
    operations(document).next().is_none().then(|| Note {
        kind: NoteKind::NoOperations,
        about: "the client".to_owned(),
        what: "has no methods: the spec has no operations".to_owned(),
    })
}

/// What the API can do with an operation, and the client cannot.
fn not_covered(method: &Method) -> Vec<Note> {
    let note = |what: String| Note {
        kind: NoteKind::NotCovered,
        about: method.id.clone(),
        what,
    };
    let mut notes = Vec::new();
    if !method.other_media_types.is_empty() {
        notes.push(note(format!(
            "takes its body as {}, too; the client does not send that",
            method.other_media_types.join(", ")
        )));
    }
    if method.media.contains(&MediaTransfer::Elsewhere) {
        let what = "uploads media too, to another path; the client sends its JSON only";
        notes.push(note(what.to_owned()));
    }
    notes
}

/// The operations of which the document says nothing at all, where others state scopes.
fn without_scopes(document: &OpenAPI, model: &Model) -> Vec<Note> {
    if model.scopes.is_empty() || document.security.is_some() {
        return Vec::new();
    }
    let lacking = operations(document).filter(|each| each.operation.security.is_none());
    let note = |each: Located<'_>| {
        Note {
        kind: NoteKind::NoScopes,
        about: each.id().to_owned(),
        what: "states no OAuth scope, and other operations do: `[client.scopes]` of the manifest says which is \
               enough"
            .to_owned(),
    }
    };
    lacking.map(note).collect()
}

/// The parameters that are called otherwise than by rule: like another one, or like another method of a request.
fn renamed_parameters(model: &Model) -> impl Iterator<Item = Note> {
    let given = model.methods.iter().flat_map(|method| {
        let arguments = method.signature.arguments.iter();
        arguments.map(move |argument| (method, argument))
    });
    given.filter_map(|(method, argument)| {
        let wire = argument.place.wire();
        let about = format!("parameter {wire} of {}", method.id);
        let is_renamed = !wire.is_empty() && argument.name != snake(wire);
        is_renamed.then(|| renamed(&about, &argument.name))
    })
}

/// The resources that are called like a method beside them.
fn renamed_resources(model: &Model) -> impl Iterator<Item = Note> {
    model.resources.iter().flat_map(|resource| {
        resource.children.iter().filter_map(|(name, child)| {
            let own = model.resources.get(*child)?.path.last()?;
            let is_taken = resource
                .methods
                .iter()
                .any(|(method, _)| *method == snake(own));
            let about = format!("resource {own}");
            (is_taken && *name != snake(own)).then(|| renamed(&about, name))
        })
    })
}

fn renamed(about: &str, name: &str) -> Note {
    Note {
        kind: NoteKind::Renamed,
        about: about.to_owned(),
        what: format!("is called `{name}`"),
    }
}

/// Whether a type of names has a number, because the rule calls the names of another form the same.
fn is_numbered(name: &ResourceNameType) -> bool {
    let number = name.name.strip_prefix(&name_by_rule(&name.pattern));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// The formats that are not known, each once.
fn unknown_formats(document: &OpenAPI) -> BTreeSet<String> {
    let mut formats = BTreeSet::new();
    let mut note = |schema: &Schema| formats.extend(unknown_format(schema));
    let schemas = document
        .components
        .iter()
        .flat_map(|all| all.schemas.values());
    schemas.for_each(|schema| each_schema(schema, &mut note));
    for each in operations(document) {
        let in_query = query_parameters(document, each.operation);
        for parameter in in_query.chain(header_parameters(each.operation)) {
            if let ParameterSchemaOrContent::Schema(schema) = &parameter.format {
                each_schema(schema, &mut note);
            }
        }
    }
    formats
}

fn unknown_format(schema: &Schema) -> Option<String> {
    if let Some(UnknownFormat(format)) = UnknownFormat::get(&schema.schema_data.extensions) {
        return Some(format);
    }
    let SchemaKind::Type(kind) = &schema.schema_kind else {
        return None;
    };
    match kind {
        Type::String(string) if !has_type(&string.format) => {
            unknown::<StringFormat>(&string.format)
        }
        Type::Integer(integer) => unknown::<IntegerFormat>(&integer.format),
        Type::Number(number) => unknown::<NumberFormat>(&number.format),
        _ => None,
    }
    .filter(|format| !is_as_good_as_known(format))
}

fn unknown<T>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        _ => None,
    }
}

/// Formats of text that is text for Rust too, and of integers that fit into the type they get.
fn is_as_good_as_known(format: &str) -> bool {
    matches!(
        format,
        "email" | "uint32" | "uint64" | "uri" | "url" | "uuid"
    )
}
