//! Which version comes next, at least.

use std::path::Path;
use std::process::Command;

use codegen::diff::Step;

/// The last release: its tag, and its version.
pub(super) struct Release {
    pub tag: String,
    version: [u64; 3],
}

/// The last release that the commit at hand comes after, by its version; nothing where there was none. A
/// pre-release is none.
pub(super) fn last_release(folder: &Path) -> Option<Release> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["tag", "--merged", "HEAD", "--list", "v*"])
        .output()
        .ok()?;
    let tags = String::from_utf8(output.stdout).ok()?;
    let releases = tags.lines().filter_map(|tag| {
        let version = parse(tag.strip_prefix('v')?)?;
        let tag = tag.to_owned();
        Some(Release { tag, version })
    });
    releases.max_by_key(|release| release.version)
}

/// The version that comes next after a step since the last release, in words.
pub(super) fn after(release: Option<&Release>, step: Step) -> String {
    match release {
        None => format!("a {step} step; nothing was released yet"),
        Some(release) => match release.next(step) {
            Some(next) => format!("at least {next} ({step} since {})", release.version()),
            None => format!("{}: nothing since then", release.version()),
        },
    }
}

fn parse(text: &str) -> Option<[u64; 3]> {
    let plain = text.split('+').next()?;
    let numbers: Option<Vec<u64>> = plain.split('.').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

impl Release {
    /// The version that a step leads to; nothing where it leads nowhere.
    pub fn next(&self, step: Step) -> Option<String> {
        let [major, minor, patch] = self.version;
        let next = match (step, major) {
            (Step::None, _) => return None,
            (Step::Major, 0) => [0, minor + 1, 0],
            (Step::Minor | Step::Patch, 0) => [0, minor, patch + 1],
            (Step::Major, _) => [major + 1, 0, 0],
            (Step::Minor, _) => [major, minor + 1, 0],
            _ => [major, minor, patch + 1],
        };
        Some(next.map(|number| number.to_string()).join("."))
    }

    /// The version.
    pub fn version(&self) -> String {
        self.version.map(|number| number.to_string()).join(".")
    }
}
