//! Generates every client of the manifest.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::changes::{self, Wanted};
use crate::generate::{self, Named};
use crate::mark::Owner;
use crate::write::{self, Mode};
use crate::{DONE, FAILED, folder_of, report};

/// What to generate, and where to.
#[derive(Args, Debug)]
pub(crate) struct Regenerate {
    /// Change nothing; fail if anything would change.
    #[arg(long)]
    check: bool,
    /// The manifest; the documents are beside it [default: spec/clients.toml].
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// The folder of the generated clients [default: generated-client/src/generated, beside the folder of the
    /// manifest].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Generates the clients, or checks that nothing would change. Returns the exit status.
pub(crate) fn run(task: &Regenerate, root: &Path, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let beside = folder_of(task.manifest.as_deref(), root);
    let manifest = task
        .manifest
        .clone()
        .unwrap_or_else(|| root.join("spec/clients.toml"));
    let folder = task
        .out
        .clone()
        .unwrap_or_else(|| beside.join("generated-client/src/generated"));
    let mode = if task.check { Mode::Check } else { Mode::Write };
    let mut generate_and_write = || {
        write::recover(&folder, mode, err)?;
        let clients = generate::every_client(&manifest)?;
        let wanted = Wanted {
            folder: &folder,
            owner: Owner::Regenerate,
            clients: clients.iter().map(Named::files).collect(),
            nothing_else: true,
            cargo_toml: None,
        };
        let changes = write::carry_out(&folder, mode, err, || changes::find(&wanted))?;
        Ok::<_, codegen::Diagnostics>((clients, changes))
    };
    let outcome = generate_and_write();
    match outcome {
        Ok((clients, changes)) if task.check && !changes.is_empty() => {
            let _ = report::stale(err, &clients, &changes);
            FAILED
        }
        Ok((clients, changes)) => {
            let _ = report::done(out, &clients, &changes);
            DONE
        }
        Err(wrong) => {
            let _ = report::errors(err, &wrong);
            FAILED
        }
    }
}
