//! Judges reports by the compiler: for each pair of specs, a program that uses everything public of the old
//! client compiles with the new one exactly if the report has nothing breaking.

mod compile;
mod pack;
mod pairs;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::{Diagnostics, Problem};
use serde_json::json;

use crate::report::STRONG;
use crate::write::cannot;

/// Which pairs are judged.
#[derive(Args, Debug)]
pub(crate) struct Judge {
    /// A folder of pairs: each a folder with `old` and `new`. Or two folders of specs, the old ones and the
    /// new ones, which are paired by the names of their files.
    #[arg(num_args = 1..=2, required = true)]
    folders: Vec<PathBuf>,
    /// Judge at most this many pairs of each class, the smallest first [default: all].
    #[arg(long, value_name = "NUMBER")]
    most: Option<usize>,
    /// Leave out this many pairs of each class first, so that a collection is judged block by block.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    skip: usize,
    /// Write the outcome of each pair to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What the compiler says of a pair.
pub(crate) struct Verdict {
    /// What the pair is called.
    pub name: String,
    /// Whether the report says that users break.
    pub breaking: bool,
    /// What does not compile, by the first error of each function.
    pub errors: Vec<String>,
}

impl Verdict {
    fn is_confirmed(&self) -> bool {
        self.breaking != self.errors.is_empty()
    }
}

/// Judges pairs. Returns whether the compiler confirms every report.
pub(crate) fn run(task: &Judge, root: &Path, out: &mut dyn Write) -> Result<bool, Diagnostics> {
    let places = match task.folders.as_slice() {
        [old, new] => pairs::of_folders(old, new)?,
        [folder, ..] => pairs::of_folder(folder)?,
        [] => Vec::new(),
    };
    let pairs = pairs::chosen(places, task.skip, task.most)?;
    let folder = root.join("target/judge");
    let packs = pack::write(&folder, pairs, root)?;
    let verdicts =
        compile::check(&folder, packs).map_err(|error| cannot(&folder, "checked", &error))?;
    tell(&verdicts, out).map_err(|error| cannot(Path::new("the report"), "printed", &error))?;
    if let Some(file) = &task.json {
        let rows = verdicts
            .iter()
            .map(|it| json!({ "pair": it.name, "breaking": it.breaking, "errors": it.errors }));
        let text = format!("{:#}\n", rows.collect::<serde_json::Value>());
        std::fs::write(file, text).map_err(|error| cannot(file, "written", &error))?;
    }
    Ok(verdicts.iter().all(Verdict::is_confirmed))
}

fn tell(verdicts: &[Verdict], out: &mut dyn Write) -> std::io::Result<()> {
    for verdict in verdicts.iter().filter(|it| !it.is_confirmed()) {
        let says = if verdict.breaking {
            "breaks users"
        } else {
            "breaks no user"
        };
        let compiler = match verdict.errors.len() {
            0 => "everything compiles".to_owned(),
            count => format!("{count} functions do not compile"),
        };
        writeln!(
            out,
            "{STRONG}{}{STRONG:#}: the report says that it {says}; {compiler}",
            verdict.name
        )?;
        for error in verdict.errors.iter().take(8) {
            writeln!(out, "    {}", codegen::escape_control(error))?;
        }
    }
    let breaking = verdicts.iter().filter(|it| it.breaking).count();
    let confirmed = verdicts.iter().filter(|it| it.is_confirmed()).count();
    writeln!(
        out,
        "{} pairs: {breaking} break users, {} do not; {confirmed} confirmed by the compiler",
        verdicts.len(),
        verdicts.len() - breaking,
    )
}

/// A problem with a pair.
pub(crate) fn wrong(name: &str, what: &str) -> Problem {
    Problem::new(
        name,
        "",
        what,
        "a pair is a folder with `old` and `new`, in JSON or YAML",
    )
}
