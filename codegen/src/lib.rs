//! Turns a published API description into the source of a small Rust client.
//!
//! The library is a function from text to files: it knows no disk, network, clock or environment,
//! and the same input gives the same bytes, whatever the order of its keys. [`generate`] is the
//! whole pipeline; `ARCHITECTURE.md` at the top of the workspace draws it.

mod characters;
pub mod diff;
mod emit;
mod extensions;
mod files;
mod leave_out;
mod lower;
mod manifest;
mod media_types;
mod model;
mod names;
mod nesting;
mod notes;
mod operations;
mod output;
mod overlay;
mod passes;
mod path_template;
mod problem;
mod reach;
mod read;
mod reduce;
mod schemas;
mod scopes;
mod select;
mod source;
mod successes;

use openapiv3::OpenAPI;

pub use characters::escape_control;
pub use files::Files;
pub use leave_out::LeftOut;
pub use manifest::{Client, Manifest};
pub use names::is_keyword;
pub use notes::{Note, NoteKind};
pub use output::{HEADS, OutputFile};
pub use overlay::{Sentences, neutral, sentences};
pub use problem::{Diagnostics, Problem};
pub use reduce::reduce;
pub use select::Summary;
pub use source::Source;

/// What [`generate`] returns: the files of one client, and what was left out of it.
#[derive(Debug)]
pub struct Generated {
    /// Every file of the client, sorted by path, relative to the client's own folder.
    pub files: Vec<OutputFile>,
    /// What the client was made of.
    pub summary: Summary,
}

/// Generates one client from the document that its manifest entry names.
///
/// # Errors
///
/// The first thing that is wrong with the document, or everything that is wrong with the entry of the
/// manifest.
pub fn generate(client: &Client, source: &Source) -> Result<Generated, Diagnostics> {
    generate_with_files(client, source, &Files::default())
}

/// Generates one client, from a document that refers to files beside it.
///
/// # Errors
///
/// Those of [`generate`], and a file that is referred to and cannot be parsed.
pub fn generate_with_files(
    client: &Client,
    source: &Source,
    files: &Files,
) -> Result<Generated, Diagnostics> {
    let (document, mut summary) = document(client, source, files)?;
    let lowered = lower::lower(&document);
    summary.notes.extend(notes::of(&document, &lowered.model));
    summary.notes.sort();
    summary.notes.dedup();
    let mut files = emit::emit(&lowered, source)?;
    files.push(output::openapi_json(&document)?);
    files.sort();
    Ok(Generated { files, summary })
}

/// The document of a client, and what it was made of. Whatever is wrong with the manifest or its overlays is
/// found at once.
fn document(
    client: &Client,
    source: &Source,
    files: &Files,
) -> Result<(OpenAPI, Summary), Diagnostics> {
    let mut wrong = Diagnostics::default();
    let read = overlay::read(client, source, files, &mut wrong)?;
    let reach = scopes::Reach::of(&read.document, client);
    let (document, summary) = select::select(read, client, &mut wrong)?;
    let document = passes::run(document, client, &reach, &mut wrong);
    wrong.or((document, summary))
}
