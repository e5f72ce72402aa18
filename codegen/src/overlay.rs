//! Corrections of a vendor's document, and sentences of one's own: OpenAPI Overlay 1.0, applied to the neutral
//! document.
//!
//! Source: <https://spec.openapis.org/overlay/v1.0.0.html>.

mod apply;
mod texts;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;

use crate::read::findings::Read;
use crate::{Client, Diagnostics, Files, Problem, Source, read};
pub use texts::Sentences;

/// An overlay.
#[derive(Debug, Deserialize)]
struct Overlay {
    overlay: String,
    #[serde(default)]
    actions: Vec<Action>,
}

/// A change of everything that a path leads to.
#[derive(Debug, Deserialize)]
struct Action {
    target: String,
    #[serde(default)]
    update: Option<Value>,
    #[serde(default)]
    remove: bool,
}

/// Reads a document, and applies the overlays of a client.
pub(crate) fn read(client: &Client, source: &Source, files: &Files) -> Result<Read, Diagnostics> {
    let mut read = read::read(source, files, client)?;
    if !client.own_words && client.overlay_texts.is_empty() {
        return Ok(read);
    }
    let mut document = to_value(&read.document)?;
    if client.own_words {
        texts::drop_all(&mut document);
    }
    for (name, text) in &client.overlay_texts {
        let source = Source { name, text };
        apply_one(&mut document, &source, client.lenient)?;
    }
    read.document = from_value(document, client)?;
    Ok(read)
}

/// The neutral document of a spec, as overlays see it.
///
/// # Errors
///
/// What is wrong with the document, or with an overlay of the client.
pub fn neutral(client: &Client, source: &Source, files: &Files) -> Result<Value, Diagnostics> {
    let read = read(client, source, files)?;
    Ok(to_value(&read.document)?)
}

/// The sentences of a neutral document, as an overlay in YAML that puts them there.
///
/// # Errors
///
/// A mistake in the generator.
pub fn sentences(document: &Value, which: Sentences) -> Result<String, Problem> {
    let overlay = texts::sentences(document, which);
    serde_saphyr::to_string(&overlay).map_err(Problem::internal)
}

fn to_value(document: &OpenAPI) -> Result<Value, Problem> {
    let mut value = serde_json::to_value(document).map_err(Problem::internal)?;
    texts::by_value(&mut value);
    Ok(value)
}

fn from_value(mut value: Value, client: &Client) -> Result<OpenAPI, Problem> {
    texts::by_position(&mut value);
    apply::wrap_references(&mut value);
    serde_json::from_value(value).map_err(|error| {
        let names = client.overlay_texts.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = names.collect();
        Problem::new(
            names.join(", "),
            "",
            format!("what it makes of the document is not OpenAPI: {error}"),
            "correct `update`; `cargo xtask neutral SPEC` prints what it changes",
        )
    })
}

/// Applies an overlay. Where documents are only compared, an action that does not fit one of them is left out.
fn apply_one(document: &mut Value, source: &Source, lenient: bool) -> Result<(), Diagnostics> {
    let value = read::parse(source)?;
    let overlay: Overlay = serde_json::from_value(value).map_err(|error| {
        let what = format!("this is not an overlay: {error}");
        Problem::new(
            source.name,
            "",
            what,
            "it has `overlay: 1.0.0`, `info` and `actions`",
        )
    })?;
    if !overlay.overlay.starts_with("1.0.") {
        let what = format!("overlays of version {} are not known", overlay.overlay);
        return Err(Problem::new(source.name, "#/overlay", what, "write it as 1.0.0").into());
    }
    let mut wrong = Diagnostics::default();
    for (at, action) in overlay.actions.iter().enumerate() {
        let place = format!("#/actions/{at}");
        let problem = |what: String, help: &str| Problem::new(source.name, &place, what, help);
        let applied = apply::action(document, action, &problem);
        if !lenient {
            wrong.note(applied);
        }
    }
    wrong.or(())
}
