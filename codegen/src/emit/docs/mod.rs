//! Turns descriptions into doc comments that rustdoc takes without a warning.
//!
//! Descriptions are Markdown at best. What could become a doctest, a tag of HTML, a link to nowhere
//! or a bare URL is escaped; lists, code spans, fences and links to the web stay.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

use super::attributes;

mod inline;

/// How many characters a line of a comment holds.
const WIDTH: usize = 92;

/// The doc comment of the item that follows.
pub(super) fn outer(text: &str) -> Vec<Attribute> {
    lines(text)
        .iter()
        .map(|line| attributes::doc(line))
        .collect()
}

/// The doc comment of the item that follows, or another where the document has none.
pub(super) fn or_else(text: &str, other: impl FnOnce() -> String) -> Vec<Attribute> {
    if text.trim().is_empty() {
        return outer(&other());
    }
    outer(text)
}

/// A doc comment of our own, of one line: nothing in it is escaped.
pub(super) fn outer_verbatim(text: &str) -> Vec<Attribute> {
    vec![attributes::doc(&format!(" {text}"))]
}

/// The doc comment of the module that it stands in.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#![doc = #lines])*)
}

/// The lines of a comment, each with the blank that follows its slashes.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut page = Page::default();
    for line in allowed(text).lines() {
        page.add(line);
    }
    page.finish()
}

/// A text without what no comment of Rust may hold: a carriage return is the end of a line, and what
/// changes the direction of writing is left out.
fn allowed(text: &str) -> String {
    let mut allowed = text.replace("\r\n", "\n").replace('\r', "\n");
    allowed.retain(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    allowed
}

/// A comment that is being written.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    fence: Option<&'static str>,
    in_list: bool,
}

impl Page {
    fn add(&mut self, line: &str) {
        if let Some(fence) = self.fence {
            if line.trim() == fence {
                self.fence = None;
            }
            self.push(line.trim_end());
        } else if let Some(fence) = opens_fence(line) {
            // Rustdoc runs what has no language.
            self.fence = Some(fence);
            self.push(&format!("{fence}text"));
        } else if line.trim().is_empty() {
            self.in_list = false;
            self.blank();
        } else {
            self.paragraph(line.trim());
        }
    }

    fn paragraph(&mut self, line: &str) {
        let marker = list_marker(line);
        if self.in_list && marker.is_none() {
            self.blank();
        }
        self.in_list = marker.is_some();
        let indent = " ".repeat(marker.unwrap_or_default());
        let escaped = match marker {
            // One blank behind a marker: what follows is indented as far.
            Some(width) => {
                let (marker, text) = line.split_at(width - 1);
                format!("{marker} {}", inline::escape(text.trim_start()))
            }
            None => inline::escape(line),
        };
        let options = textwrap::Options::new(WIDTH)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(&indent);
        for (index, line) in textwrap::wrap(&escaped, options).iter().enumerate() {
            let line = if index == 0 {
                line.to_string()
            } else {
                no_block(line)
            };
            self.push(&line);
        }
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn push(&mut self, line: &str) {
        self.lines.push(if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        });
    }

    fn finish(mut self) -> Vec<String> {
        if let Some(fence) = self.fence {
            self.push(fence);
        }
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}

/// The fence that a line opens. A fence of backticks has none behind it: that is a code span.
fn opens_fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    if let Some(info) = line.strip_prefix("```") {
        return (!info.contains('`')).then_some("```");
    }
    line.starts_with("~~~").then_some("~~~")
}

/// How wide the marker of a list's item is, with its blank.
fn list_marker(line: &str) -> Option<usize> {
    if ["* ", "- ", "+ "]
        .iter()
        .any(|marker| line.starts_with(marker))
    {
        return Some(2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    let numbered =
        (1..=9).contains(&digits) && (after.starts_with(". ") || after.starts_with(") "));
    numbered.then_some(digits + 2)
}

/// A line in the middle of a paragraph must not begin anything else, only because it was broken
/// there.
fn no_block(line: &str) -> String {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    // Only a list that starts with one can begin in the middle of a paragraph.
    if let Some(after) = text
        .strip_prefix("1. ")
        .or_else(|| text.strip_prefix("1) "))
    {
        return format!("{indent}1\\. {after}");
    }
    if text.starts_with(['#', '+', '-', '*', '=', '|', '~', '_']) && !text.starts_with("**") {
        return format!("{indent}\\{text}");
    }
    line.to_owned()
}
