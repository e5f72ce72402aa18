//! Brings in what an API's owner published: the spec, what is generated from it, and the changelog.

mod bring_in;
mod changelog;
mod fetch;
mod published;
mod seen;
mod version;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::{Problem, escape_control};

use crate::changes::Change;
use crate::diff::{Format, print, rows};
use crate::generate;
use crate::write::{self, Mode};
use crate::{DONE, FAILED, report};
use fetch::Limits;
use published::Published;

/// It could not be found out whether there is something newer.
const UNKNOWN: u8 = 2;

/// What to bring in.
#[derive(Args, Debug)]
pub(crate) struct Update {
    /// The clients, by their names in the manifest [default: all that have a `url` there].
    clients: Vec<String>,
    /// The document: a file, which needs no network, or a URL of `https` [default: the `url` of the client
    /// in the manifest].
    #[arg(long, value_name = "FILE or URL")]
    from: Option<String>,
    /// Change nothing; exit with 1 where newer facts are published, and with 2 where that cannot be found
    /// out.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Print what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// In which form the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The manifest; the documents are beside it [default: spec/clients.toml].
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// The folder of the generated clients [default: generated-client/src/generated, beside the folder of the
    /// manifest].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The changelog [default: CHANGELOG.md, beside the folder of the manifest].
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// How many bytes a document may have.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().bytes)]
    max_bytes: usize,
    /// How long it may take to read it.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs_f32())]
    timeout: f32,
}

/// Where everything is.
struct Places {
    /// The folder that all of it is in.
    root: PathBuf,
    manifest: PathBuf,
    out: PathBuf,
    changelog: PathBuf,
}

/// Brings in what is published. Returns the exit status.
pub(crate) fn run(task: &Update, root: &Path, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let places = task.places(root);
    let found = match task
        .whole(&places, err)
        .map_err(Into::into)
        .and_then(|()| task.look(&places))
    {
        Ok(found) => found,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            return if task.check { UNKNOWN } else { FAILED };
        }
    };
    let is_newer = found.iter().any(Published::is_newer);
    for it in &found {
        let _ = print(out, task.format, &it.client.name, &it.report);
    }
    let _ = older(err, &found);
    match (task.check, is_newer) {
        (true, true) => {
            // What keeps it from being brought in is to be known before it is tried.
            if let Err(wrong) = task.clients(&places, &newer(&found)) {
                let _ = report::errors(err, &wrong);
            }
            FAILED
        }
        (true, false) => DONE,
        (false, false) => remember(task, &places, &found, err),
        (false, true) => bring_in(task, &places, &found, out, err),
    }
}

/// Writes what is newer, and tells of it. Returns the exit status.
fn bring_in(
    task: &Update,
    places: &Places,
    found: &[Published],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    // A program reads the report, and nothing behind it.
    let mut told = Vec::new();
    let brought_in = task.bring_in(places, found, &mut told, err);
    let _ = match task.format {
        Format::Text => out.write_all(&told),
        Format::Markdown => out.write_all(b"\n").and_then(|()| out.write_all(&told)),
        Format::Json => err.write_all(&told),
    };
    match brought_in {
        Ok(()) => DONE,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}

/// Those of which there are newer facts.
fn newer(found: &[Published]) -> Vec<&Published> {
    found.iter().filter(|it| it.is_newer()).collect()
}

/// Tells which documents are of an earlier revision than their specs.
fn older(err: &mut dyn Write, found: &[Published]) -> std::io::Result<()> {
    for it in found.iter().filter(|it| it.is_older) {
        let name = escape_control(&it.client.name);
        let editions = rows::editions(&it.report.old, &it.report.new);
        writeln!(
            err,
            "note: what is published for `{name}` is of an earlier revision ({}), and is not taken; `--from` takes it",
            escape_control(&editions)
        )?;
    }
    Ok(())
}

/// Remembers which operations are published and not selected, so that they are told once.
fn remember(task: &Update, places: &Places, found: &[Published], err: &mut dyn Write) -> u8 {
    let taken: Vec<&Published> = found.iter().filter(|it| !it.is_older).collect();
    match task.remember(places, &taken, err) {
        Ok(()) => DONE,
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}

impl Update {
    /// Completes a write that was interrupted: what is compared is whole. A task that writes nothing fails then.
    fn whole(&self, places: &Places, err: &mut dyn Write) -> Result<(), Problem> {
        let mode = match self.check || self.dry_run {
            true => Mode::Check,
            false => Mode::Write,
        };
        write::recover(&places.out, mode, err)?;
        write::recover(&places.root, mode, err)
    }

    fn places(&self, root: &Path) -> Places {
        let root = crate::folder_of(self.manifest.as_deref(), root);
        let or = |path: &Option<PathBuf>, otherwise: &str| {
            let path = path.clone().unwrap_or_else(|| root.join(otherwise));
            crate::present::whole(&path)
        };
        let manifest = or(&self.manifest, "spec/clients.toml");
        let out = or(&self.out, "generated-client/src/generated");
        let changelog = or(&self.changelog, "CHANGELOG.md");
        Places {
            root: common(&common(&manifest, &out), &changelog),
            manifest,
            out,
            changelog,
        }
    }
}

impl Places {
    /// The folder of the manifest and the specs.
    fn folder(&self) -> &Path {
        self.manifest.parent().unwrap_or(Path::new(""))
    }

    /// A path, from the folder that everything is in.
    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// A file that is to hold a text.
    fn change(&self, path: &Path, text: String) -> Result<Change, Problem> {
        let name = generate::display_name(path);
        let before = path
            .exists()
            .then(|| generate::read(path, &name))
            .transpose()?;
        Ok(Change {
            path: self.below(path),
            before,
            after: Some(text),
        })
    }
}

/// The folder that both paths are in.
fn common(one: &Path, other: &Path) -> PathBuf {
    let pairs = one.components().zip(other.components());
    pairs
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one)
        .collect()
}
