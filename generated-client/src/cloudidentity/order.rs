//! In which order to list invitations.

use std::fmt;

/// By what a list is sorted. The API sorts by one key only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrderBy {
    /// By address, which is what the API does by itself.
    Email,
    /// By when the invitation last changed.
    UpdateTime,
}

impl OrderBy {
    /// The smallest first.
    pub fn asc(self) -> Order {
        self.direction("asc")
    }

    /// The largest first.
    pub fn desc(self) -> Order {
        self.direction("desc")
    }

    fn direction(self, direction: &str) -> Order {
        let key = match self {
            Self::Email => "email",
            Self::UpdateTime => "update_time",
        };
        Order(format!("{key} {direction}"))
    }
}

/// In which order to list invitations.
///
/// ```
/// use generated_client::cloudidentity::OrderBy;
///
/// assert_eq!(OrderBy::UpdateTime.desc().to_string(), "update_time desc");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Order(String);

impl From<OrderBy> for Order {
    fn from(key: OrderBy) -> Self {
        key.asc()
    }
}

/// An order in the API's own words.
impl From<&str> for Order {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// An order in the API's own words.
impl From<String> for Order {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
