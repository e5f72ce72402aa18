//! The header `Cookie`.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1>.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Whether a text has only characters that the value of a cookie may have.
pub(crate) fn is_value(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\');
    text.chars().all(is_allowed)
}

/// The text of a list or an object: what no cookie may have is escaped as in a URL, the commas among them.
pub(crate) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, OUTSIDE).to_string()
}

/// What the value of a cookie may not have, and what stands before something escaped.
const OUTSIDE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'\\');

/// The header with a cookie besides those that it has, in the place of one of the same name.
pub(crate) fn with(known: &str, name: &str, value: &str) -> String {
    let start = format!("{name}=");
    let own = format!("{start}{value}");
    let others = known.split("; ");
    let others = others.filter(|other| !other.is_empty() && !other.starts_with(&start));
    let cookies: Vec<&str> = others.chain([own.as_str()]).collect();
    cookies.join("; ")
}
