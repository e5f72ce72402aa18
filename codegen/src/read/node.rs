//! A value of a JSON document together with its pointer, so that every problem can say where it is.

use openapiv3::VariantOrUnknownOrEmpty;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Problem;

/// A JSON value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    file: &'a str,
    pointer: String,
    value: &'a Value,
}

impl<'a> Node<'a> {
    /// The root of a document.
    pub fn root(file: &'a str, value: &'a Value) -> Self {
        Self {
            file,
            pointer: "#".to_owned(),
            value,
        }
    }

    /// A problem with this value.
    pub fn problem(&self, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem::new(self.file, &self.pointer, what, remedy)
    }

    /// The member of an object, or nothing where it is absent.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.value.get(key).map(|value| self.child(key, value))
    }

    /// The member of an object that has to be there.
    pub fn require(&self, key: &str) -> Result<Node<'a>, Problem> {
        self.get(key).ok_or_else(|| {
            self.problem(
                format!("`{key}` is missing"),
                format!("add `{key}`, or take the document again from where it is published"),
            )
        })
    }

    /// The members of an object, sorted by key so that the order of the document does not matter.
    pub fn members(&self) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
        let Some(object) = self.value.as_object() else {
            return Err(self.unexpected("an object"));
        };
        let mut members: Vec<_> = object
            .iter()
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
            .collect();
        members.sort_by_key(|(key, _)| *key);
        Ok(members)
    }

    /// The members of the object called `key`; none where there is no such object.
    pub fn members_of(&self, key: &str) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
        self.get(key)
            .map_or_else(|| Ok(Vec::new()), |node| node.members())
    }

    /// The items of the array called `key`; none where there is no such array.
    pub fn items_of(&self, key: &str) -> Result<Vec<Node<'a>>, Problem> {
        self.get(key)
            .map_or_else(|| Ok(Vec::new()), |node| node.items())
    }

    /// The items of this value, which has to be an array.
    pub fn items(&self) -> Result<Vec<Node<'a>>, Problem> {
        let Some(array) = self.value.as_array() else {
            return Err(self.unexpected("an array"));
        };
        Ok(array
            .iter()
            .enumerate()
            .map(|(index, value)| self.child(&index.to_string(), value))
            .collect())
    }

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

    /// The strings of the array called `key`.
    pub fn texts_of(&self, key: &str) -> Result<Vec<&'a str>, Problem> {
        self.items_of(key)?.iter().map(Node::text).collect()
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

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    fn unexpected(&self, expected: &str) -> Problem {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        self.problem(
            format!("{expected} is expected here, and {found} was found"),
            format!("write {expected}, or take the document again from where it is published"),
        )
    }

    fn child(&self, key: &str, value: &'a Value) -> Node<'a> {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Node {
            file: self.file,
            pointer: format!("{}/{escaped}", self.pointer),
            value,
        }
    }
}
