//! Where the public specs are, for the build scripts of the tests.

use std::path::{Path, PathBuf};
use std::{env, io};

/// The folder of the public specs of a kind, `discovery` or `openapi`; nothing where they are absent.
///
/// `PUBLIC_SPECS` names the folder of both kinds, relative to the workspace; otherwise it is beside the
/// workspace. The tests of the package know it as `PUBLIC_SPECS_FOLDER`, and are ignored without the
/// `cfg` of their kind.
pub fn folder(workspace: &Path, kind: &str) -> io::Result<Option<PathBuf>> {
    println!("cargo::rerun-if-env-changed=PUBLIC_SPECS");
    println!("cargo::rustc-check-cfg=cfg(public_{kind})");
    let root = env::var_os("PUBLIC_SPECS").unwrap_or_else(|| "../shared/corpus".into());
    let folder = workspace.join(root).join(kind);
    if !folder.is_dir() {
        // A path that does not exist would make cargo run the script every time.
        return Ok(None);
    }
    let folder = folder.canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rustc-cfg=public_{kind}");
    if let Some(root) = folder.parent() {
        println!("cargo::rustc-env=PUBLIC_SPECS_FOLDER={}", root.display());
    }
    Ok(Some(folder))
}
