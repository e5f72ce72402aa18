//! Reads the manifest and its documents, and generates every client.

use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

use codegen::{Client, Diagnostics, Generated, Manifest, OutputFile, Problem, Source};

use crate::diff::spec::Spec;

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
    every_client_with(manifest, |_| None)
}

/// Generates every client of a manifest, some of them of another spec than the one that is on disk.
pub(crate) fn every_client_with(
    manifest: &Path,
    spec: impl Fn(&Client) -> Option<Spec>,
) -> Result<Vec<Named>, Diagnostics> {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let name = display_name(manifest);
    let text = read(manifest, &name)?;
    let manifest = Manifest::parse(&Source {
        name: &name,
        text: &text,
    })?;
    let (mut clients, mut wrong) = (Vec::new(), Diagnostics::default());
    for client in &manifest.clients {
        let overlaid = with_overlays(client.clone(), folder);
        let generated = overlaid
            .map_err(Into::into)
            .and_then(|overlaid| match spec(client) {
                Some(spec) => of_spec(&overlaid, &spec),
                None => one_client(&overlaid, &folder.join(&client.source)),
            });
        let generated = wrong.note(generated);
        clients.extend(generated.map(|generated| Named {
            name: client.name.clone(),
            generated,
        }));
    }
    wrong.or(clients)
}

/// The entry of a manifest with this name, or else the only one.
pub(crate) fn entry(manifest: &Path, name: &str) -> Result<Client, Diagnostics> {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let file = display_name(manifest);
    let text = read(manifest, &file)?;
    let manifest = Manifest::parse(&Source {
        name: &file,
        text: &text,
    })?;
    let named = manifest.clients.iter().find(|client| client.name == name);
    let only = (manifest.clients.len() == 1).then(|| &manifest.clients[0]);
    let found = named.or(only).cloned().ok_or_else(|| {
        let names = manifest.clients.iter().map(|client| client.name.as_str());
        let names: Vec<&str> = names.collect();
        Problem::new(
            &file,
            "",
            format!("the manifest has several clients, and none of them is called `{name}`"),
            format!("the clients are {}", names.join(", ")),
        )
    })?;
    Ok(with_overlays(found, folder)?)
}

/// A client with the texts of its overlays.
pub(crate) fn with_overlays(client: Client, folder: &Path) -> Result<Client, Problem> {
    let mut overlaid = client.clone();
    for overlay in &client.overlays {
        let path = folder.join(overlay);
        let name = display_name(&path);
        overlaid = overlaid.overlay(&name, &read(&path, &name)?);
    }
    Ok(overlaid)
}

/// Generates a client of the spec in a file.
pub(crate) fn one_client(client: &Client, path: &Path) -> Result<Generated, Diagnostics> {
    of_spec(client, &Spec::of_file(path)?)
}

/// Generates a client of a spec.
fn of_spec(client: &Client, spec: &Spec) -> Result<Generated, Diagnostics> {
    let outcome =
        without_panics(|| codegen::generate_with_files(client, &spec.source(), &spec.files));
    outcome.unwrap_or_else(|| {
        Err(Problem::new(
            &spec.name,
            "",
            format!("the generator cannot print the client `{}`", client.name),
            "this is a mistake in the generator; please report it together with the document",
        )
        .into())
    })
}

/// What is made; nothing where that panics. What the generator prints through may give up so.
pub(crate) fn without_panics<T>(make: impl FnOnce() -> T) -> Option<T> {
    QUIET.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                hook(info);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(make));
    IS_QUIET.set(before);
    outcome.ok()
}

/// Puts the hook that is silent where a panic is caught, once.
static QUIET: Once = Once::new();

thread_local! {
    /// Whether a panic of this thread is caught, and told in another way.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
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
pub(crate) fn display_name(path: &Path) -> String {
    let file = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    match path.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}/{file}", folder.to_string_lossy()),
        None => file.into_owned(),
    }
}
