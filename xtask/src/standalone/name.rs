//! Names of crates.

use std::path::Path;

use codegen::Problem;

/// What a crate is called after a spec: `drive.v3.json` makes `drive-v3`. A name that no crate can have gets
/// something around it: `box.json` makes `box-client`.
pub(super) fn name_of(spec: &Path) -> String {
    let mut name = as_name(&spec.file_stem().unwrap_or_default().to_string_lossy());
    if name.is_empty() {
        "api".clone_into(&mut name);
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert_str(0, "api-");
    }
    match check_name(&name) {
        Ok(()) => name,
        Err(_) => format!("{name}-client"),
    }
}

/// A text with nothing left in it but what the name of a crate may hold: no two hyphens in a row, which the
/// compiler warns of.
pub(crate) fn as_name(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

pub(super) fn check_name(name: &str) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.chars().all(plain) {
        return Err(Problem::new(
            "--name",
            "",
            format!("a crate cannot be called `{name}`"),
            "use letters, digits, `-` and `_`, a letter first",
        ));
    }
    // Cargo and rustc take `-` for `_`.
    let same = name.to_ascii_lowercase().replace('-', "_");
    match TAKEN.iter().find(|(taken, _)| *taken == same) {
        None if !codegen::is_keyword(&same) => Ok(()),
        found => Err(Problem::new(
            "--name",
            "",
            format!(
                "a crate cannot be called `{name}`: that is {}",
                found.map_or("a keyword of Rust", |(_, what)| what)
            ),
            "give it another name with `--name`",
        )),
    }
}

/// Names that mean another crate, in the crate that is made.
const TAKEN: &[(&str, &str)] = &[
    ("alloc", "a crate of Rust itself"),
    ("core", "a crate of Rust itself"),
    ("generated_client_runtime", "the crate that it runs on"),
    ("proc_macro", "a crate of Rust itself"),
    ("serde", "a crate that it depends on"),
    ("std", "a crate of Rust itself"),
    ("test", "a crate of Rust itself"),
];
