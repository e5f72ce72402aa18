//! What `update` saw last: the operations that were published and are not selected, so that only new ones are
//! told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use codegen::Problem;
use serde_json::{Value, json};

use super::Places;
use super::published::Published;
use crate::changes::Change;

/// The file, beside the manifest.
const FILE: &str = "published.json";
const ABOUT: &str = "What `cargo xtask update` saw last. It writes this file.";

/// The operations that were not selected when a client was last updated; nothing where that is not known.
pub(super) fn known(places: &Places, client: &str) -> Option<BTreeSet<String>> {
    let ids = read(places).remove(client)?;
    let ids = ids.get("not_selected")?.as_array()?.clone();
    Some(
        ids.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// The file, as it is to be.
pub(super) fn change(places: &Places, newer: &[&Published]) -> Result<Option<Change>, Problem> {
    let before = read(places);
    let mut clients = before.clone();
    for it in newer {
        let Some(ids) = it.new.api.not_selected() else {
            continue;
        };
        let known = clients.get(&it.client.name);
        let known = known.and_then(|it| it.get("not_selected"));
        // Where nothing was seen before, nothing is told; and the revision alone is no news.
        if !it.is_newer() && known.is_none_or(|known| *known == json!(ids)) {
            continue;
        }
        let revision = it.new.api.edition().revision;
        clients.insert(
            it.client.name.clone(),
            json!({ "revision": revision, "not_selected": ids }),
        );
    }
    if clients == before {
        return Ok(None);
    }
    let text = format!("{:#}\n", json!({ "about": ABOUT, "clients": clients }));
    places.change(&path(places), text).map(Some)
}

fn path(places: &Places) -> PathBuf {
    places.folder().join(FILE)
}

/// What the file says of each client; nothing where it is not there, or is no JSON.
fn read(places: &Places) -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(path(places)).unwrap_or_default();
    let whole: Value = serde_json::from_str(&text).unwrap_or_default();
    let clients = whole.get("clients").and_then(Value::as_object).cloned();
    clients.unwrap_or_default().into_iter().collect()
}
