//! A second look at what is printed, by rustdoc's own reading.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// Whether rustdoc would find code in a comment that is not marked as text. Nothing is printed that has
/// any; this makes sure of it, whatever a text does to the printer.
pub(super) fn has_foreign_code(lines: &[String]) -> bool {
    let comment = lines.join("\n");
    let may_have = ["```", "~~~", "    ", "\t"];
    // What rustdoc shows is read with extensions, what it runs without.
    let options = [
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
        Options::empty(),
    ];
    let is_foreign = |event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => &*info != "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        _ => false,
    };
    may_have.iter().any(|mark| comment.contains(mark))
        && options
            .into_iter()
            .any(|options| Parser::new_ext(&comment, options).any(is_foreign))
}
