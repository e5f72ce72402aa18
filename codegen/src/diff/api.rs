//! A document that is to be compared.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::facts::Facts;
use super::surface::Surface;
use crate::extensions::{Extension, LeftOutOperations, Revision};
use crate::operations::operations;
use crate::read::findings::Read;
use crate::{Client, Diagnostics, Files, Problem, Source, emit, lower, select};

/// What a document says of the operations of a client, and what the client is for its users.
#[derive(Debug)]
pub struct Api {
    pub(super) document: OpenAPI,
    pub(super) facts: Facts,
    /// The operations that were not selected, where that is known.
    pub(super) not_selected: Option<BTreeSet<String>>,
    surface: OnceCell<Surface>,
}

/// Which document it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The title of the API.
    pub title: String,
    /// The version of the API.
    pub version: String,
    /// The revision of the document, where it has one.
    pub revision: Option<String>,
}

impl Api {
    /// Reads a document: one that an API's owner publishes, or the neutral one of a client.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the document. An entry of the manifest that matches nothing is
    /// none if the client is [`lenient`](Client::lenient).
    pub fn read(client: &Client, source: &Source, files: &Files) -> Result<Self, Diagnostics> {
        if let Some(document) = neutral(source) {
            let mut wrong = Diagnostics::default();
            let (document, summary) = select::select(Read::from(document), client, &mut wrong)?;
            wrong.or(())?;
            let known = summary.operations_left_out;
            return Self::of(document, Some(known).filter(|known| !known.is_empty()));
        }
        let (document, summary) = crate::document(client, source, files)?;
        Self::of(document, Some(summary.operations_left_out))
    }

    fn of(document: OpenAPI, not_selected: Option<Vec<String>>) -> Result<Self, Diagnostics> {
        let value = serde_json::to_value(&document).map_err(Problem::internal)?;
        Ok(Self {
            facts: Facts::of(value),
            not_selected: not_selected.map(|ids| ids.into_iter().collect()),
            surface: OnceCell::new(),
            document,
        })
    }

    /// Which document it is.
    pub fn edition(&self) -> Edition {
        let info = &self.document.info;
        Edition {
            title: info.title.clone(),
            version: info.version.clone(),
            revision: Revision::get(&info.extensions).map(|revision| revision.0),
        }
    }

    /// The ids of the operations.
    pub fn operations(&self) -> BTreeSet<String> {
        let all = operations(&self.document).map(|each| each.id().to_owned());
        all.collect()
    }

    /// The operations that were not selected, where that is known.
    pub fn not_selected(&self) -> Option<&BTreeSet<String>> {
        self.not_selected.as_ref()
    }

    /// Says which operations were not selected: those of the document that this one is a part of.
    pub fn set_not_selected(&mut self, ids: Option<BTreeSet<String>>) {
        self.not_selected = ids;
    }

    /// The neutral document, as it is kept beside a client.
    ///
    /// # Errors
    ///
    /// A mistake in the generator.
    pub fn neutral(&self) -> Result<String, Problem> {
        crate::output::openapi_json(&self.document).map(|file| file.text)
    }

    /// The operations that cannot be generated.
    pub(super) fn left_out(&self) -> BTreeSet<String> {
        let listed = LeftOutOperations::get(&self.document.extensions).unwrap_or_default();
        listed.0.into_iter().map(|it| it.operation).collect()
    }

    /// What the client is for its users.
    pub(crate) fn surface(&self) -> Result<&Surface, Problem> {
        if let Some(known) = self.surface.get() {
            return Ok(known);
        }
        let made = emit::surface::of(&lower::lower(&self.document))?;
        Ok(self.surface.get_or_init(|| made))
    }

    /// The facts of each operation, by id.
    pub(super) fn facts_of_operations(&self) -> BTreeMap<String, &Value> {
        let paths = self.facts.whole.get("paths").and_then(Value::as_object);
        let items = paths.into_iter().flat_map(|paths| paths.values());
        let verbs = items
            .filter_map(Value::as_object)
            .flat_map(|item| item.values());
        let named = verbs.filter_map(|it| Some((it.get("operationId")?.as_str()?.to_owned(), it)));
        named.collect()
    }

    /// The facts of each schema, by name.
    pub(super) fn facts_of_schemas(&self) -> BTreeMap<String, &Value> {
        let schemas = self.facts.whole.pointer("/components/schemas");
        let schemas = schemas.and_then(Value::as_object).into_iter().flatten();
        schemas.map(|(name, facts)| (name.clone(), facts)).collect()
    }
}

/// What the document of a client begins with, whichever task wrote it.
const MARK: &str = "{\n  \"x-generated\": \"@generated by `cargo xtask ";

/// The document of a client, which this generator wrote; nothing where a text is something else.
fn neutral(source: &Source) -> Option<OpenAPI> {
    source.text.starts_with(MARK).then_some(())?;
    serde_json::from_str(source.text).ok()
}
