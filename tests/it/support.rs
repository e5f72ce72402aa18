//! What several topics need.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Generated, Manifest, Source};
use generated_client::runtime::Error;

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A public document out of the collection of real ones beside the workspace; nothing, and a word
/// about it, where that folder is absent.
pub fn public_document(path: &str) -> Option<String> {
    let path = workspace().join("../shared/corpus").join(path);
    let text = fs::read_to_string(&path);
    if text.is_err() {
        println!("skipped: there is no collection of public documents beside the workspace");
    }
    text.ok()
}

/// The text of a file of the workspace.
pub fn read(path: &str) -> String {
    let path = workspace().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The manifest of a folder of the workspace.
pub fn manifest(folder: &str) -> Manifest {
    let name = format!("{folder}/clients.toml");
    let text = read(&name);
    Manifest::parse(&Source {
        name: &name,
        text: &text,
    })
    .unwrap_or_else(|problem| panic!("{problem}"))
}

/// The client `name` of a folder's manifest, generated from `text`.
pub fn generate_from(folder: &str, name: &str, text: &str) -> Generated {
    let manifest = manifest(folder);
    let client = manifest.clients.iter().find(|client| client.name == name);
    let client = client.unwrap_or_else(|| panic!("{folder} has no client `{name}`"));
    let source = Source {
        name: &client.source,
        text,
    };
    codegen::generate(client, &source).unwrap_or_else(|problem| panic!("{problem}"))
}

/// Runs `cargo xtask regenerate` on a manifest. Returns its exit status, and all that it prints.
pub fn regenerate(manifest: &Path, out: &Path, more: &[&str]) -> (u8, String) {
    let arguments: [OsString; 4] = [
        "xtask".into(),
        "regenerate".into(),
        "--manifest".into(),
        manifest.into(),
    ];
    let arguments = arguments
        .into_iter()
        .chain(["--out".into(), out.into()])
        .chain(more.iter().map(Into::into));
    let (mut printed, mut errors) = (Vec::new(), Vec::new());
    let code = xtask::run(arguments, &mut printed, &mut errors);
    printed.extend(errors);
    (code, String::from_utf8(printed).unwrap())
}

/// Every file below a folder with its content, and every link with its target.
pub fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            found.extend(everything(&path));
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).unwrap();
            found.push((path, target.into_os_string().into_encoded_bytes()));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

/// A question that an error answers.
type Predicate = fn(&Error) -> bool;

/// What a caller can find out of an error.
const PREDICATES: [(&str, Predicate); 15] = [
    ("invalid argument", Error::is_invalid_argument),
    ("unauthenticated", Error::is_unauthenticated),
    ("permission denied", Error::is_permission_denied),
    ("not found", Error::is_not_found),
    ("throttled", Error::is_throttled),
    ("server error", Error::is_server_error),
    ("unavailable", Error::is_unavailable),
    ("interrupted", Error::is_interrupted),
    ("redirect", Error::is_redirect),
    ("connect", Error::is_connect),
    ("timeout", Error::is_timeout),
    ("decode", Error::is_decode),
    ("operation", Error::is_operation),
    ("repeated page", Error::is_repeated_page),
    ("outcome unknown", Error::is_outcome_unknown),
];

/// All that holds of an error; `failed` where nothing does.
pub fn holding(error: &Error) -> String {
    let holding: Vec<_> = PREDICATES
        .iter()
        .filter(|(_, holds)| holds(error))
        .map(|(name, _)| *name)
        .collect();
    match holding.is_empty() {
        true => "failed".to_owned(),
        false => holding.join(", "),
    }
}
