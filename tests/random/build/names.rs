//! Random names.

mod list;

use crate::bytes::Choices;
use list::NAMES;

/// Names as a path, a header or a component may have them.
fn some(choices: &mut Choices, allowed: impl Fn(char) -> bool) -> String {
    let allowed = |name: &&&str| !name.is_empty() && name.chars().all(&allowed);
    let all: Vec<&str> = NAMES.iter().filter(allowed).copied().collect();
    choices.pick(&all).to_owned()
}

/// The name of a property, a parameter, an operation, or a value of an enum.
pub fn any(choices: &mut Choices) -> String {
    let name = choices.pick(NAMES);
    match choices.one_in(6) {
        true => format!("{name}{}", choices.pick(NAMES)),
        false => name.to_owned(),
    }
}

/// The name of a component.
pub fn component(choices: &mut Choices) -> String {
    some(choices, |c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// The name of a header: RFC 9110 allows a few signs.
pub fn header(choices: &mut Choices) -> String {
    some(choices, |c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// The name of a placeholder, or a word of a path.
pub fn in_path(choices: &mut Choices) -> String {
    some(choices, |c| c.is_alphanumeric() || "_-".contains(c))
}

/// `count` names at most, no two of which are equal.
pub fn distinct(
    count: usize,
    choices: &mut Choices,
    name: impl Fn(&mut Choices) -> String,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..count {
        let name = name(choices);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
