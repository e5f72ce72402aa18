//! Parameters of the query.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::error::InvalidArgument;
use super::value::to_text;
use super::{Api, Builder, Error, QueryStyle, SetParameter};

/// The standard parameters of an API, to be sent with every call: see
/// [`Builder::parameters`](super::Builder::parameters).
///
/// ```
/// use generated_client_runtime::{Parameters, standard_parameters};
///
/// // A generated client has such a trait in its module `requests`.
/// standard_parameters!(StandardParameters {
///     /// A string that stands for one user.
///     quota_user(impl Into<String>): query "quotaUser" max 40,
/// });
/// let parameters = Parameters::new().quota_user("importer");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    pairs: Pairs,
    /// What is wrong with the first one that cannot be sent.
    refused: Option<InvalidArgument>,
}

impl Parameters {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// The parameters, if all of them can be sent.
    pub(super) fn checked(self) -> Result<Pairs, Error> {
        match self.refused {
            None => Ok(self.pairs),
            Some(refused) => Err(refused.into()),
        }
    }

    /// These, and those of `other` besides. Where both set one, the value of `other` counts.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.pairs = other.pairs.or(&self.pairs);
        self.refused = self.refused.or(other.refused);
        self
    }
}

impl SetParameter for Parameters {
    fn set_parameter(
        mut self,
        name: &'static str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Self {
        if let Err(refused) = self.pairs.set(name, value, limit) {
            self.refused.get_or_insert(refused);
        }
        self
    }
}

impl<A: Api> SetParameter for Builder<A> {
    fn set_parameter(
        mut self,
        name: &'static str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Self {
        self.parameters = self.parameters.set_parameter(name, value, limit);
        self
    }
}

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

impl Pairs {
    /// Parameters with values that are always the same.
    pub(super) fn preset(parameters: &[(&str, &str)]) -> Self {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Self(parameters.iter().map(owned).collect())
    }

    /// Every parameter, in the order in which they were set.
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

    /// Sets a parameter in the place of what it was before: one for each item if it is a list, in which an object
    /// is JSON; none if it is null. `limit` is the maximum length of its value, in characters.
    ///
    /// # Errors
    ///
    /// A value that has no form in a query, or is longer than the limit.
    pub fn set(
        &mut self,
        name: &str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Result<(), InvalidArgument> {
        self.0.retain(|(known, _)| known != name);
        match serde_json::to_value(value) {
            Ok(value) => self.push_value(name, value, limit),
            Err(_) => Err(refused(name, "it has no form in a query")),
        }
    }

    /// Sets a parameter that is a list or an object, in the place of those of the same name.
    ///
    /// # Errors
    ///
    /// A value that has no form in a query.
    pub fn set_styled(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: &impl Serialize,
    ) -> Result<(), InvalidArgument> {
        let value =
            serde_json::to_value(value).map_err(|_| refused(name, "it has no form in a query"))?;
        let pairs = style.pairs(name, value);
        self.0
            .retain(|(known, _)| known != name && pairs.iter().all(|(set, _)| set != known));
        self.0.extend(pairs);
        Ok(())
    }

    fn push_value(
        &mut self,
        name: &str,
        value: Value,
        limit: Option<usize>,
    ) -> Result<(), InvalidArgument> {
        let text = match value {
            Value::Null => return Ok(()),
            Value::Array(items) => {
                return items
                    .into_iter()
                    .map(in_list)
                    .try_for_each(|item| self.push_value(name, item, limit));
            }
            Value::Object(_) => return Err(refused(name, "an object has no form in a query")),
            Value::String(_) | Value::Bool(_) | Value::Number(_) => to_text(value),
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

/// An item of a list. OpenAPI says of none how an object is written there: it is JSON, as within other styles.
fn in_list(item: Value) -> Value {
    match item {
        Value::Object(_) => Value::String(item.to_string()),
        other => other,
    }
}

fn refused(name: &str, what: &str) -> InvalidArgument {
    InvalidArgument::new(format!("the parameter `{name}`: {what}"))
}
