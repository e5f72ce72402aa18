//! Starts a process for one spec, and judges how it ended: a spec that takes all time or memory, or
//! overflows the stack, which nothing can catch, must not end the others.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use process_control::{ChildExt as _, Control as _, ExitStatus, Output};

use super::worker::{Outcome, Report, crate_name, file_name};

/// How long one spec may take. The largest public one takes two seconds, or ten where nothing is
/// optimized.
const TIME: Duration = Duration::from_secs(60);
/// How much memory one spec may take: 2 GiB. The largest public one takes 240 MiB.
const MEMORY: usize = 2 << 30;

/// Runs one spec.
pub(super) fn run(program: &Path, spec: &Path, crates: Option<&Path>) -> Report {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.arg("corpus-document").arg(spec);
    if let Some(crates) = crates {
        let folder = crates.join("crates").join(crate_name(&file_name(spec)));
        command.arg("--out").arg(folder);
    }
    let reason = match finished(command) {
        Ok(Some(output)) => match serde_json::from_slice(&output.stdout) {
            Ok(report) => return report,
            Err(_) => died(&output),
        },
        Ok(None) => format!("it took longer than {} seconds", TIME.as_secs()),
        Err(error) => format!("its process could not be run: {error}"),
    };
    Report {
        document: file_name(spec),
        seconds: start.elapsed().as_secs_f64(),
        outcome: Outcome::Failed { reason },
    }
}

/// Runs a process to its end; nothing where that does not come in time.
fn finished(mut command: Command) -> io::Result<Option<Output>> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = command.spawn()?.controlled_with_output().time_limit(TIME);
    // Elsewhere there is no such limit.
    #[cfg(any(target_os = "linux", target_os = "android", windows))]
    let child = child.memory_limit(MEMORY);
    child.terminate_for_timeout().wait()
}

/// How a process ended that told nothing.
fn died(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = errors.lines().rfind(|line| !line.trim().is_empty());
    let last = last
        .map(|line| format!(": {}", line.trim()))
        .unwrap_or_default();
    format!("its process died {}{last}", how(output.status))
}

#[cfg(unix)]
fn how(status: ExitStatus) -> String {
    match status.signal() {
        Some(signal) => format!("by signal {signal}"),
        None => format!("with {status}"),
    }
}

#[cfg(not(unix))]
fn how(status: ExitStatus) -> String {
    format!("with {status}")
}
