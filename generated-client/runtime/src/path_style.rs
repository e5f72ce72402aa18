//! Parameters of the path in the styles `label` and `matrix` of OpenAPI.
//!
//! They are those of URI templates: <https://www.rfc-editor.org/rfc/rfc6570.html#section-3.2.5>.

use serde::Serialize;
use serde_json::Value;

use super::value::to_text;

/// How a parameter of the path is written that is not in the style `simple`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathStyle {
    /// Behind a dot: `.red,green`; exploded `.red.green`.
    Label,
    /// Behind a semicolon, with its name: `;colour=red,green`; exploded `;colour=red;colour=green`.
    Matrix,
}

/// A value in the path, as its style writes it.
#[derive(Clone, Debug)]
pub struct Expanded {
    pub(super) pieces: Vec<Piece>,
}

/// A piece of a value in the path.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// What stands as it is.
    Mark(&'static str),
    /// What is escaped.
    Text(String),
}

impl Piece {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mark(mark) => mark,
            Self::Text(text) => text,
        }
    }
}

impl PathStyle {
    /// A value under its name in this style.
    pub fn of(self, name: &str, value: &(impl Serialize + ?Sized), explode: bool) -> Expanded {
        let mark = match self {
            Self::Label => ".",
            Self::Matrix => ";",
        };
        let value = serde_json::to_value(value).unwrap_or_default();
        let has_own_names = explode && value.is_object();
        let mut pieces = Vec::new();
        for (key, text) in items(value) {
            let is_first = pieces.is_empty();
            pieces.push(Piece::Mark(if is_first || explode { mark } else { "," }));
            if self == Self::Matrix && !has_own_names && (is_first || explode) {
                pieces.extend([Piece::Text(name.to_owned()), Piece::Mark("=")]);
            }
            if let Some(key) = key {
                let between = if explode { "=" } else { "," };
                pieces.extend([Piece::Text(key), Piece::Mark(between)]);
            }
            pieces.push(Piece::Text(text));
        }
        Expanded { pieces }
    }
}

/// The items of a list, the properties of an object that are there, or one value.
fn items(value: Value) -> Vec<(Option<String>, String)> {
    match value {
        Value::Array(items) => items.into_iter().map(|it| (None, to_text(it))).collect(),
        Value::Object(properties) => {
            let present = properties.into_iter().filter(|(_, value)| !value.is_null());
            present
                .map(|(key, value)| (Some(key), to_text(value)))
                .collect()
        }
        value => vec![(None, to_text(value))],
    }
}
