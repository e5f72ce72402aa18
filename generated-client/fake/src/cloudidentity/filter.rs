//! The `filter` of a list: `state=='invited'||state=='declined'`, `state!='accepted'`.
//!
//! Values may stand in single quotes, in double quotes or alone, and the whole in double quotes, as
//! in Google's samples. Upper and lower case are the same.

use super::account::State;

/// Conditions of which one must hold. None at all: everything is listed.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    conditions: Vec<Condition>,
}

#[derive(Debug)]
struct Condition {
    wanted: bool,
    /// `None` is STATE_UNSPECIFIED, which no invitation is in.
    state: Option<State>,
}

impl Filter {
    /// Reads a filter. An error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        // A value in double quotes may end the filter: only a pair around the whole is taken off.
        let inner = text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .unwrap_or(text)
            .trim();
        if inner.is_empty() {
            return Ok(Self::default());
        }
        let conditions = inner
            .split("||")
            .map(Condition::parse)
            .collect::<Result<_, _>>()?;
        Ok(Self { conditions })
    }

    pub(crate) fn accepts(&self, state: State) -> bool {
        self.conditions.is_empty() || self.conditions.iter().any(|c| c.holds(state))
    }
}

impl Condition {
    fn parse(text: &str) -> Result<Self, String> {
        let (field, wanted, value) = match (text.split_once("=="), text.split_once("!=")) {
            (Some((field, value)), None) => (field, true, value),
            (None, Some((field, value))) => (field, false, value),
            _ => return Err("a condition is a field, `==` or `!=`, and a value".to_owned()),
        };
        if !field.trim().eq_ignore_ascii_case("state") {
            return Err("the only field to filter by is `state`".to_owned());
        }
        let value = unquoted(value.trim());
        let state = State::ALL
            .into_iter()
            .find(|state| value.eq_ignore_ascii_case(state.as_str()));
        if state.is_none() && !value.eq_ignore_ascii_case("STATE_UNSPECIFIED") {
            return Err("there is no such state".to_owned());
        }
        Ok(Self { wanted, state })
    }

    fn holds(&self, state: State) -> bool {
        (self.state == Some(state)) == self.wanted
    }
}

fn unquoted(value: &str) -> &str {
    ['\'', '"']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}
