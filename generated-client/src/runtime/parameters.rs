//! Parameters of the query, as structs whose fields are left out where they are not set.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A struct of parameters.
pub trait Parameters: Serialize {
    /// The most characters that a parameter may have, for those that have a limit.
    const MAX_LENGTHS: &'static [(&'static str, usize)] = &[];
}

/// The parameters of an API that has none for every operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoParameters {}

impl Parameters for NoParameters {}

/// Parameters as they go into the query.
#[derive(Clone, Default)]
pub(super) struct Pairs(Vec<(String, String)>);

/// Values may be credentials, or addresses of people.
impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A parameter that cannot be sent.
pub(super) struct RefusedParameter {
    /// What the parameter is called.
    pub name: String,
    /// What is wrong with it.
    pub what: String,
}

impl Pairs {
    /// Every parameter, in the order of its struct.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether there is a parameter of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds every parameter of a struct that is set.
    pub fn extend<P: Parameters>(&mut self, parameters: &P) -> Result<(), RefusedParameter> {
        let Ok(Value::Object(fields)) = serde_json::to_value(parameters) else {
            return Err(refused("", "the parameters are not a struct"));
        };
        for (name, value) in fields {
            let limit = P::MAX_LENGTHS.iter().find(|(limited, _)| *limited == name);
            self.push(&name, &value, limit.map(|(_, limit)| *limit))?;
        }
        Ok(())
    }

    /// Adds a parameter; one for each item if it is an array.
    pub fn push(
        &mut self,
        name: &str,
        value: &Value,
        limit: Option<usize>,
    ) -> Result<(), RefusedParameter> {
        let text = match value {
            Value::Null => return Ok(()),
            Value::Array(items) => {
                return items
                    .iter()
                    .try_for_each(|item| self.push(name, item, limit));
            }
            Value::Object(_) => return Err(refused(name, "an object has no form in a query")),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        };
        match limit {
            Some(limit) if text.chars().count() > limit => {
                let what = format!("it may have at most {limit} characters");
                Err(refused(name, &what))
            }
            _ => {
                self.0.push((name.to_owned(), text));
                Ok(())
            }
        }
    }

    /// These parameters, and those of `other` that are not among them.
    pub fn or(mut self, other: &Self) -> Self {
        let missing = other.0.iter().filter(|(name, _)| !self.contains(name));
        let missing: Vec<_> = missing.cloned().collect();
        self.0.extend(missing);
        self
    }
}

fn refused(name: &str, what: &str) -> RefusedParameter {
    RefusedParameter {
        name: name.to_owned(),
        what: what.to_owned(),
    }
}
