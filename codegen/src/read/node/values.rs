//! What the values of a node are read as.

use openapiv3::VariantOrUnknownOrEmpty;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Node;
use crate::{NoteKind, Problem};

impl<'a> Node<'a> {
    /// This value, which has to be a string.
    pub fn text(&self) -> Result<&'a str, Problem> {
        self.value
            .as_str()
            .ok_or_else(|| self.unexpected("a string"))
    }

    /// The string called `key`, or nothing where it is absent.
    pub fn text_of(&self, key: &str) -> Result<Option<&'a str>, Problem> {
        self.get(key).map(|node| node.text()).transpose()
    }

    /// The string called `key`. Anything else is ignored, and noted.
    pub fn remark_of(&self, key: &str) -> Option<&'a str> {
        let node = self.get(key)?;
        if !node.value.is_string() && !node.value.is_null() {
            node.note(NoteKind::Corrected, "this is not a string: it is ignored");
        }
        node.value.as_str()
    }

    /// The strings of the array called `key`.
    pub fn texts_of(&self, key: &str) -> Result<Vec<&'a str>, Problem> {
        self.items_of(key)?.iter().map(Node::text).collect()
    }

    /// The boolean called `key`, also where it stands in quotes. Anything else is `false`, and noted.
    pub fn lenient_flag(&self, key: &str) -> bool {
        let Some(node) = self.get(key) else {
            return false;
        };
        match node.value {
            Value::Bool(flag) => *flag,
            Value::Null => false,
            other => {
                node.note(NoteKind::Corrected, "this is neither true nor false");
                other == "true"
            }
        }
    }

    /// The boolean called `key`; `false` where it is absent.
    pub fn flag(&self, key: &str) -> Result<bool, Problem> {
        match self.get(key) {
            None => Ok(false),
            Some(node) => node
                .value
                .as_bool()
                .ok_or_else(|| node.unexpected("true or false")),
        }
    }

    /// What a schema says in `format`, which both formats of documents have.
    pub fn format<T: DeserializeOwned>(&self) -> Result<VariantOrUnknownOrEmpty<T>, Problem> {
        let Some(text) = self.text_of("format")? else {
            return Ok(VariantOrUnknownOrEmpty::Empty);
        };
        let known = serde_json::from_value(Value::String(text.to_owned()));
        Ok(known.map_or_else(
            |_| VariantOrUnknownOrEmpty::Unknown(text.to_owned()),
            VariantOrUnknownOrEmpty::Item,
        ))
    }
}
