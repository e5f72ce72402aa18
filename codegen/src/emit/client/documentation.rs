//! Prints what is said of a method.

use syn::Attribute;

use super::super::{attributes, docs};
use crate::extensions::MediaTransfer;
use crate::lower::{Argument, Method};

/// What a method does, how it is called, and what its arguments mean.
pub(super) fn of(method: &Method) -> Vec<Attribute> {
    let verb = method.verb.to_ascii_uppercase();
    let call = format!("Calls `{verb} {}`.", method.template);
    let what = if method.doc.trim().is_empty() {
        call
    } else {
        format!("{}\n\n{call}", method.doc)
    };
    let mut lines = docs::lines(&what);
    let described = |argument: &&Argument| !argument.doc.trim().is_empty();
    let arguments = method.arguments.iter().filter(described).map(|argument| {
        let doc = argument
            .doc
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        format!("* `{}`: {doc}\n", argument.name)
    });
    let arguments = docs::lines(&arguments.collect::<String>());
    if !arguments.is_empty() {
        lines.extend([String::new(), " # Arguments".to_owned(), String::new()]);
        lines.extend(arguments);
    }
    for transfer in &method.media {
        lines.extend([String::new(), format!(" {}", without_media(*transfer))]);
    }
    let failures = failures(method);
    if !failures.is_empty() {
        lines.extend([String::new(), " # Errors".to_owned(), String::new()]);
        lines.extend(failures);
    }
    lines.iter().map(|line| attributes::doc(line)).collect()
}

/// What a method cannot do that its operation can.
fn without_media(transfer: MediaTransfer) -> &'static str {
    match transfer {
        MediaTransfer::Download => "It reads what is known of the media, and does not download it.",
        MediaTransfer::Upload => "It writes what is known of the media, and does not upload any.",
    }
}

/// What a method answers that is no success, where the document says so.
fn failures(method: &Method) -> Vec<String> {
    let failures = method.failures.iter().map(|(statuses, kind)| match kind {
        Some(kind) => format!(" * {statuses}: [`types::{kind}`]"),
        None => format!(" * {statuses}: nothing that is described"),
    });
    failures.collect()
}
