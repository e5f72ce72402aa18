//! Placeholders of a path: each has a parameter. One may be written as an expression of a template (RFC 6570):
//! `{.id*}` stands for the parameter `id`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Parameter;

use super::operation::VERBS;
use super::parameter::{self, Key};
use super::references;
use crate::NoteKind;
use crate::path_template::{PathTemplate, Placeholder};
use crate::read::node::Node;

/// What stands before and behind a name in an expression. A trailing `+` is a gateway's way to say that a value may
/// have slashes in it.
const OPERATORS: [char; 6] = ['#', '.', '/', ';', '?', '&'];
const MODIFIERS: [char; 2] = ['*', '+'];

/// A path whose placeholders are names alone, where the document has parameters of these names, and none that is
/// called as the expression. How a value is written, the parameter itself says.
pub(super) fn plain<'a>(
    root: &Node,
    item: &Node,
    path: &'a str,
    is_taken: impl Fn(&str) -> bool,
) -> Cow<'a, str> {
    if !path.contains(OPERATORS) && !path.contains(MODIFIERS) {
        return path.into();
    }
    let names = parameters(root, item);
    let plain = PathTemplate::parse(path).fill(|placeholder| {
        let Placeholder(expression) = placeholder;
        let name = expression.trim_start_matches(OPERATORS);
        let name = name.trim_end_matches(MODIFIERS);
        match names.contains(name) && !names.contains(expression) {
            true => Placeholder(name).to_string(),
            false => placeholder.to_string(),
        }
    });
    if plain == path || is_taken(&plain) {
        return path.into();
    }
    let what = format!("the path has expressions of a template: it is read as `{plain}`");
    item.note(NoteKind::Corrected, what);
    plain.into()
}

/// The names of all parameters in a path.
fn parameters<'a>(root: &Node<'a>, item: &Node<'a>) -> BTreeSet<&'a str> {
    let operations = VERBS.into_iter().filter_map(|verb| item.get(verb));
    let holders = operations.chain([item.clone()]);
    let all = holders.flat_map(|holder| holder.items_of("parameters").unwrap_or_default());
    let all = all.filter_map(|it| references::resolve(root, &it, "parameters").ok());
    let in_path = all.filter(|it| it.get("in").is_some_and(|place| place.value() == "path"));
    in_path
        .filter_map(|it| it.get("name")?.value().as_str())
        .collect()
}

/// Gives each placeholder of a path a parameter, and leaves no other parameter in the path.
pub(super) fn match_placeholders(node: &Node, path: &str, all: &mut BTreeMap<Key, Parameter>) {
    let placeholders: BTreeSet<&str> = PathTemplate::parse(path).names().collect();
    let key = |name: &str| ("path".to_owned(), name.to_owned());
    for name in &placeholders {
        all.entry(key(name)).or_insert_with(|| {
            let what = format!("`{name}` of the path has no parameter: it is taken for a string");
            node.note(NoteKind::Corrected, what);
            parameter::of_placeholder(name)
        });
    }
    all.retain(|(place, name), _| {
        let is_stray = place == "path" && !placeholders.contains(name.as_str());
        if is_stray {
            let what = format!("the parameter `{name}` is not in the path `{path}`: it is ignored");
            node.note(NoteKind::Corrected, what);
        }
        !is_stray
    });
}
