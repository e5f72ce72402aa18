//! YAML, as far as it says what JSON could say: no tags, no references that grow beyond all bounds, and
//! no key twice in one object.

mod quotes;

use std::borrow::Cow;

use serde_json::Value;

use super::json::Unique;
use crate::{Problem, Source};

/// How many parts all aliases together may repeat: a tenth of a second of work, however they are nested.
const REPEATED: usize = 100_000;

/// How long all texts together may be that are read again because quoted text had to be indented.
const AGAIN: usize = 64 << 20;

/// Reads a text.
pub(super) fn parse(source: &Source) -> Result<Value, Problem> {
    let mut text = Cow::Borrowed(source.text);
    let (mut left, mut last) = (AGAIN, 0);
    loop {
        let error = match read(&text) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let line = error.location().map_or(0, |location| location.line());
        let line = usize::try_from(line).unwrap_or_default();
        let is_new = line > last && error.to_string().starts_with(INDENTATION);
        let repaired = match is_new && left >= text.len() {
            true => quotes::indented(&text, line),
            false => None,
        };
        let Some(repaired) = repaired else {
            return Err(problem(source, &error));
        };
        left -= text.len();
        (text, last) = (Cow::Owned(repaired), line);
    }
}

/// What an error begins with where a line of quoted text is not indented enough.
const INDENTATION: &str = "invalid indentation in multiline quoted scalar";

fn read(text: &str) -> Result<Value, serde_saphyr::Error> {
    let read = serde_saphyr::from_str_with_options::<Unique>(text, options(text.len()));
    read.map(|unique| unique.0)
}

fn problem(source: &Source, error: &serde_saphyr::Error) -> Problem {
    let place = error.location().map_or_else(String::new, |location| {
        format!("{}:{}", location.line(), location.column())
    });
    let message = error.to_string();
    let too_deep = ["budget breached: Depth", "recursion limit"];
    if too_deep.iter().any(|start| message.starts_with(start)) {
        return Problem::new(
            source.name,
            place,
            "this YAML is nested too deeply",
            "take it apart: no object or array is inside of more than a hundred others",
        );
    }
    Problem::new(
        source.name,
        place,
        format!("this YAML cannot be read: {}", what(&message)),
        "correct it there, or take the file again from where it is published",
    )
}

/// A text of `length` bytes may have as many parts as it has bytes: what is written out is never too much.
fn options(length: usize) -> serde_saphyr::Options {
    serde_saphyr::options! {
        with_snippet: false,
        // `no` and `on` are words: only `true` and `false` are not.
        strict_booleans: true,
        // Beyond what JSON can say: text, such as `.inf`.
        reject_non_finite_typeless_float: false,
        budget: serde_saphyr::budget! {
            max_nodes: length + REPEATED,
            max_events: 2 * (length + REPEATED),
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: REPEATED },
    }
}

/// What is wrong, without the place, which stands elsewhere, and without advice about the library.
fn what(message: &str) -> String {
    if message.starts_with("budget breached") || message.starts_with("alias replay limit exceeded")
    {
        return "it has more aliases, or they repeat more, than a description needs".to_owned();
    }
    let line = message.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or_default();
    line.split(", set ").next().unwrap_or_default().to_owned()
}
