//! Placeholders that are written as expressions of a template (RFC 6570): `{.id*}` stands for the parameter `id`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::operation::VERBS;
use super::references;
use crate::NoteKind;
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
    let mut plain = path.to_owned();
    for expression in expressions(path) {
        let name = expression.trim_start_matches(OPERATORS);
        let name = name.trim_end_matches(MODIFIERS);
        if name != expression && names.contains(name) && !names.contains(expression) {
            plain = plain.replace(&format!("{{{expression}}}"), &format!("{{{name}}}"));
        }
    }
    if plain == path || is_taken(&plain) {
        return path.into();
    }
    let what = format!("the path has expressions of a template: it is read as `{plain}`");
    item.note(NoteKind::Corrected, what);
    plain.into()
}

fn expressions(path: &str) -> impl Iterator<Item = &str> {
    let after = path.split('{').skip(1);
    after.filter_map(|after| Some(after.split_once('}')?.0))
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
