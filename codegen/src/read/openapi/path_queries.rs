//! Queries in the keys of `paths` that have placeholders: their parameters belong in the query.

use std::collections::BTreeMap;

use openapiv3::{Parameter, QueryStyle};

use super::parameter::{self, Key};
use crate::NoteKind;
use crate::operations::path_and_query;
use crate::path_template::{Part, PathTemplate, Placeholder};
use crate::read::node::Node;

/// A path, and the parameters that it states in its query.
pub(super) struct Path<'a> {
    /// What it is called in the neutral document: it has no placeholder in its query.
    pub key: String,
    /// The names in the query, and the placeholders that are their values.
    queries: Vec<(&'a str, &'a str)>,
}

impl<'a> Path<'a> {
    /// Takes the placeholders out of a path's query. `is_taken` says whether the document has a path already.
    pub fn of(whole: &'a str, is_taken: impl Fn(&str) -> bool) -> Self {
        let (path, query) = path_and_query(whole);
        let (mut fixed, mut queries) = (Vec::new(), Vec::new());
        for pair in query.split('&') {
            match pair
                .split_once('=')
                .and_then(|(name, value)| Some((name, placeholder(value)?)))
            {
                Some((name, value)) if !name.contains(['{', '}']) => queries.push((name, value)),
                _ => fixed.push(pair),
            }
        }
        let key = match queries.is_empty() {
            true => whole.to_owned(),
            false if fixed.is_empty() => path.to_owned(),
            false => format!("{path}?{}", fixed.join("&")),
        };
        // A fragment tells it apart, and is not sent.
        let key = match !queries.is_empty() && is_taken(&key) {
            true => format!("{key}#{}", query.replace(['{', '}'], "")),
            false => key,
        };
        Self { key, queries }
    }

    /// Moves the parameters of the placeholders to the query.
    pub fn move_parameters(&self, node: &Node, all: &mut BTreeMap<Key, Parameter>) {
        for (name, placeholder) in &self.queries {
            let key = |place: &str, name: &str| (place.to_owned(), name.to_owned());
            let known = all.remove(&key("path", placeholder));
            let known = known.or_else(|| all.remove(&key("query", placeholder)));
            let known = known.or_else(|| all.remove(&key("query", name)));
            let known = known.unwrap_or_else(|| parameter::of_placeholder(placeholder));
            let what = format!(
                "the query of the path has the parameter `{name}`: it is read as one of the query"
            );
            node.note(NoteKind::Corrected, what);
            let mut parameter_data = known.parameter_data();
            parameter_data.name = (*name).to_owned();
            all.insert(
                key("query", name),
                Parameter::Query {
                    parameter_data,
                    allow_reserved: false,
                    style: QueryStyle::Form,
                    allow_empty_value: None,
                },
            );
        }
    }
}

/// The name in a value that is a placeholder.
fn placeholder(value: &str) -> Option<&str> {
    match PathTemplate::parse(value).parts[..] {
        [Part::Placeholder(Placeholder(name))] if !name.is_empty() => Some(name),
        _ => None,
    }
}
