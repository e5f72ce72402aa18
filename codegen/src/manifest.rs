//! The manifest: which clients there are, and what their sources leave unsaid.

mod checks;
mod client;
mod paging;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub(crate) use paging::PagingEntry;

use crate::read::without_mark;
use crate::source::line_and_column;
use crate::{Diagnostics, Problem, Source};

/// Every client that is to be generated.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The clients, in the order of the manifest.
    pub clients: Vec<Client>,
}

/// One client: its source, and what the source leaves unsaid.
#[derive(Clone, Debug)]
pub struct Client {
    /// The client's name, which is also the name of its module and folder.
    pub name: String,
    /// The document it is made from, relative to the folder of the manifest.
    pub source: String,
    /// Where the document is published; nothing where that is not said.
    pub url: Option<String>,
    /// The overlays of the document, relative to the folder of the manifest.
    pub overlays: Vec<String>,
    /// Their names and texts.
    pub(crate) overlay_texts: Vec<(String, String)>,
    /// Whether the sentences in the client are the maintainer's own, and not those of the API's owner.
    pub own_words: bool,
    pub(crate) server: Option<Entry<String>>,
    pub(crate) operations: Vec<Entry<String>>,
    /// The operations that are left out because they cannot be generated.
    pub(crate) leave_out: Vec<Entry<String>>,
    /// Whether each of those has to be listed.
    pub(crate) strict: bool,
    /// Whether an entry may match nothing: the document is compared with another one.
    pub(crate) lenient: bool,
    pub(crate) names: BTreeMap<String, Entry<String>>,
    /// The forms of those arguments that are names of resources, by operation and argument.
    pub(crate) arguments: BTreeMap<String, BTreeMap<String, Entry<String>>>,
    pub(crate) scopes: BTreeMap<String, Entry<Vec<Entry<String>>>>,
    pub(crate) paging: BTreeMap<String, Entry<PagingEntry>>,
}

/// A value of the manifest, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Entry<T> {
    pub value: T,
    place: Place,
}

/// A place in the manifest.
#[derive(Clone, Debug)]
struct Place {
    file: String,
    line_and_column: String,
}

impl<T> Entry<T> {
    /// A problem with this entry.
    pub fn problem(&self, what: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::new(&self.place.file, &self.place.line_and_column, what, help)
    }

    /// A problem with this entry, which is about an operation that is not selected.
    pub fn not_selected(&self, id: &str) -> Problem {
        self.problem(
            format!("`{id}` is not one of the selected operations"),
            "correct the id, select the operation, or remove the entry",
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    #[serde(default)]
    client: Vec<RawClient>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClient {
    name: Spanned<String>,
    source: String,
    url: Option<String>,
    #[serde(default)]
    descriptions: Descriptions,
    #[serde(default)]
    overlays: Vec<String>,
    server: Option<Spanned<String>>,
    operations: Vec<Spanned<String>>,
    #[serde(default, rename = "leave-out")]
    leave_out: Vec<Spanned<String>>,
    #[serde(default)]
    names: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    arguments: BTreeMap<String, BTreeMap<String, Spanned<String>>>,
    #[serde(default)]
    scopes: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    paging: BTreeMap<Spanned<String>, PagingEntry>,
}

/// Whose sentences a client has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Descriptions {
    /// Those of the API's owner.
    #[default]
    Vendor,
    /// The maintainer's own.
    Own,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// Text that is not TOML, or an unknown or missing key. Where the manifest can be read, everything
    /// that is wrong with its entries by themselves: a name that cannot name a module or a type, a name
    /// that two clients have, a form of resource names, a scope or a server that is none.
    pub fn parse(source: &Source) -> Result<Self, Diagnostics> {
        let source = &without_mark(source);
        let raw: RawManifest = toml::from_str(source.text).map_err(|error| {
            Problem::new(
                source.name,
                error
                    .span()
                    .map_or_else(String::new, |span| line_and_column(source.text, span.start)),
                error.message(),
                "spec/README.md lists the keys of the manifest",
            )
        })?;
        if raw.client.is_empty() {
            return Err(Problem::new(
                source.name,
                "",
                "the manifest names no client, so every generated file would go",
                "add a `[[client]]`; spec/README.md lists its keys",
            )
            .into());
        }
        let mut wrong = Diagnostics::default();
        let mut clients: Vec<Client> = Vec::new();
        for raw in raw.client {
            let name = entry(source, raw.name.clone());
            wrong.note(checks::name(&name));
            if clients.iter().any(|client| client.name == name.value) {
                wrong.push(name.problem(
                    format!("there are two clients called `{}`", name.value),
                    "give each client a name of its own",
                ));
            }
            let client = client(source, raw);
            checks::entries(&client, &mut wrong);
            clients.push(client);
        }
        wrong.or(Self { clients })
    }
}

fn client(source: &Source, raw: RawClient) -> Client {
    let names = raw.names.into_iter();
    let arguments = raw.arguments.into_iter().map(|(id, arguments)| {
        let arguments = arguments.into_iter();
        let arguments = arguments.map(|(name, form)| (name, entry(source, form)));
        (id, arguments.collect())
    });
    Client {
        name: raw.name.into_inner(),
        source: raw.source,
        url: raw.url,
        overlays: raw.overlays,
        overlay_texts: Vec::new(),
        own_words: raw.descriptions == Descriptions::Own,
        server: raw.server.map(|server| entry(source, server)),
        operations: raw
            .operations
            .into_iter()
            .map(|glob| entry(source, glob))
            .collect(),
        leave_out: raw
            .leave_out
            .into_iter()
            .map(|id| entry(source, id))
            .collect(),
        strict: true,
        lenient: false,
        names: names
            .map(|(name, pattern)| (name, entry(source, pattern)))
            .collect(),
        arguments: arguments.collect(),
        scopes: by_operation(source, raw.scopes)
            .into_iter()
            .map(|(id, Entry { value, place })| {
                let scopes = value.into_iter().map(|scope| entry(source, scope));
                let value = scopes.collect();
                (id, Entry { value, place })
            })
            .collect(),
        paging: by_operation(source, raw.paging),
    }
}

/// What is said of operations, by their ids, each with the place of its id.
fn by_operation<T>(
    source: &Source,
    said: BTreeMap<Spanned<String>, T>,
) -> BTreeMap<String, Entry<T>> {
    let entries = said.into_iter().map(|(operation, value)| {
        let Entry { value: id, place } = entry(source, operation);
        (id, Entry { value, place })
    });
    entries.collect()
}

fn entry<T>(source: &Source, spanned: Spanned<T>) -> Entry<T> {
    let place = Place {
        file: source.name.to_owned(),
        line_and_column: line_and_column(source.text, spanned.span().start),
    };
    Entry {
        value: spanned.into_inner(),
        place,
    }
}
