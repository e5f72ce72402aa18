//! Prints what is said of a method.

use syn::Attribute;

use super::super::docs::{Comment, code_span};
use crate::extensions::MediaTransfer;
use crate::model::{Argument, Method, Role, SuccessBody};

/// What a method does, how it is called, and what its arguments mean.
pub(super) fn of(method: &Method, long_running: bool) -> Vec<Attribute> {
    let mut comment = Comment::of(&method.doc);
    let call = format!("{} {}", method.verb.to_ascii_uppercase(), method.template);
    comment.add(&format!("Calls {}.", code_span(&call)));
    let arguments = list_of_arguments(&method.signature.arguments);
    if !arguments.is_empty() {
        comment.add_list("# Arguments", &arguments);
    }
    if !method.other_media_types.is_empty() {
        let kinds = method.other_media_types.iter().map(|kind| code_span(kind));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        comment.add(&format!(
            "The API takes the body as {kinds}, too, which this method does not send."
        ));
    }
    if let SuccessBody::JsonByStatus(types) = &method.success {
        comment.add_own("# Response");
        comment.add_own(
            "Its form depends on the status: `Response::decode` reads it as one of these types.",
        );
        comment.add_types(
            types
                .iter()
                .map(|(statuses, kind)| (statuses.as_str(), kind.as_deref())),
        );
    }
    for transfer in &method.media {
        comment.add_own(about_media(*transfer));
    }
    if long_running {
        comment.add(
            "Success means that the work was accepted. The operation in the response can hold the \
             error that it failed with: `Response::succeeded` tells.",
        );
    }
    if !method.failures.is_empty() {
        comment.add_own("# Errors");
        let failures = method.failures.iter();
        comment.add_types(failures.map(|(statuses, kind)| (statuses.as_str(), kind.as_deref())));
    }
    comment.outer()
}

/// What the arguments mean that the API documents.
fn list_of_arguments(arguments: &[Argument]) -> String {
    let described =
        |argument: &&Argument| argument.role == Role::Argument && !argument.doc.trim().is_empty();
    let lines = arguments.iter().filter(described).map(|argument| {
        let doc = argument
            .doc
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        format!("* {}: {doc}\n", code_span(&argument.name))
    });
    lines.collect()
}

/// What a request can do with media.
fn about_media(transfer: MediaTransfer) -> &'static str {
    match transfer {
        MediaTransfer::Download => "`download` reads the media, in place of what is known of it.",
        MediaTransfer::Upload => "`upload` sends media with it.",
        MediaTransfer::Resumable => "`upload_resumable` sends media after it, in chunks.",
        MediaTransfer::Elsewhere => "It sends no media: that is another request.",
    }
}
