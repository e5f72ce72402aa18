//! Reads a spec: a file, or a file of a revision in git.

use std::path::Path;

use codegen::{Diagnostics, Files, Problem, Source};

use super::git;
use crate::{beside, generate};

/// A document, and the files beside it.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    /// What it is called in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The files that it refers to.
    pub files: Files,
}

impl Spec {
    /// Reads what is meant on the command line.
    pub fn read(place: &str) -> Result<Self, Diagnostics> {
        let path = Path::new(place);
        match place.split_once(':') {
            Some((revision, file)) if !path.exists() && !revision.is_empty() => {
                Ok(git::read(revision, file)?)
            }
            // The paths of the documentation hold in every folder.
            _ if path.is_relative() && !path.exists() => {
                let of_workspace = crate::workspace_root().join(path);
                let path = if of_workspace.exists() {
                    &of_workspace
                } else {
                    path
                };
                Self::of_file(path)
            }
            _ => Self::of_file(path),
        }
    }

    /// Reads a file.
    pub fn of_file(path: &Path) -> Result<Self, Diagnostics> {
        let name = generate::display_name(path);
        let text = generate::read(path, &name)?;
        let source = Source {
            name: &name,
            text: &text,
        };
        let files = beside::files(&source, path)?;
        Ok(Self { name, text, files })
    }

    /// A text that is no file yet, under the name of the file that it is for.
    pub fn of_text(name: &str, text: String) -> Result<Self, Problem> {
        let spec = Self {
            name: name.to_owned(),
            text,
            files: Files::default(),
        };
        match Files::named_in(&spec.source(), None).as_slice() {
            [] => Ok(spec),
            [first, ..] => Err(Problem::new(
                name,
                "",
                format!("the document refers to a file beside it: `{first}`"),
                "save all of its files, and name the document with `--from FILE`",
            )),
        }
    }

    /// The document, as the generator takes it.
    pub fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }
}
