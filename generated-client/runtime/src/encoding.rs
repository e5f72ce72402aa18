//! How properties of a request body are written: parts, and the fields of a form.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::QueryStyle;
use super::error::InvalidArgument;
use super::value::to_text;

/// How a property of a request body is written that is not written as its type is by default: text as it
/// is, a list as several of one name, and an object as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// As this media type.
    ContentType(&'static str),
    /// A list or an object in a style of the query.
    Style(QueryStyle),
}

impl Encoding {
    /// Whether the whole value is JSON.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::ContentType(kind) if kind.ends_with("json"))
    }
}

/// What RFC 3986 calls unreserved stands as it is.
const IN_FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The form of an object.
///
/// # Errors
///
/// Another value than an object.
pub(super) fn form(
    value: Value,
    encodings: &[(&'static str, Encoding)],
) -> Result<String, InvalidArgument> {
    let Value::Object(object) = value else {
        return Err(InvalidArgument::new(
            "the body is no object, and has no form",
        ));
    };
    let mut form = String::new();
    for (name, value) in object {
        let stated = encodings.iter().find(|(known, _)| *known == name);
        for (name, value) in fields(&name, value, stated.map(|(_, encoding)| *encoding)) {
            push(&mut form, &name, &value);
        }
    }
    Ok(form)
}

/// The fields that a property becomes: their names and values.
fn fields(name: &str, value: Value, encoding: Option<Encoding>) -> Vec<(String, String)> {
    let one = |value: Value| (name.to_owned(), to_text(value));
    match (value, encoding) {
        (Value::Null, _) => Vec::new(),
        (value, Some(Encoding::Style(style))) => style.pairs(name, value),
        (Value::Array(items), encoding) if !encoding.is_some_and(Encoding::is_json) => {
            let items = items.into_iter().filter(|item| !item.is_null());
            items.map(one).collect()
        }
        (value, encoding) if encoding.is_some_and(Encoding::is_json) => {
            vec![(name.to_owned(), value.to_string())]
        }
        (value, _) => vec![one(value)],
    }
}

/// Adds a field to a form.
fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.extend(utf8_percent_encode(name, IN_FORM));
    form.push('=');
    form.extend(utf8_percent_encode(value, IN_FORM));
}
