//! One spec, in a process of its own. Its outcome goes to standard output, as JSON.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use codegen::{Client, Diagnostics, Generated, Note};
use serde::{Deserialize, Serialize};

use crate::{generate, standalone};

/// A spec, and where its crate goes.
#[derive(Args, Debug)]
pub(crate) struct Document {
    spec: PathBuf,
    /// The folder for a crate of the generated code.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// The outcome of a spec.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Report {
    /// The name of its file.
    pub document: String,
    /// How long that took.
    pub seconds: f64,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What can come of a spec.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub(super) enum Outcome {
    /// There is a client.
    Generated(Made),
    /// There is none, or none that compiles.
    Failed {
        /// Why.
        reason: String,
    },
}

/// What a client consists of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Made {
    /// How many methods there are.
    pub methods: usize,
    /// How many types.
    pub types: usize,
    /// How many lines of code, without comments and blanks.
    pub lines: usize,
    /// What else is to be known.
    pub notes: Vec<Note>,
}

/// Runs the generator on one spec, and reports the outcome. Returns whether there is a client.
pub(crate) fn work(task: &Document, root: &Path, out: &mut dyn Write) -> bool {
    let start = Instant::now();
    let outcome = match client(task, root) {
        Ok(generated) => Outcome::Generated(made(generated)),
        Err(problem) => Outcome::Failed {
            reason: problem.to_string(),
        },
    };
    let report = Report {
        document: file_name(&task.spec),
        seconds: start.elapsed().as_secs_f64(),
        outcome,
    };
    let text = serde_json::to_string(&report).unwrap_or_default();
    // The process that started this one notices if nothing comes.
    let _ = writeln!(out, "{text}");
    matches!(report.outcome, Outcome::Generated(_))
}

/// What the crates of a collection begin with: names of their own, regardless of the specs' names.
pub(super) const PREFIX: &str = "corpus-";

/// The name of a spec's crate: that of its whole file, so that no two have the same.
pub(super) fn crate_name(document: &str) -> String {
    format!("{PREFIX}{}", standalone::as_name(document))
}

/// The name of a spec's file.
pub(super) fn file_name(spec: &Path) -> String {
    let name = spec.file_name().unwrap_or(spec.as_os_str());
    name.to_string_lossy().into_owned()
}

fn client(task: &Document, root: &Path) -> Result<Generated, Diagnostics> {
    match &task.out {
        Some(out) => {
            standalone::make_member(&task.spec, &crate_name(&file_name(&task.spec)), out, root)
        }
        None => {
            let client = Client::new("client", &task.spec.to_string_lossy(), &["**"]);
            generate::one_client(&client, &task.spec)
        }
    }
}

fn made(generated: Generated) -> Made {
    let code = generated
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"));
    let lines = code.flat_map(|file| file.text.lines()).map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    let is_type = |line: &&&str| {
        ["pub struct ", "pub enum ", "pub type "]
            .iter()
            .any(|start| line.starts_with(start))
    };
    Made {
        methods: generated.summary.operations.len(),
        types: lines.iter().filter(is_type).count(),
        lines: lines.len(),
        notes: generated.summary.notes,
    }
}
