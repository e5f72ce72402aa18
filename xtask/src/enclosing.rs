//! The cargo workspace that a new crate comes to lie in, if there is one, and what follows from it.
//!
//! Reads what cargo reads: the nearest `Cargo.toml` above with a `[workspace]` that does not exclude the
//! crate; its members by `members`, and by paths that its members depend on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Problem;
use glob::{MatchOptions, Pattern};
use toml::{Table, Value};

use crate::present::whole;

/// How a crate fits into what is above it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Whether its manifest needs a `[workspace]` of its own.
    pub own_workspace: bool,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// How a crate fits into the workspace above its folder, of which cargo should understand every manifest
/// afterwards. `runtime` is the folder of the crate that it depends on.
pub(crate) fn fit(folder: &Path, name: &str, runtime: Option<&Path>) -> Result<Fit, Problem> {
    let Some(above) = Workspace::above(folder) else {
        return Ok(Fit {
            own_workspace: true,
            note: None,
        });
    };
    check_folders(&above, folder)?;
    if above.has {
        check_member(&above, folder, name, runtime)?;
    }
    let root = above.manifest();
    let root = root.display();
    let has_own = manifest(folder).map(|manifest| manifest.contains_key("workspace"));
    let note = match (above.has, has_own) {
        (true, None) => Some(format!(
            "the crate is a member of the workspace of {root}: its manifest has no `[workspace]`"
        )),
        (true, Some(true)) => Some(format!(
            "the crate is a member of the workspace of {root}, where cargo takes no manifest with a \
             `[workspace]`: remove it from the crate's Cargo.toml"
        )),
        (false, None) => Some(format!(
            "the crate is no member of the workspace of {root}: its manifest has an empty `[workspace]`. \
             Before a member depends on it, list it in `members` there, and remove that line"
        )),
        (false, Some(false)) => Some(format!(
            "the crate is no member of the workspace of {root}: list it there in `members` or `exclude`, or \
             add an empty `[workspace]` to the crate's Cargo.toml"
        )),
        (true, Some(false)) | (false, Some(true)) => None,
    };
    Ok(Fit {
        own_workspace: !above.has,
        note,
    })
}

/// A folder on the way to the crate that does not exist yet must not be a member: it has no manifest.
fn check_folders(above: &Workspace, folder: &Path) -> Result<(), Problem> {
    let folder = whole(folder);
    let taken = |path: &&Path| {
        let mut patterns = patterns(&above.table, "members");
        patterns.any(|it| matches(&above.root, it, path))
            && !excludes(&above.root, &above.table, path)
    };
    let mut new = folder.ancestors().skip(1).take_while(|path| !path.exists());
    match new.find(taken) {
        None => Ok(()),
        Some(path) => Err(Problem::new(
            above.manifest().display().to_string(),
            "",
            format!(
                "its `members` would take {} for a crate, where there is none",
                path.display()
            ),
            "name another folder with `--out`, or add that one to `exclude`",
        )),
    }
}

