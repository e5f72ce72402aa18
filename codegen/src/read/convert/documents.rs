//! A document and the files beside it, and where a reference in one of them leads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::origins::{escaped, name_beside, unescaped};
use crate::read::parse;
use crate::{Files, Problem, Source};

/// How many references a pointer may lead through on its way.
const MOST: usize = 16;

/// A document and the files beside it.
#[derive(Debug)]
pub(in crate::read) struct Documents {
    /// What the file of the document is called, without its folder.
    pub name: String,
    /// The document.
    pub document: Value,
    /// The files, by their paths from the folder of the document.
    pub files: BTreeMap<String, Value>,
    /// Those that cannot be parsed, and what is wrong with them.
    pub broken: BTreeMap<String, Problem>,
}

/// Where a reference leads.
#[derive(Clone)]
pub(super) struct Found<'a> {
    /// The file; nothing where it is the document itself.
    pub file: Option<&'a str>,
    /// The pointer in the file.
    pub pointer: String,
    /// What stands there.
    pub value: &'a Value,
}

impl Documents {
    /// A document that is reported as `name`, and the files beside it.
    pub fn of(name: &str, document: Value, files: &Files) -> Self {
        let mut documents = Self {
            name: file_name(name).to_owned(),
            document,
            files: BTreeMap::new(),
            broken: BTreeMap::new(),
        };
        for (path, text) in files.iter() {
            let name = &name_beside(name, path);
            match parse(&Source { name, text }) {
                Ok(value) => drop(documents.files.insert(path.to_owned(), value)),
                Err(problem) => drop(documents.broken.insert(path.to_owned(), problem)),
            }
        }
        documents
    }

    /// What is wrong with the file that a reference leads to, if it could not be parsed.
    pub(super) fn broken_file(&self, file: Option<&str>, reference: &str) -> Option<&Problem> {
        let (path, _) = reference.split_once('#').unwrap_or((reference, ""));
        self.broken.get(&path_beside(file, path)?)
    }

    /// What a reference leads to that stands in a file.
    pub(super) fn resolve<'a>(
        &'a self,
        file: Option<&'a str>,
        reference: &str,
    ) -> Option<Found<'a>> {
        self.resolve_through(file, reference, MOST)
    }

    fn resolve_through<'a>(
        &'a self,
        file: Option<&'a str>,
        reference: &str,
        left: usize,
    ) -> Option<Found<'a>> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (file, root) = self.file(file, path)?;
        let decoded = percent_decode_str(fragment).decode_utf8();
        let decoded = decoded.unwrap_or(Cow::Borrowed(fragment));
        let found = self.point(file, root, &decoded, left);
        match decoded == fragment {
            true => found,
            // A key that looks like an escape of something else.
            false => found.or_else(|| self.point(file, root, fragment, left)),
        }
    }

    /// The file that a path leads to, seen from another file.
    fn file<'a>(
        &'a self,
        from: Option<&'a str>,
        path: &str,
    ) -> Option<(Option<&'a str>, &'a Value)> {
        let wanted = match path {
            "" => from.map(str::to_owned),
            path => Some(path_beside(from, path)?).filter(|path| *path != self.name),
        };
        let Some(wanted) = wanted else {
            return Some((None, &self.document));
        };
        let (name, value) = self.files.get_key_value(&wanted)?;
        Some((Some(name), value))
    }

    /// What a pointer leads to. On its way it may lead through references.
    fn point<'a>(
        &'a self,
        file: Option<&'a str>,
        root: &'a Value,
        pointer: &str,
        left: usize,
    ) -> Option<Found<'a>> {
        let mut found = Found {
            file,
            pointer: "#".to_owned(),
            value: root,
        };
        if pointer.is_empty() || pointer == "/" {
            return Some(found);
        }
        for part in pointer.strip_prefix('/')?.split('/') {
            let key = unescaped(part);
            if member(found.value, &key).is_none() {
                let reference = found.value.get("$ref")?.as_str()?;
                found = self.resolve_through(found.file, reference, left.checked_sub(1)?)?;
            }
            found.value = member(found.value, &key)?;
            found.pointer.push('/');
            found.pointer.push_str(&escaped(&key));
        }
        Some(found)
    }
}

fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(object) => object.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The path of a file from the folder of the document, as a reference in another file names it; nothing where
/// it leaves that folder, is absolute, or leads into the web.
pub(super) fn path_beside(from: Option<&str>, path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if path.starts_with('/') || path.contains([':', '\\', '?', '\0']) {
        return None;
    }
    let folder = from.and_then(|from| from.rsplit_once('/'));
    let mut parts: Vec<&str> =
        folder.map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What a file is called, without its folder.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The paths of the files that a document refers to which is called `name`, or that a file beside it refers to.
pub(in crate::read) fn files_named_in(
    name: &str,
    document: &Value,
    beside: Option<&str>,
) -> Vec<String> {
    let mut named = BTreeSet::new();
    let mut waiting = vec![document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => waiting.extend(members.values()),
            _ => {}
        }
        let Value::Object(object) = value else {
            continue;
        };
        let mapping = object.get("mapping").and_then(Value::as_object);
        let mapped = mapping.into_iter().flat_map(|mapping| mapping.values());
        let references = object.get("$ref").into_iter().chain(mapped);
        for reference in references.filter_map(Value::as_str) {
            let (path, _) = reference.split_once('#').unwrap_or((reference, ""));
            let path = Some(path).filter(|path| has_known_end(path));
            named.extend(path.and_then(|path| path_beside(beside, path)));
        }
    }
    if beside.is_none() {
        named.remove(file_name(name));
    }
    named.into_iter().collect()
}

/// Whether a name says that its file is JSON or YAML.
fn has_known_end(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".json", ".yaml", ".yml"]
        .iter()
        .any(|end| path.ends_with(end))
}
