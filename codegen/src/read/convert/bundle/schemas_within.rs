//! The schema of a response, a request body, a parameter or a header, where a reference to one of them stands in place
//! of a schema.

use serde_json::Value;

use crate::media_types::{essence, is_json};
use crate::read::convert::documents::Found;
use crate::read::convert::kinds::Kind;
use crate::read::convert::origins::escaped;

/// What a schema has whose reference leads to something that is none, so that the reader notes it.
pub(in crate::read) const WITHIN: &str = "x-codegen-within";

/// A reference to the only schema of a component of the document; nothing where no schema is wanted, or where there
/// is none, or several.
pub(super) fn only(wanted: Kind, found: &Found) -> Option<String> {
    if wanted != Kind::Schema {
        return None;
    }
    let pointer = &found.pointer;
    if found.value.get("schema").is_some() {
        return Some(format!("{pointer}/schema"));
    }
    let content = found.value.get("content").and_then(Value::as_object)?;
    let all = content
        .iter()
        .filter(|(_, media)| media.get("schema").is_some());
    let all: Vec<_> = all.map(|(kind, _)| kind).collect();
    let mut json: Vec<_> = all.iter().filter(|kind| is_json(&essence(kind))).collect();
    json.sort();
    let kind = match (json.first(), all.as_slice()) {
        (Some(kind), _) => kind,
        (None, [only]) => only,
        (None, _) => return None,
    };
    Some(format!("{pointer}/content/{}/schema", escaped(kind)))
}
