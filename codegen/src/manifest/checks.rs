//! What can be wrong with an entry by itself, whatever the document says.

use super::{Client, Entry, paging};
use crate::names::{is_keyword, pascal};
use crate::read::server;
use crate::{Diagnostics, Problem};

/// Checks what a client's entry says of its server, its names and its scopes.
pub(super) fn entries(client: &Client, wrong: &mut Diagnostics) {
    if let Some(server) = &client.server {
        wrong.note(server::stated(server));
    }
    for (name, entry) in &client.names {
        wrong.note(type_name(name, entry));
        wrong.note(form(entry));
    }
    for entry in client.arguments.values().flat_map(|it| it.values()) {
        wrong.note(form(entry));
    }
    for (id, entry) in &client.paging {
        wrong.note(paging::form(id, entry));
    }
    for entry in client.scopes.values() {
        if entry.value.is_empty() {
            wrong.push(entry.problem(
                "the list of scopes is empty",
                "name a scope, or remove the entry",
            ));
        }
        for scope in &entry.value {
            wrong.note(self::scope(scope));
        }
    }
}

/// A client's name becomes a folder and a module: it must be able to be both, and nothing else.
pub(super) fn name(name: &Entry<String>) -> Result<(), Problem> {
    let mut characters = name.value.chars();
    let starts_well = characters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    let goes_on_well = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if starts_well && goes_on_well && !is_keyword(&name.value) {
        return Ok(());
    }
    Err(name.problem(
        format!("a client cannot be called `{}`", name.value),
        "use a Rust module name: lower-case letters, digits and `_`, a letter first, no keyword",
    ))
}

/// The types of Rust's prelude. Beside a type of that name, what is printed would mean another one.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Checks that an entry can become a type.
fn type_name(name: &str, entry: &Entry<String>) -> Result<(), Problem> {
    if pascal(name) != name {
        return Err(entry.problem(
            format!("a type cannot be called `{name}`"),
            format!("use a name such as `{}`", pascal(name)),
        ));
    }
    if PRELUDE.contains(&name) {
        return Err(entry.problem(
            format!("`{name}` is a type or a trait of Rust's prelude"),
            format!("use a name such as `{name}Name`"),
        ));
    }
    Ok(())
}

/// Checks that the form of resource names is made of words and placeholders.
fn form(entry: &Entry<String>) -> Result<(), Problem> {
    let mut segments = entry.value.split('/').peekable();
    while let Some(segment) = segments.next() {
        let inside = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        let Some(part) = inside.filter(|it| !it.contains(['{', '}'])) else {
            if segment.is_empty() || segment.contains(['{', '}']) || !is_plain_text(segment) {
                return Err(entry.problem(
                    format!(
                        "`{segment}` in `{}` is neither a word nor one placeholder",
                        entry.value
                    ),
                    "put slashes between segments such as `customers` and `{customer}`",
                ));
            }
            continue;
        };
        let name = match part.strip_prefix('+') {
            Some(name) if segments.peek().is_none() => name,
            _ => part,
        };
        let plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain {
            return Err(entry.problem(
                format!("a part of a name cannot be called `{part}`"),
                "use letters, digits and `_`, a letter first; `{+part}` stands at the end only",
            ));
        }
    }
    Ok(())
}

fn is_plain_text(segment: &str) -> bool {
    segment.chars().all(|c| c.is_ascii_graphic())
}

/// Checks that a scope is what RFC 6749 calls a scope token (section 3.3).
fn scope(scope: &Entry<String>) -> Result<(), Problem> {
    let allowed = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\');
    if !scope.value.is_empty() && scope.value.chars().all(allowed) {
        return Ok(());
    }
    Err(scope.problem(
        format!(
            "`{}` is not a scope of OAuth 2.0",
            scope.value.escape_debug()
        ),
        "write one scope, without blanks, quotes and backslashes",
    ))
}
