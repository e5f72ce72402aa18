//! `cargo check` of a workspace, and what the compiler says, as JSON.

use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Begins to check every crate of a workspace.
pub(crate) fn start(manifest: &Path, stderr: Stdio) -> io::Result<Child> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--message-format=json",
        ])
        .arg("--manifest-path")
        .arg(manifest)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
}

/// The messages of a check, as they come.
pub(crate) fn messages(child: &mut Child) -> impl Iterator<Item = io::Result<Value>> + use<> {
    let lines = child.stdout.take().into_iter();
    let lines = lines.flat_map(|out| BufReader::new(out).lines());
    lines.map(|line| Ok(serde_json::from_str(&line?).unwrap_or_default()))
}