/// A member that would make every command in its workspace fail is refused.
fn check_member(
    above: &Workspace,
    folder: &Path,
    name: &str,
    runtime: Option<&Path>,
) -> Result<(), Problem> {
    let problem = |what, help| {
        Err(Problem::new(
            above.manifest().display().to_string(),
            "",
            what,
            help,
        ))
    };
    if let Some(other) = above.other_member(name, folder) {
        return problem(
            format!(
                "the workspace has a member called `{name}` already, in {}",
                other.display()
            ),
            "give the crate another name with `--name`".to_owned(),
        );
    }
    match runtime {
        Some(runtime) if above.takes_in(runtime) => problem(
            format!(
                "a member that depends on {} would make that a member of this workspace, but it has one of \
                 its own",
                runtime.display()
            ),
            "add its workspace to `exclude`, or name a folder with `--out` that is no member"
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

/// A workspace above a crate.
#[derive(Debug)]
struct Workspace {
    /// Its folder.
    root: PathBuf,
    /// Whether the crate is one of its members.
    has: bool,
    table: Table,
    members: BTreeSet<PathBuf>,
}

impl Workspace {
    /// The workspace above a folder, as cargo finds it.
    fn above(folder: &Path) -> Option<Self> {
        let folder = whole(folder);
        for above in folder.ancestors().skip(1) {
            let Some(manifest) = manifest(above) else {
                continue;
            };
            if let Some(table) = workspace_of(&manifest) {
                if !excludes(above, table, &folder) {
                    return Some(Self::read(above, table.clone(), &manifest, &folder));
                }
            } else if let Some(root) = stated_root(above, &manifest) {
                let manifest = self::manifest(&root)?;
                let table = workspace_of(&manifest)?.clone();
                return Some(Self::read(&root, table, &manifest, &folder));
            }
        }
        None
    }

    fn read(root: &Path, table: Table, manifest: &Table, folder: &Path) -> Self {
        let mut members: BTreeSet<PathBuf> = patterns(&table, "members")
            .flat_map(|pattern| existing(root, pattern))
            .collect();
        if manifest.contains_key("package") {
            members.insert(root.to_owned());
        }
        add_dependencies(root, &table, &mut members);
        let listed = patterns(&table, "members").any(|pattern| matches(root, pattern, folder));
        Self {
            root: root.to_owned(),
            has: listed || members.contains(folder),
            table,
            members,
        }
    }

    /// The member of this name in another folder than this one.
    fn other_member(&self, name: &str, folder: &Path) -> Option<&Path> {
        let folder = whole(folder);
        let called = |member: &&PathBuf| {
            let manifest = manifest(member).unwrap_or_default();
            let package = manifest.get("package").and_then(Value::as_table);
            package.and_then(|it| it.get("name")?.as_str()) == Some(name) && **member != folder
        };
        self.members.iter().find(called).map(PathBuf::as_path)
    }

    /// Whether cargo takes a folder for a member as soon as a member depends on its path, though that folder
    /// belongs to a workspace of its own.
    fn takes_in(&self, dependency: &Path) -> bool {
        let dependency = whole(dependency);
        dependency.starts_with(&self.root)
            && !self.members.contains(&dependency)
            && !excludes(&self.root, &self.table, &dependency)
    }

    /// The manifest of the workspace.
    fn manifest(&self) -> PathBuf {
        self.root.join("Cargo.toml")
    }
}

fn manifest(folder: &Path) -> Option<Table> {
    fs::read_to_string(folder.join("Cargo.toml"))
        .ok()?
        .parse()
        .ok()
}

fn workspace_of(manifest: &Table) -> Option<&Table> {
    manifest.get("workspace")?.as_table()
}

/// The root that a package names itself.
fn stated_root(folder: &Path, manifest: &Table) -> Option<PathBuf> {
    let root = manifest.get("package")?.get("workspace")?.as_str()?;
    Some(whole(&folder.join(root)))
}

/// A list of paths or globs of a `[workspace]`.
fn patterns<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a str> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// Whether a workspace excludes a folder: it, or one that it is in, and none that is a member by name.
fn excludes(root: &Path, table: &Table, folder: &Path) -> bool {
    let below = |key| {
        let mut paths = patterns(table, key).map(|path| whole(&root.join(path)));
        paths.any(|path| folder.starts_with(path))
    };
    below("exclude") && !below("members")
}

/// Whether a path or glob of a workspace is about a folder, which need not exist yet.
fn matches(root: &Path, pattern: &str, folder: &Path) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::new()
    };
    let root = Pattern::escape(&root.to_string_lossy());
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let Ok(pattern) = Pattern::new(&format!("{root}/{pattern}")) else {
        return false;
    };
    pattern.matches_path_with(folder, options)
}

/// The crates that there are for a path or glob of a workspace.
fn existing(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let root = Pattern::escape(&root.to_string_lossy());
    let found = glob::glob(&format!("{root}/{pattern}"))
        .into_iter()
        .flatten();
    found
        .flatten()
        .filter(|path| path.join("Cargo.toml").is_file())
        .map(|path| whole(&path))
        .collect()
}

/// Adds what the members depend on by its path, below the root, whether it exists or not.
fn add_dependencies(root: &Path, table: &Table, members: &mut BTreeSet<PathBuf>) {
    let mut waiting: Vec<PathBuf> = members.iter().cloned().collect();
    while let Some(member) = waiting.pop() {
        for path in dependencies(root, table, &member) {
            let inside = path.starts_with(root) && !excludes(root, table, &path);
            if inside && members.insert(path.clone()) {
                waiting.push(path);
            }
        }
    }
}

/// The folders that a crate depends on.
fn dependencies(root: &Path, table: &Table, member: &Path) -> Vec<PathBuf> {
    let manifest = manifest(member).unwrap_or_default();
    let targets = manifest.get("target").and_then(Value::as_table);
    let targets = targets.into_iter().flatten();
    let tables = targets.filter_map(|(_, table)| table.as_table());
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let lists = tables
        .chain([&manifest])
        .flat_map(|table| kinds.map(|kind| table.get(kind)))
        .flatten()
        .filter_map(Value::as_table);
    lists
        .flatten()
        .filter_map(|(name, dependency)| {
            let inherited = dependency.get("workspace").is_some();
            let (from, dependency) = match inherited {
                true => (root, table.get("dependencies")?.get(name)?),
                false => (member, dependency),
            };
            Some(whole(&from.join(dependency.get("path")?.as_str()?)))
        })
        .collect()
}
