//! Parameters of the query, as structs whose fields are left out where they are not set.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::value::to_text;

/// A struct of parameters. For the macro [`parameters!`](crate::parameters).
pub trait Parameters {
    /// Adds every parameter that is set.
    ///
    /// # Errors
    ///
    /// A value that the API does not take.
    fn write(&self, to: &mut Pairs) -> Result<(), RefusedParameter>;
}

/// The parameters of an API that has none for every operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoParameters {}

impl Parameters for NoParameters {
    fn write(&self, _to: &mut Pairs) -> Result<(), RefusedParameter> {
        Ok(())
    }
}

/// Parameters as they go into the query.
#[derive(Clone, Default)]
pub struct Pairs(Vec<(String, String)>);

/// Values may be credentials, or addresses of people.
impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A parameter that cannot be sent.
#[derive(Debug)]
pub struct RefusedParameter {
    /// What the parameter is called.
    pub name: String,
    /// What is wrong with it.
    pub what: String,
}

impl Pairs {
    /// Parameters with values that are always the same.
    pub(super) fn preset(parameters: &[(&str, &str)]) -> Self {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Self(parameters.iter().map(owned).collect())
    }

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

    /// Adds a parameter; one for each item if it is a list, none if it is nothing. `limit` is the most
    /// characters that it may have.
    ///
    /// # Errors
    ///
    /// A value that has no form in a query, or is longer than the limit.
    pub fn push(
        &mut self,
        name: &str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Result<(), RefusedParameter> {
        match serde_json::to_value(value) {
            Ok(value) => self.push_value(name, value, limit),
            Err(_) => Err(refused(name, "it has no form in a query")),
        }
    }

    fn push_value(
        &mut self,
        name: &str,
        value: Value,
        limit: Option<usize>,
    ) -> Result<(), RefusedParameter> {
        let text = match value {
            Value::Null => return Ok(()),
            Value::Array(items) => {
                return items
                    .into_iter()
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

fn refused(name: &str, what: &str) -> RefusedParameter {
    RefusedParameter {
        name: name.to_owned(),
        what: what.to_owned(),
    }
}

/// Makes a struct one of parameters, by the names that its fields have in the query.
///
/// `as wire` stands behind a field that has a form of its own, as in [`message!`](crate::message), and
/// `max 40` behind one that may have at most 40 characters.
///
/// ```
/// #[derive(Default)]
/// pub struct Options {
///     pub page_size: Option<i32>,
///     pub quota_user: Option<String>,
/// }
/// generated_client::runtime::parameters!(Options {
///     page_size: "pageSize",
///     quota_user: "quotaUser" max 40,
/// });
/// ```
#[macro_export]
macro_rules! parameters {
    ($name:ident { $($field:ident: $wire:literal $(as $form:ident)? $(max $limit:literal)?,)* }) => {
        #[allow(deprecated)]
        const _: () = {
            use $crate::runtime::macros;

            impl $crate::runtime::Parameters for $name {
                fn write(
                    &self,
                    to: &mut macros::Pairs,
                ) -> std::result::Result<(), macros::RefusedParameter> {
                    $(to.push(
                        $wire,
                        &$crate::parameters!(@form $($form)?)(&self.$field),
                        $crate::parameters!(@limit $($limit)?),
                    )?;)*
                    std::result::Result::Ok(())
                }
            }
        };
    };
    (@form) => { std::convert::identity };
    (@form wire) => { $crate::runtime::macros::Out };
    (@limit) => { std::option::Option::None };
    (@limit $limit:literal) => { std::option::Option::Some($limit) };
}
