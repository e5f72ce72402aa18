//! Compares two specs, or two folders of specs, and tells what changed.

pub(crate) mod folder;
pub(crate) mod git;
mod kinds;
pub(crate) mod markdown;
pub(crate) mod rows;
pub(crate) mod spec;
pub(crate) mod text;
mod witness;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use codegen::diff::{Api, Class, Report};
use codegen::{Client, Diagnostics, Problem};
use serde_json::Value;

use crate::generate;
use spec::Spec;

/// What to compare.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The old spec: a file, `REV:path` of git, or a folder of specs.
    #[arg(required_unless_present = "kinds")]
    old: Option<String>,
    /// The new spec: a file, `REV:path` of git, or a folder of specs, which are compared by the names of
    /// their files.
    #[arg(required_unless_present = "kinds")]
    new: Option<String>,
    /// Which operations are compared: a glob over their ids, in which `*` stands for one part and `**` for
    /// several. May be repeated [default: all].
    #[arg(long, value_name = "GLOB")]
    select: Vec<String>,
    /// Compare what this client of `spec/clients.toml` is made of: its operations, scopes and names.
    #[arg(long, value_name = "NAME", conflicts_with = "select")]
    client: Option<String>,
    /// In which form the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail where there is a change of this class: `breaking`, also a change of `behaviour`, or `any`.
    #[arg(long, value_enum, value_name = "CLASS")]
    fail_on: Option<FailOn>,
    /// Write two crates into this folder: the client of the new spec, and a program that uses everything
    /// public of the old one. `cargo check` there succeeds exactly if nothing breaks.
    #[arg(long, value_name = "DIR")]
    witness: Option<PathBuf>,
    /// Print the kinds of changes instead, with what each means.
    #[arg(long, conflicts_with_all = ["old", "new"])]
    kinds: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
}

/// What makes the task fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Breaking,
    Behaviour,
    Any,
}

impl FailOn {
    fn is_met(self, report: &Report) -> bool {
        match self {
            Self::Breaking => report.has(Class::Breaking),
            Self::Behaviour => report.has(Class::Breaking) || report.has(Class::Behaviour),
            Self::Any => !report.has_equal_facts(),
        }
    }
}

/// Compares, and prints the report. Returns whether nothing is against it.
pub(crate) fn run(task: &Diff, root: &Path, out: &mut dyn Write) -> Result<bool, Diagnostics> {
    let (Some(old), Some(new)) = (&task.old, &task.new) else {
        return kinds::print(out, task.format)
            .map(|()| true)
            .map_err(unprintable);
    };
    if Path::new(old).is_dir() && Path::new(new).is_dir() {
        return folder::run(task, Path::new(old), Path::new(new), out);
    }
    let (old, new) = (Spec::read(old)?, Spec::read(new)?);
    let (old, new) = (task.api(&old, root)?, task.api(&new, root)?);
    task.check_selection(&old, &new)?;
    let report = guarded(&new.name, || {
        codegen::diff::diff(&old.api, &new.api).map_err(Into::into)
    })?;
    print(out, task.format, &old.name, &report).map_err(unprintable)?;
    if let Some(folder) = &task.witness {
        witness::write(folder, &old, &new, root)?;
    }
    Ok(!task.fail_on.is_some_and(|class| class.is_met(&report)))
}

/// A document, as it is compared.
pub(crate) struct Side {
    /// What it is called.
    pub name: String,
    /// Its text, and the files beside it.
    pub spec: Spec,
    /// The client that is made of it.
    pub client: Client,
    /// What it says.
    pub api: Api,
}

impl Diff {
    /// Reads one of the documents.
    fn api(&self, spec: &Spec, root: &Path) -> Result<Side, Diagnostics> {
        let client = match &self.client {
            Some(name) => {
                let manifest = root.join("spec/clients.toml");
                generate::entry(&manifest, name)?.made_of(&spec.name, &[])
            }
            None => {
                let globs: Vec<&str> = self.select.iter().map(String::as_str).collect();
                Client::new(
                    "client",
                    &spec.name,
                    if globs.is_empty() { &["**"] } else { &globs },
                )
            }
        };
        side(spec.clone(), client.lenient())
    }

    /// A glob may match nothing in one of the documents, and not in both.
    fn check_selection(&self, old: &Side, new: &Side) -> Result<(), Diagnostics> {
        for glob in &self.select {
            let matches = |side: &Side| {
                let client = Client::new("client", &side.spec.name, &[glob]);
                Api::read(&client, &side.spec.source(), &side.spec.files).map(|_| ())
            };
            if matches(old).is_err() {
                matches(new)?;
            }
        }
        Ok(())
    }
}

/// What a document says of the operations of a client.
pub(crate) fn side(spec: Spec, client: Client) -> Result<Side, Diagnostics> {
    let api = guarded(&spec.name, || {
        Api::read(&client, &spec.source(), &spec.files)
    })?;
    Ok(Side {
        name: spec.name.clone(),
        spec,
        client,
        api,
    })
}

/// What the generator makes of a document: a panic of what it stands on is a message.
pub(crate) fn guarded<T>(
    name: &str,
    make: impl FnOnce() -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    generate::without_panics(make).unwrap_or_else(|| {
        Err(Problem::new(
            name,
            "",
            "the generator cannot make a client of this document",
            "this is a mistake in the generator; please report it together with the document",
        )
        .into())
    })
}

/// Prints a report.
pub(crate) fn print(
    out: &mut dyn Write,
    format: Format,
    name: &str,
    report: &Report,
) -> io::Result<()> {
    match format {
        Format::Text => text::print(out, name, report),
        Format::Markdown => out.write_all(markdown::report(name, report).as_bytes()),
        Format::Json => print_json(out, &report.to_json()),
    }
}

fn print_json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    writeln!(out, "{value:#}")
}

fn unprintable(error: io::Error) -> Diagnostics {
    Problem::new(
        "the report",
        "",
        format!("it cannot be printed: {error}"),
        "print it elsewhere",
    )
    .into()
}
