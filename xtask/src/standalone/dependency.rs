//! What a crate depends on: its manifest, and where the runtime is.

use std::path::{Component, Path, PathBuf};

use super::{Generate, toml_string};
use crate::changes::{Change, Changes};
use crate::mark::MANIFEST;
use crate::present;

/// The crate that every client runs on.
const RUNTIME: &str = "generated-client-runtime";

/// Its folder in this workspace.
pub(super) const FOLDER: &str = "generated-client/runtime";

/// The manifest of a crate, with this dependency on the runtime.
pub(super) fn cargo_toml(name: &str, runtime: &str) -> String {
    format!(
        "{MANIFEST} It is yours: it is not made again.\n\n[package]\nname = \"{name}\"\n\
         version = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         # What the client runs on. `service-account` and `rustls` can be left out.\n\
         {RUNTIME} = {{ {runtime}, default-features = false, features = [\"rustls\", \
         \"service-account\"] }}\n"
    )
}

/// The version of the runtime that was asked for, instead of a folder.
fn runtime_version(task: &Generate) -> Option<&str> {
    let runtime = task.runtime.as_deref()?;
    runtime
        .starts_with(|first: char| first.is_ascii_digit())
        .then_some(runtime)
}

/// The folder of the runtime; nothing where a version was asked for.
pub(super) fn runtime_folder(task: &Generate, root: &Path) -> Option<PathBuf> {
    match &task.runtime {
        Some(_) if runtime_version(task).is_some() => None,
        Some(path) => Some(task.out.join(path)),
        None => Some(root.join(FOLDER)),
    }
}

/// What is to be said of a version, when a manifest names it.
pub(super) fn unpublished(task: &Generate, changes: &Changes) -> Option<String> {
    let version = runtime_version(task)?;
    let manifest = |change: &Change| change.path == Path::new("Cargo.toml");
    changes.files.iter().any(manifest).then(|| {
        format!(
            "`{RUNTIME}` is not published on crates.io: `version = {version:?}` resolves only where a \
             registry of yours has it; without `--runtime` the crate depends on the folder"
        )
    })
}

/// Where the runtime is, for `Cargo.toml`.
pub(super) fn runtime(task: &Generate, root: &Path) -> String {
    match &task.runtime {
        Some(version) if runtime_version(task).is_some() => {
            format!("version = {}", toml_string(version))
        }
        Some(path) => format!("path = {}", toml_string(path)),
        None => {
            let path = relative(&task.out, &root.join(FOLDER));
            let path = path.to_string_lossy().replace('\\', "/");
            format!("path = {}", toml_string(&path))
        }
    }
}

/// The way from one folder to another; the whole path where there is none.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to) = (present::whole(from), present::whole(to));
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    if shared == 0 {
        return to.iter().collect();
    }
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    up.chain(to[shared..].iter().copied()).collect()
}
