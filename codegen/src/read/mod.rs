//! Readers: from a published document to the neutral one.
//!
//! Each format has a reader of its own, which looks at the raw JSON value, because only there does
//! a problem still have a place. Behind the readers nothing knows what the format was.

mod bounds;
mod convert;
mod discovery;
pub(crate) mod findings;
mod json;
mod neutral;
mod node;
mod openapi;
pub(crate) mod server;
mod yaml;

use serde_json::Value;

use crate::{Client, Files, Problem, Source};
use convert::Documents;
use findings::Read;
use node::Node;

/// Reads a document of any known format.
pub(crate) fn read(source: &Source, files: &Files, client: &Client) -> Result<Read, Problem> {
    let value = parse(source)?;
    let root = Node::root(source.name, &value);
    if root.get("discoveryVersion").is_some() {
        let document = discovery::read(&root, client.server.as_ref())?;
        return Ok(Read {
            whole: root.take_findings(),
            ..document.into()
        });
    }
    if root.get("openapi").is_some() || root.get("swagger").is_some() {
        let converted = convert::convert(Documents::of(source.name, value, files))?;
        let root = Node::root(source.name, &converted.value).with_origins(&converted.origins);
        let mut read = openapi::read(&root, client.server.as_ref())?;
        if neutral::is_neutral(&root) {
            neutral::add_extensions(&root, &mut read.document)?;
        }
        return Ok(read);
    }
    Err(root.problem(
        "this is neither a Google Discovery document nor an OpenAPI document",
        "a Discovery document has `discoveryVersion` at its top, an OpenAPI document `openapi`",
    ))
}

/// Parses a text, of the format that its name says.
pub(crate) fn parse(source: &Source) -> Result<Value, Problem> {
    let source = &without_mark(source);
    match is_yaml(source.name) {
        true => yaml::parse(source),
        false => json::parse(source.text).map_err(|error| not_json(source, &error)),
    }
}

/// Whether a file is YAML, by its name.
pub(crate) fn is_yaml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    YAML.iter().any(|end| name.ends_with(end))
}

/// How the names of files end that are YAML.
const YAML: [&str; 2] = [".yaml", ".yml"];

/// The files that a document, or a file beside it, refers to.
pub(crate) fn files_named_in(source: &Source, beside: Option<&str>) -> Vec<String> {
    // Most documents are one file, and parsing a large one takes a while.
    let mut references = source.text.split("$ref").skip(1);
    let is_within = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "\"':".contains(c));
        rest.starts_with('#')
    };
    if references.all(is_within) {
        return Vec::new();
    }
    match parse(source) {
        Ok(value) => convert::files_named_in(source.name, &value, beside),
        Err(_) => Vec::new(),
    }
}

/// A text without the byte order mark that some editors put in front.
pub(crate) fn without_mark<'a>(source: &Source<'a>) -> Source<'a> {
    Source {
        text: source.text.strip_prefix('\u{feff}').unwrap_or(source.text),
        ..*source
    }
}

fn not_json(source: &Source, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let what = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(what, _)| what);
    let too_deep = what.starts_with("recursion limit exceeded");
    let help = if too_deep {
        "take it apart: no object or array is inside of more than a hundred others"
    } else if error.is_data() {
        "remove one of the two, or give it the key that it should have"
    } else if error.is_eof() {
        "the file is cut off: take it again from where it is published"
    } else {
        "correct the JSON there, or take the file again from where it is published"
    };
    Problem::new(
        source.name,
        format!("{}:{}", error.line(), error.column()),
        if too_deep {
            "this JSON is nested too deeply".to_owned()
        } else if error.is_data() {
            what.to_owned()
        } else {
            format!("this is not JSON: {what}")
        },
        help,
    )
}
