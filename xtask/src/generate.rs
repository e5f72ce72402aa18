//! Reads the manifest and its documents, and generates every client.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use codegen::{Client, Diagnostics, Generated, Manifest, OutputFile, Problem, Source};

use crate::beside;

/// A client that was generated.
pub(crate) struct Named {
    /// What the client is called.
    pub name: String,
    /// Its files, and what it was made of.
    pub generated: Generated,
}

impl Named {
    /// The folder of the client, and its files.
    pub fn files(&self) -> (&str, &[OutputFile]) {
        (&self.name, &self.generated.files)
    }
}

/// Generates every client of a manifest. All that is wrong with any of them is found.
pub(crate) fn every_client(manifest: &Path) -> Result<Vec<Named>, Diagnostics> {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let name = display_name(manifest);
    let text = read(manifest, &name)?;
    let manifest = Manifest::parse(&Source {
        name: &name,
        text: &text,
    })?;
    let (mut clients, mut wrong) = (Vec::new(), Diagnostics::default());
    for client in &manifest.clients {
        let generated = wrong.note(one_client(client, &folder.join(&client.source)));
        clients.extend(generated.map(|generated| Named {
            name: client.name.clone(),
            generated,
        }));
    }
    wrong.or(clients)
}

/// The entry of a manifest with this name, or else the only one.
pub(crate) fn entry(manifest: &Path, name: &str) -> Result<Client, Diagnostics> {
    let file = display_name(manifest);
    let text = read(manifest, &file)?;
    let manifest = Manifest::parse(&Source {
        name: &file,
        text: &text,
    })?;
    let named = manifest.clients.iter().find(|client| client.name == name);
    let only = (manifest.clients.len() == 1).then(|| &manifest.clients[0]);
    let found = named.or(only).cloned().ok_or_else(|| {
        Problem::new(
            &file,
            "",
            format!("the manifest has several clients, and none of them is called `{name}`"),
            "name one of them with `--name`",
        )
    })?;
    Ok(found)
}

pub(crate) fn one_client(client: &Client, path: &Path) -> Result<Generated, Diagnostics> {
    let name = display_name(path);
    let text = read(path, &name)?;
    let source = Source {
        name: &name,
        text: &text,
    };
    let files = beside::files(&source, path)?;
    // What the generator prints through may give up with a panic. A maintainer gets a message.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        codegen::generate_with_files(client, &source, &files)
    }));
    panic::set_hook(hook);
    outcome.unwrap_or_else(|_| {
        Err(Problem::new(
            &name,
            "",
            format!("the generator cannot print the client `{}`", client.name),
            "this is a mistake in the generator; please report it together with the document",
        )
        .into())
    })
}

pub(crate) fn read(path: &Path, name: &str) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::InvalidData => "save it as UTF-8",
            _ => "correct the path; what is `source` in a manifest begins in the manifest's folder",
        };
        Problem::new(name, "", format!("the file cannot be read: {error}"), help)
    })
}

/// What a file is called in messages and in generated files: its name and that of its folder, so
/// that it is the same on every machine.
fn display_name(path: &Path) -> String {
    let file = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    match path.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}/{file}", folder.to_string_lossy()),
        None => file.into_owned(),
    }
}
