//! The tasks of this workspace, as a library, so that tests can run them as they are run.
//!
//! The generator itself knows no disk: reading, writing and reporting happen here.

mod beside;
mod cargo_check;
mod changes;
mod corpus;
mod diff;
mod enclosing;
mod fake;
mod generate;
mod judge;
mod mark;
mod neutral;
mod new_client;
mod present;
mod regenerate;
mod report;
mod revisions;
mod scopes;
mod standalone;
mod summary;
mod update;
mod write;

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

/// Done.
pub const DONE: u8 = 0;
/// The input is wrong, or a check failed.
pub const FAILED: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;

/// The tasks of this workspace.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
#[command(after_help = "Exit status: 0 done, 1 the input or a check failed, 2 wrong usage.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Generate every client of the manifest.
    ///
    /// Says what changed, and writes only what differs. A file in a client's folder that is no longer
    /// produced is removed if it begins with the mark of this task; so is a client that is no longer in
    /// the manifest, after it was told. A file that was not written by this task is never touched.
    /// Either everything is written, or nothing.
    Regenerate(regenerate::Regenerate),
    /// Bring in what the owner of an API published: spec, clients and changelog.
    ///
    /// Reads the published document, reduces it to what the manifest selects, and tells what changed. Where the
    /// facts are the same, nothing is written; otherwise all of it, or nothing.
    ///
    /// Exit status of `--check`: 0 nothing newer, 1 newer facts, 2 it could not look.
    Update(update::Update),
    /// Generate a crate of its own from a spec.
    ///
    /// It runs on this workspace's `generated-client-runtime`, which gives it credentials, pagination, retries
    /// and errors.
    Generate(standalone::Generate),
    /// Tell what changed between two specs: in the API, in the Rust API of its client, and in behaviour.
    ///
    /// Both may be of any format that is read, of two formats, or the `openapi.json` of a client. With `--client`,
    /// the entry of the manifest says what is compared; with `--kinds`, the table of changes is printed.
    Diff(diff::Diff),
    /// Add a client to this workspace: spec, entry of the manifest, code, feature and module.
    ///
    /// Either everything is written, or nothing.
    NewClient(new_client::NewClient),
    /// Print the neutral document of a spec, as overlays see it.
    Neutral(neutral::Neutral),
    /// Judge reports of changes by the compiler.
    ///
    /// For each pair of specs, a program is written that uses everything public of the old client. It has to
    /// compile with the new client exactly if the report says that nothing breaks.
    Judge(judge::Judge),
    /// Run the generator on every spec of a folder.
    ///
    /// Each in a process of its own, with limits on time and memory, as many at a time as there are
    /// processors. Prints what failed and why, and the totals; fails if one of them did.
    Corpus(corpus::Corpus),
    /// Run the generator on one spec, for `corpus`.
    #[command(hide = true)]
    CorpusDocument(corpus::Document),
    /// Serve a fake Cloud Identity on loopback until Ctrl-C.
    ///
    /// The first line on standard output is its base URL. The customer is customers/C0fake123, its
    /// domain example.com, and its administrator, the subject of delegation, admin@example.com.
    Fake(fake::Fake),
}

/// Calls a function before each single change of the disk that a task makes, so that a test can end the
/// process at each of them.
#[doc(hidden)]
pub fn observe_steps(observer: fn()) {
    write::steps::observe(observer);
}

/// Runs a task. Returns its exit status.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let program = std::env::current_exe().unwrap_or_default();
    run_as(&program, arguments, out, err)
}

/// Runs a task of the program at this path, which may be started again for parts of it. Returns its exit
/// status.
pub fn run_as(
    program: &Path,
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // There is nowhere left to report a failure to report.
            let _ = write!(err, "{}", error.render().ansi());
            return USAGE;
        }
        Err(help) => {
            let _ = write!(out, "{}", help.render().ansi());
            return DONE;
        }
    };
    match cli.task {
        Task::Regenerate(task) => regenerate::run(&task, &workspace_root(), out, err),
        Task::Update(task) => update::run(&task, &workspace_root(), out, err),
        Task::Generate(task) => make_crate(&task, out, err),
        Task::Diff(task) => outcome(diff::run(&task, &workspace_root(), out), err),
        Task::NewClient(task) => {
            let added = new_client::add(&task, &workspace_root(), out, err);
            outcome(added, err)
        }
        Task::Neutral(task) => outcome(neutral::print(&task, &workspace_root(), out), err),
        Task::Judge(task) => outcome(judge::run(&task, &workspace_root(), out), err),
        Task::Corpus(task) => whole_corpus(&task, program, out, err),
        Task::CorpusDocument(task) => match corpus::work(&task, &workspace_root(), out) {
            true => DONE,
            false => FAILED,
        },
        Task::Fake(task) => serve_fake(task, out, err),
    }
}

fn make_crate(task: &standalone::Generate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match standalone::make(task, &workspace_root(), err) {
        Ok(made) if task.json => {
            let _ = writeln!(
                out,
                "{:#}",
                summary::json(&made.client, &made.changes, &made.notes)
            );
            DONE
        }
        Ok(made) => {
            let _ = report::done(out, &[made.client], &made.changes);
            let _ = report::notes(out, &made.notes);
            DONE
        }
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}

fn whole_corpus(
    task: &corpus::Corpus,
    program: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    match corpus::run(task, program, &workspace_root(), out) {
        Ok(true) => DONE,
        Ok(false) => FAILED,
        Err(problem) => {
            let _ = report::errors(err, &problem.into());
            FAILED
        }
    }
}

/// The exit status of a check that is passed, failed, or could not be made.
fn outcome(outcome: Result<bool, codegen::Diagnostics>, err: &mut dyn Write) -> u8 {
    match outcome {
        Ok(true) => DONE,
        Ok(false) => FAILED,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}

fn serve_fake(task: fake::Fake, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match fake::serve(task, out) {
        Ok(()) => DONE,
        Err(error) => {
            let _ = report::failure(err, &error);
            FAILED
        }
    }
}

thread_local! {
    /// The workspace that a test works in.
    static OTHER: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// Runs a task in a copy of this workspace. Returns its exit status.
#[doc(hidden)]
pub fn run_in(
    workspace: &Path,
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    OTHER.replace(Some(workspace.to_owned()));
    let code = run(arguments, out, err);
    OTHER.replace(None);
    code
}

/// The folder that a task is run in.
fn working_folder() -> PathBuf {
    OTHER
        .with_borrow(Clone::clone)
        .unwrap_or_else(|| PathBuf::from("."))
}

/// The folder that `CHANGELOG.md` and the folders of specs and clients are in: the one above that of the manifest.
fn folder_of(manifest: Option<&Path>, root: &Path) -> PathBuf {
    let Some(manifest) = manifest else {
        return root.to_owned();
    };
    let whole = present::whole(manifest);
    let folder = whole.parent().and_then(Path::parent);
    folder.map_or(whole.clone(), Path::to_owned)
}

/// The folder of the workspace, independent of the folder that the task is run in.
fn workspace_root() -> PathBuf {
    if let Some(other) = OTHER.with_borrow(Clone::clone) {
        return other;
    }
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
