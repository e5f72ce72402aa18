//! Which clients ask for other scopes than they did.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::changes::{Change, Changes};
use crate::present::DOCUMENT;

/// The scopes of a client that are no longer the same.
pub(crate) struct ScopeChange {
    /// The neutral document that states them.
    pub file: PathBuf,
    /// What is asked for now and was not before.
    pub added: BTreeSet<String>,
    /// What was asked for before and is not now.
    pub removed: BTreeSet<String>,
}

/// The clients that are on disk and ask for other scopes now.
pub(crate) fn changes(changes: &Changes) -> Vec<ScopeChange> {
    changes.files.iter().filter_map(change).collect()
}

fn change(change: &Change) -> Option<ScopeChange> {
    if change.path.file_name()? != DOCUMENT {
        return None;
    }
    let before = scopes(change.before.as_deref()?)?;
    let after = scopes(change.after.as_deref()?)?;
    (before != after).then(|| ScopeChange {
        file: change.path.clone(),
        added: after.difference(&before).cloned().collect(),
        removed: before.difference(&after).cloned().collect(),
    })
}

/// The scopes that a client asks for, as its document states them; nothing where it was written by a
/// version that did not.
fn scopes(document: &str) -> Option<BTreeSet<String>> {
    let document: Value = serde_json::from_str(document).ok()?;
    let stated = document.get("x-codegen-scopes")?.as_array()?.iter();
    Some(
        stated
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}
