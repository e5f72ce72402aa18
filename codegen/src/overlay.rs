//! Corrections of a vendor's document, and sentences of one's own: OpenAPI Overlay 1.0, applied to the neutral
//! document.
//!
//! Source: <https://spec.openapis.org/overlay/v1.0.0.html>.

mod apply;
mod texts;

use std::collections::BTreeMap;

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
    /// What else stands there.
    #[serde(flatten)]
    other: BTreeMap<String, Value>,
}

/// Reads a document, and applies the overlays of a client. Actions that cannot be applied are noted.
pub(crate) fn read(
    client: &Client,
    source: &Source,
    files: &Files,
    wrong: &mut Diagnostics,
) -> Result<Read, Diagnostics> {
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
        let overlay = parse(&source)?;
        let applied = overlay.apply(&mut document, &source);
        if !client.lenient {
            wrong.note(applied);
        }
    }
    read.document = from_value(document).map_err(|_| unreadable(client, source, files))?;
    Ok(read)
}

/// The neutral document of a spec, as overlays see it.
///
/// # Errors
///
/// What is wrong with the document, or with an overlay of the client.
pub fn neutral(client: &Client, source: &Source, files: &Files) -> Result<Value, Diagnostics> {
    let mut wrong = Diagnostics::default();
    let read = read(client, source, files, &mut wrong)?;
    wrong.or(())?;
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

fn from_value(mut value: Value) -> Result<OpenAPI, serde_json::Error> {
    texts::by_position(&mut value);
    apply::wrap_references(&mut value);
    serde_json::from_value(value)
}

/// Finds the action that makes something of the document that is not OpenAPI.
fn unreadable(client: &Client, source: &Source, files: &Files) -> Diagnostics {
    let found = || -> Result<Option<Problem>, Diagnostics> {
        let mut document = to_value(&read::read(source, files, client)?.document)?;
        for (name, text) in &client.overlay_texts {
            let source = Source { name, text };
            for (at, action) in parse(&source)?.actions.iter().enumerate() {
                let place = format!("#/actions/{at}");
                let problem =
                    |what: String, help: &str| Problem::new(source.name, &place, what, help);
                // What does not fit is told already, or is meant for another document.
                let _ = apply::action(&mut document, action, &problem);
                if let Err(error) = from_value(document.clone()) {
                    let what = format!(
                        "what the action on `{}` makes of the document is not OpenAPI: {error}",
                        action.target
                    );
                    let help = "correct it; `cargo xtask neutral SPEC` prints what it changes";
                    return Ok(Some(problem(what, help)));
                }
            }
        }
        Ok(None)
    };
    match found() {
        Ok(Some(problem)) => problem.into(),
        Ok(None) => Problem::internal("a document that cannot be read again").into(),
        Err(wrong) => wrong,
    }
}

fn parse(source: &Source) -> Result<Overlay, Diagnostics> {
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
    Ok(overlay)
}

impl Overlay {
    /// Applies its actions. Whatever is wrong with one of them, the others are applied.
    fn apply(&self, document: &mut Value, source: &Source) -> Result<(), Diagnostics> {
        let mut wrong = Diagnostics::default();
        for (at, action) in self.actions.iter().enumerate() {
            let place = format!("#/actions/{at}");
            let problem = |what: String, help: &str| Problem::new(source.name, &place, what, help);
            wrong.note(apply::action(document, action, &problem));
        }
        wrong.or(())
    }
}
