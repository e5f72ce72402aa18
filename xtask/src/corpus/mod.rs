//! Runs the generator on every spec of a folder: which are accepted, and how long that takes.

mod check;
mod process;
mod report;
mod worker;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use clap::Args;
use codegen::Problem;
use indicatif::{ProgressBar, ProgressStyle};

use crate::write::cannot;
pub(crate) use worker::{Document, work};
use worker::{Outcome, Report};

/// Which specs, and what is done with them.
#[derive(Args, Debug)]
pub(crate) struct Corpus {
    /// The folder of the specs: Google Discovery documents and OpenAPI 3.0, as `.json`, `.yaml`
    /// or `.yml`.
    dir: PathBuf,
    /// Check the types of the generated code, too (`cargo check`).
    #[arg(long)]
    check_types: bool,
    /// Write the outcome of each spec to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Runs every spec of a folder. Returns whether all of them were accepted. `program` is this program,
/// a process of which is started for each spec.
pub(crate) fn run(
    task: &Corpus,
    program: &Path,
    root: &Path,
    out: &mut dyn Write,
) -> Result<bool, Problem> {
    let start = Instant::now();
    let documents = documents(&task.dir)?;
    let crates = task.check_types.then(|| check::folder(root));
    if let Some(crates) = &crates {
        check::clear(crates)?;
    }
    let mut reports = every(program, documents, crates.as_deref());
    let generated = start.elapsed();
    if let Some(crates) = &crates {
        check::types(crates, root, &mut reports)?;
    }
    if let Some(file) = &task.json {
        let text = report::json(&reports, generated);
        std::fs::write(file, text).map_err(|error| cannot(file, "written", &error))?;
    }
    // There is nowhere left to report a failure to report.
    let _ = report::print(out, &reports, generated);
    Ok(reports
        .iter()
        .all(|report| !matches!(report.outcome, Outcome::Failed { .. })))
}

/// The specs of a folder, the largest first, so that the last ones are short.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unreadable = |error: &std::io::Error| {
        Problem::new(
            folder.display().to_string(),
            "",
            format!("the folder cannot be read: {error}"),
            "name a folder that holds specs",
        )
    };
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        let path = entry.map_err(|error| unreadable(&error))?.path();
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        if matches!(extension.to_str(), Some("json" | "yaml" | "yml")) {
            let size = std::fs::metadata(&path).map_or(0, |data| data.len());
            documents.push((size, path));
        }
    }
    if documents.is_empty() {
        return Err(Problem::new(
            folder.display().to_string(),
            "",
            "there is no spec in this folder",
            "name a folder that holds `.json`, `.yaml` or `.yml` files",
        ));
    }
    documents.sort_by(|one, other| other.cmp(one));
    Ok(documents.into_iter().map(|(_, path)| path).collect())
}

/// Runs each spec in a process of its own, as many at a time as there are processors. The
/// reports are sorted by name.
fn every(program: &Path, documents: Vec<PathBuf>, crates: Option<&Path>) -> Vec<Report> {
    let bar = progress(documents.len(), "documents");
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let waiting = Mutex::new(documents.into_iter());
    let reports = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(|it| it.into_inner()).next();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(path) = next() {
                    let report = process::run(program, &path, crates);
                    bar.inc(1);
                    reports
                        .lock()
                        .unwrap_or_else(|it| it.into_inner())
                        .push(report);
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut reports = reports.into_inner().unwrap_or_else(|it| it.into_inner());
    reports.sort_by(|one, other| one.document.cmp(&other.document));
    reports
}

/// A bar on the terminal; nothing where there is none.
fn progress(length: usize, what: &'static str) -> ProgressBar {
    let form = format!("{{bar:40}} {{pos}}/{{len}} {what} {{elapsed}}");
    let style = ProgressStyle::with_template(&form);
    let bar = ProgressBar::new(length as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
