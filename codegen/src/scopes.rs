//! How much each scope of OAuth 2.0 allows, in the whole document: which scopes are the narrowest must not
//! depend on what else is selected.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::manifest::Client;
use crate::operations::operations;

/// What the scopes of a document allow, counted before operations are selected.
pub(crate) struct Reach(BTreeMap<String, Count>);

/// What a scope allows.
#[derive(Default)]
struct Count {
    operations: usize,
    /// How many of them are not called by GET or HEAD.
    writing: usize,
}

/// How wide a scope is; the narrowest comes first.
pub(crate) type Width = (bool, Access, usize, bool);

/// What a scope is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    /// Its name says that it is for reading.
    ReadOnly,
    /// Nothing that it allows in this document writes.
    OnlyReads,
    Writes,
}

impl Reach {
    /// Counts what the scopes allow that the document, or else the manifest, states.
    pub fn of(document: &OpenAPI, client: &Client) -> Self {
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for each in operations(document) {
            let mut scopes: Vec<&String> = match &each.operation.security {
                Some(requirements) => requirements
                    .iter()
                    .flat_map(|it| it.values().flatten())
                    .collect(),
                None => {
                    let stated = client.scopes.get(each.id()).into_iter();
                    stated
                        .flat_map(|it| it.value.iter().map(|scope| &scope.value))
                        .collect()
                }
            };
            scopes.sort_unstable();
            scopes.dedup();
            for scope in scopes {
                let count = counts.entry(scope.clone()).or_default();
                count.operations += 1;
                count.writing += usize::from(!matches!(each.verb, "get" | "head"));
            }
        }
        Self(counts)
    }

    /// How wide a scope is, for the operations of an API.
    pub fn width(&self, scope: &str, api: &str) -> Width {
        let name = short(scope);
        let count = self.0.get(scope);
        let access = match count {
            _ if says_read_only(name) => Access::ReadOnly,
            Some(count) if count.writing == 0 => Access::OnlyReads,
            _ => Access::Writes,
        };
        let is_unfit = PARTIAL.iter().any(|start| is_below(name, start));
        (
            is_unfit || is_of_another_api(name, api),
            access,
            count.map_or(0, |count| count.operations),
            is_below(name, EVERY_API),
        )
    }
}

/// Scopes that allow an operation for a part of its data, or in a place where few programs run: in a
/// message that an add-on has open, in files that the program made itself. They are asked for only where
/// no other scope is enough.
///
/// Source: <https://developers.google.com/identity/protocols/oauth2/scopes>.
const PARTIAL: &[&str] = &[
    "calendar.app.created",
    "calendar.events.owned",
    "calendar.events.public",
    "drive.appdata",
    "drive.appfolder",
    "drive.file",
    "drive.meet",
    "drive.photos",
    "gmail.addons",
];

/// A scope that is for all of Google Cloud. A scope of the API itself comes first.
const EVERY_API: &str = "cloud-platform";

/// The scopes of an API that operations of others have too, because they can touch its data; what the
/// API is called in the ids of its own operations.
const OTHER_APIS: &[(&str, &str)] = &[("devstorage", "storage"), ("drive", "drive")];

fn is_of_another_api(name: &str, api: &str) -> bool {
    OTHER_APIS
        .iter()
        .any(|(scopes, own)| is_below(name, scopes) && *own != api)
}

/// The part of a scope behind the last slash, which says what it is.
fn short(scope: &str) -> &str {
    scope
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(scope)
}

/// Whether a scope is this one, or one of those that are called after it.
fn is_below(name: &str, start: &str) -> bool {
    let rest = name.strip_prefix(start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn says_read_only(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['_', '-'], "");
    plain.split(['.', ':']).any(|word| word == "readonly")
}
