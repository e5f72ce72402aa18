//! Which invitations to list.

use std::fmt;

use super::State;

/// Which invitations to list, by their state.
///
/// It prints the form that the [reference] documents: `state=='invited'`, `state!='accepted'`,
/// conditions joined by `||`, states in lower case.
///
/// ```
/// use generated_client::cloudidentity::{Filter, State};
///
/// let settled = Filter::state(State::Accepted).or_state(State::Declined);
/// assert_eq!(settled.to_string(), "state=='accepted'||state=='declined'");
/// assert_eq!(Filter::not(State::Accepted).to_string(), "state!='accepted'");
/// ```
///
/// [reference]: https://cloud.google.com/identity/docs/how-to/create-user-invitations
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter(String);

impl Filter {
    /// Invitations in this state.
    pub fn state(state: State) -> Self {
        Self(condition("==", &state))
    }

    /// Invitations in any state but this one.
    pub fn not(state: State) -> Self {
        Self(condition("!=", &state))
    }

    /// These invitations, and those in this state.
    #[must_use]
    pub fn or_state(self, state: State) -> Self {
        Self(format!("{}||{}", self.0, condition("==", &state)))
    }

    /// The accounts that are still unmanaged: those whose invitation was not accepted. An account
    /// that was never invited is among them.
    pub fn unmanaged() -> Self {
        Self::not(State::Accepted)
    }
}

fn condition(operator: &str, state: &State) -> String {
    format!("state{operator}'{}'", state.as_str().to_lowercase())
}

/// Invitations in this state.
impl From<State> for Filter {
    fn from(state: State) -> Self {
        Self::state(state)
    }
}

/// A filter in the API's own words.
impl From<&str> for Filter {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A filter in the API's own words.
impl From<String> for Filter {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
