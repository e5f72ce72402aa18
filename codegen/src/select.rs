//! Keeps the operations that the manifest selects, and drops what they do not reach.

use std::collections::BTreeSet;

use glob::{MatchOptions, Pattern};
use openapiv3::OpenAPI;

use crate::extensions::{Extension, LeftOutOperations};
use crate::leave_out::{LeftOut, leave_out, retain};
use crate::manifest::{Client, Entry};
use crate::notes::Note;
use crate::operations::operations;
use crate::reach::reachable;
use crate::read::findings::{Findings, Read};
use crate::{Diagnostics, Problem};

/// What a client was made of, and what was left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The ids of the operations that the client has, as the document writes them.
    pub operations: Vec<String>,
    /// The ids of the operations of the document that were not selected.
    pub operations_left_out: Vec<String>,
    /// The selected operations that cannot be generated, sorted by id.
    pub left_out: Vec<LeftOut>,
    /// How many schemas the client has.
    pub schemas: usize,
    /// How many schemas of the document no selected operation reaches.
    pub schemas_left_out: usize,
    /// What else is to be known of the client, sorted.
    pub notes: Vec<Note>,
}

/// Selects a client's operations out of a document, and leaves out those that cannot be generated. What matches
/// nothing is noted; where nothing at all is selected, that is all that is wrong.
pub(crate) fn select(
    mut read: Read,
    client: &Client,
    wrong: &mut Diagnostics,
) -> Result<(OpenAPI, Summary), Diagnostics> {
    let ids: Vec<String> = operations(&read.document)
        .map(|each| each.id().to_owned())
        .collect();
    let (mut selected, mut unmatched) = (BTreeSet::new(), Diagnostics::default());
    for glob in &client.operations {
        selected.extend(unmatched.note(matching(&ids, glob)).into_iter().flatten());
    }
    if !client.lenient {
        wrong.note(unmatched.or(()));
    }
    if selected.is_empty() {
        std::mem::take(wrong).or(())?;
    }
    retain(&mut read.document, |id| selected.contains(id));
    let left_out = leave_out(&mut read, client)?;
    if !left_out.is_empty() {
        let listed = left_out.iter().map(LeftOut::as_extension);
        LeftOutOperations(listed.collect()).set(&mut read.document.extensions);
    }
    let (schemas, schemas_left_out) = drop_unreached_schemas(&mut read.document);
    let not_selected = ids.into_iter().filter(|id| !selected.contains(id));
    let operations_left_out = not_selected.collect();
    for left_out in &left_out {
        selected.remove(&left_out.operation);
    }
    let summary = Summary {
        operations_left_out,
        operations: selected.into_iter().collect(),
        notes: notes(&read),
        left_out,
        schemas,
        schemas_left_out,
    };
    Ok((read.document, summary))
}

/// What is to be known of the reading of what is left.
fn notes(read: &Read) -> Vec<Note> {
    let operations = operations(&read.document);
    let operations = operations.filter_map(|each| read.operations.get(each.id()));
    let schemas = read.document.components.iter();
    let schemas = schemas.flat_map(|all| all.schemas.keys());
    let schemas = schemas.filter_map(|name| read.schemas.get(name));
    let parts = operations.chain(schemas).chain([&read.whole]);
    parts.flat_map(Findings::notes).collect()
}

/// The ids that a glob matches: `*` stands for one part of an id, `**` for any number.
fn matching(ids: &[String], glob: &Entry<String>) -> Result<Vec<String>, Problem> {
    // The parts of an id are to the glob what folders are.
    let pattern = Pattern::new(&glob.value.replace('.', "/")).map_err(|error| {
        glob.problem(
            format!("`{}` is not a glob: {}", glob.value, error.msg),
            "write the operation's id, with `*` for one of its parts or `**` for several",
        )
    })?;
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let found: Vec<String> = ids
        .iter()
        .filter(|id| pattern.matches_with(&id.replace('.', "/"), options))
        .cloned()
        .collect();
    // All of nothing is what was asked for.
    let all_of_nothing = ids.is_empty() && glob.value == "**";
    if found.is_empty() && !all_of_nothing {
        return Err(glob.problem(
            format!("`{}` matches no operation of the document", glob.value),
            nearest(ids, &glob.value),
        ));
    }
    Ok(found)
}

/// A glob whose last star stands for any number of parts.
fn deep(asked: &str) -> String {
    format!("{}**", asked.trim_end_matches('*'))
}

/// The ids that a glob matches if its last star stands for any number of parts.
fn deeper<'a>(ids: &'a [String], asked: &str) -> Vec<&'a String> {
    let Ok(pattern) = Pattern::new(&deep(asked).replace('.', "/")) else {
        return Vec::new();
    };
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let ids = ids.iter();
    ids.filter(|id| pattern.matches_with(&id.replace('.', "/"), options))
        .collect()
}

/// A hint at the id that shares the longest beginning with what was asked for.
fn nearest(ids: &[String], asked: &str) -> String {
    let shared = |id: &str| {
        id.bytes()
            .zip(asked.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    match ids
        .iter()
        .max_by_key(|id| (shared(id), std::cmp::Reverse(id.len())))
    {
        Some(_) if asked.ends_with('*') && !deeper(ids, asked).is_empty() => {
            let deeper = deeper(ids, asked);
            format!(
                "`*` stands for one part of an id: `{}` matches {} operations",
                deep(asked),
                deeper.len()
            )
        }
        Some(id) => format!("correct it, or remove it; one of the document's ids is `{id}`"),
        None => "the document has no operations at all".to_owned(),
    }
}

/// Drops every schema that no operation reaches. Returns how many stay, and how many go.
fn drop_unreached_schemas(document: &mut OpenAPI) -> (usize, usize) {
    let reached = reachable(document, Vec::new());
    let Some(components) = &mut document.components else {
        return (0, 0);
    };
    let before = components.schemas.len();
    components.schemas.retain(|name, _| reached.contains(name));
    (components.schemas.len(), before - components.schemas.len())
}
