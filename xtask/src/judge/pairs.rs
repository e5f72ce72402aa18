//! Finds pairs of specs, and compares them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::diff::{Class, diff};
use codegen::{Client, Diagnostics, OutputFile};

use super::wrong;
use crate::diff::folder::every;
use crate::diff::spec::Spec;
use crate::diff::{Side, guarded, side};
use crate::write::cannot;

/// Where a pair of specs is.
pub(crate) struct Place {
    name: String,
    old: PathBuf,
    new: PathBuf,
}

/// A pair of specs, with what is compiled to judge it.
pub(crate) struct Pair {
    /// What it is called.
    pub name: String,
    /// Whether the report says that users break.
    pub breaking: bool,
    /// The client of the new spec.
    pub client: Vec<OutputFile>,
    /// A program that uses everything public of the old client. `CLIENT` stands for the new one.
    pub witness: String,
    /// How much there is to compile.
    pub size: usize,
}

/// What stands for the path of the new client.
pub(super) const CLIENT: &str = "::clients::CLIENT";

/// The pairs of a folder.
pub(super) fn of_folder(folder: &Path) -> Result<Vec<Place>, Diagnostics> {
    let mut pairs = Vec::new();
    for (name, path) in entries(folder)? {
        if !path.is_dir() {
            continue;
        }
        let files = entries(&path)?;
        let file = |word: &str| {
            let file = files
                .iter()
                .find(|(name, _)| name.starts_with(&format!("{word}.")));
            file.map(|(_, path)| path.clone())
                .ok_or_else(|| wrong(&name, "it has no such file"))
        };
        let (old, new) = (file("old")?, file("new")?);
        pairs.push(Place { name, old, new });
    }
    Ok(pairs)
}

/// The pairs of two folders.
pub(super) fn of_folders(old: &Path, new: &Path) -> Result<Vec<Place>, Diagnostics> {
    let mut pairs = Vec::new();
    for (name, path) in entries(new)? {
        let before = old.join(&name);
        let is_spec = [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| name.ends_with(end));
        if is_spec && before.is_file() && name != "index.json" {
            pairs.push(Place {
                name,
                old: before,
                new: path,
            });
        }
    }
    Ok(pairs)
}

/// The pairs in which something changed: some of each class, the smallest first.
pub(super) fn chosen(
    places: Vec<Place>,
    skip: usize,
    most: Option<usize>,
) -> Result<Vec<Pair>, Diagnostics> {
    let by_name: BTreeMap<&String, &Place> = places.iter().map(|it| (&it.name, it)).collect();
    let names: Vec<&String> = by_name.keys().copied().collect();
    let of = |name: &str| by_name.get(&name.to_owned()).copied();
    let classes = every(&names, |name| {
        of(name).map_or(Ok((0, Vec::new())), Place::classes)
    });
    let mut found = Vec::new();
    for (name, outcome) in names.iter().zip(classes) {
        let (size, classes) = outcome?;
        found.push((size, *name, classes));
    }
    found.sort();
    let mut counts: BTreeMap<Option<Class>, usize> = BTreeMap::new();
    let is_chosen = |(_, _, classes): &(usize, &String, Vec<Class>)| {
        let mut keep = false;
        // What is told as no change is a class of its own.
        let each = classes.iter().copied().map(Some);
        let none = classes.is_empty().then_some(None);
        for class in each.chain(none) {
            let count = counts.entry(class).or_default();
            *count += 1;
            keep |= *count > skip && most.is_none_or(|most| *count - skip <= most);
        }
        keep
    };
    let mut is_chosen = is_chosen;
    found.retain(|it| is_chosen(it));
    let names: Vec<&String> = found.into_iter().map(|(_, name, _)| name).collect();
    let pairs = every(&names, |name| match of(name) {
        Some(place) => place.pair(),
        None => Err(wrong(name, "it is no pair").into()),
    });
    pairs.into_iter().collect()
}

impl Place {
    fn sides(&self) -> Result<(Side, Side), Diagnostics> {
        let read = |path: &Path| {
            let spec = Spec::of_file(path)?;
            let client = Client::new("client", &spec.name, &["**"]);
            side(spec, client.lenient())
        };
        Ok((read(&self.old)?, read(&self.new)?))
    }

    /// How large it is, and the classes of its changes.
    fn classes(&self) -> Result<(usize, Vec<Class>), Diagnostics> {
        let (old, new) = self.sides()?;
        let report = guarded(&self.name, || diff(&old.api, &new.api).map_err(Into::into))?;
        let classes = report.changes.iter().map(|change| change.kind.class);
        let mut classes: Vec<Class> = classes.collect();
        classes.sort();
        classes.dedup();
        Ok((new.spec.text.len(), classes))
    }

    fn pair(&self) -> Result<Pair, Diagnostics> {
        let (old, new) = self.sides()?;
        let report = guarded(&self.name, || diff(&old.api, &new.api).map_err(Into::into))?;
        let generated = guarded(&self.name, || {
            codegen::generate_with_files(&new.client, &new.spec.source(), &new.spec.files)
        })?;
        let code = |file: &&OutputFile| file.path.ends_with(".rs");
        let client: Vec<OutputFile> = generated.files.iter().filter(code).cloned().collect();
        let witness = codegen::diff::witness(&old.api, CLIENT)?;
        Ok(Pair {
            name: self.name.clone(),
            breaking: report.has(Class::Breaking),
            size: witness.len() + client.iter().map(|file| file.text.len()).sum::<usize>(),
            client,
            witness,
        })
    }
}

fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, Diagnostics> {
    let listed = std::fs::read_dir(folder).map_err(|error| cannot(folder, "read", &error))?;
    let mut entries = Vec::new();
    for entry in listed {
        let entry = entry.map_err(|error| cannot(folder, "read", &error))?;
        entries.push((
            entry.file_name().to_string_lossy().into_owned(),
            entry.path(),
        ));
    }
    entries.sort();
    Ok(entries)
}
