//! How a parameter is written that is a list or an object.
//!
//! The styles are those of OpenAPI: <https://spec.openapis.org/oas/v3.0.3#style-values>.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::value::to_text;

/// How a list or an object is written into a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryStyle {
    /// The items of a list in one parameter, with commas between them; so are names and values of an
    /// object: `form` without `explode`.
    Commas,
    /// The items of a list in one parameter, with blanks between them: `spaceDelimited`.
    Spaces,
    /// The items of a list in one parameter, with `|` between them: `pipeDelimited`.
    Pipes,
    /// Each property of an object as a parameter: `form`.
    Properties,
    /// Each property of an object as a parameter `name[property]`: `deepObject`. What is below a property is
    /// in brackets, too, and an item of a list in empty ones.
    Brackets,
    /// JSON in one parameter: a `content` of JSON.
    Json,
}

impl QueryStyle {
    /// The parameters that a value becomes: their names and values.
    pub(super) fn pairs(self, name: &str, value: Value) -> Vec<(String, String)> {
        let one = |text: String| vec![(name.to_owned(), text)];
        match (self, value) {
            (_, Value::Null) => Vec::new(),
            (Self::Json, value) => one(value.to_string()),
            (Self::Brackets, value) => {
                let mut pairs = Vec::new();
                below(name.to_owned(), value, &mut pairs);
                pairs
            }
            (Self::Properties, Value::Object(properties)) => {
                let pairs = properties.into_iter();
                pairs
                    .flat_map(|(name, value)| repeated(&name, value))
                    .collect()
            }
            (Self::Properties, value) => repeated(name, value),
            (Self::Commas, value) => one(joined(value, ",")),
            (Self::Spaces, value) => one(joined(value, " ")),
            (Self::Pipes, value) => one(joined(value, "|")),
        }
    }
}

/// A parameter for each item of a list, and one for anything else.
fn repeated(name: &str, value: Value) -> Vec<(String, String)> {
    let values = match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items,
        value => vec![value],
    };
    let values = values.into_iter();
    values
        .map(|value| (name.to_owned(), to_text(value)))
        .collect()
}

/// The items of a list, or the names and values of an object, in one text.
pub(super) fn joined(value: Value, between: &str) -> String {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.into_iter().map(to_text).collect(),
        Value::Object(properties) => {
            let present = properties.into_iter().filter(|(_, value)| !value.is_null());
            present
                .flat_map(|(name, value)| [name, to_text(value)])
                .collect()
        }
        value => vec![to_text(value)],
    };
    texts.join(between)
}

/// A value in the path or a header: the names and values of an object with `=` between them, which is the style
/// `simple` with `explode`. It is written as text.
#[derive(Clone, Copy, Debug)]
pub struct Exploded<'a, T: ?Sized>(pub &'a T);

impl<T: Serialize + ?Sized> Exploded<'_, T> {
    pub(super) fn text(&self) -> String {
        match serde_json::to_value(self.0).unwrap_or_default() {
            Value::Object(properties) => {
                let present = properties.into_iter().filter(|(_, value)| !value.is_null());
                let texts = present.map(|(name, value)| format!("{name}={}", to_text(value)));
                texts.collect::<Vec<_>>().join(",")
            }
            value => joined(value, ","),
        }
    }
}

impl<T: Serialize + ?Sized> Serialize for Exploded<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

/// A value in the path or a header that is JSON there: a `content` of JSON. It is written as text.
#[derive(Clone, Copy, Debug)]
pub struct JsonText<'a, T: ?Sized>(pub &'a T);

impl<T: Serialize + ?Sized> JsonText<'_, T> {
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self.0).unwrap_or_default()
    }
}

impl<T: Serialize + ?Sized> Serialize for JsonText<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

fn below(name: String, value: Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(properties) => {
            for (property, value) in properties {
                below(format!("{name}[{property}]"), value, pairs);
            }
        }
        Value::Array(items) => {
            for item in items {
                below(format!("{name}[]"), item, pairs);
            }
        }
        value => pairs.push((name, to_text(value))),
    }
}
