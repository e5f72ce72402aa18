//! Prints the neutral document of a spec, or its sentences as an overlay.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use codegen::{Client, Diagnostics, Sentences};
use serde_json::Value;

use crate::diff::guarded;
use crate::diff::spec::Spec;
use crate::generate;

/// Which spec, and what of it.
#[derive(Args, Debug)]
pub(crate) struct Neutral {
    /// The spec: a file, or `REV:path` of git [default: that of the client].
    #[arg(required_unless_present = "client")]
    spec: Option<String>,
    /// Apply the overlays of this client of the manifest.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// The manifest; the documents and overlays are beside it [default: spec/clients.toml].
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Print sentences instead, as an overlay that puts them there: those that are there, or an action to be
    /// filled in for each that is missing.
    #[arg(long, value_enum, value_name = "WHICH")]
    words: Option<Words>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Words {
    All,
    Missing,
}

pub(crate) fn print(task: &Neutral, root: &Path, out: &mut dyn Write) -> Result<bool, Diagnostics> {
    let manifest = task
        .manifest
        .clone()
        .unwrap_or_else(|| root.join("spec/clients.toml"));
    let client = match &task.client {
        Some(name) => generate::entry(&manifest, name)?.of_everything(),
        None => Client::new("client", "client", &["**"]),
    };
    let spec = match &task.spec {
        Some(spec) => Spec::read(spec)?,
        None => Spec::of_file(&manifest.with_file_name("").join(&client.source))?,
    };
    let document = guarded(&spec.name, || {
        codegen::neutral(&client, &spec.source(), &spec.files)
    })?;
    // There is nowhere left to report a failure to report.
    let _ = match task.words {
        None => writeln!(out, "{:#}", marked(document)),
        Some(words) => {
            let which = match words {
                Words::All => Sentences::All,
                Words::Missing => Sentences::Missing,
            };
            write!(out, "{}", codegen::sentences(&document, which)?)
        }
    };
    Ok(true)
}

/// The document, with what says that it is ours: nothing is concluded from it that it does not say.
fn marked(mut document: Value) -> Value {
    if let Value::Object(members) = &mut document {
        let mark = "The neutral document of a spec, as `cargo xtask neutral` prints it.";
        members.insert("x-generated".to_owned(), mark.into());
    }
    document
}
