//! References within a document.

use std::collections::BTreeSet;

use crate::Problem;
use crate::read::node::Node;

/// How many references may lead to each other.
const MOST: usize = 64;

/// What is referred to, or the thing itself. `section` is the part of `components` where it stands.
pub(super) fn resolve<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    section: &str,
) -> Result<Node<'a>, Problem> {
    let mut found = node.clone();
    for _ in 0..MOST {
        match name(&found, section)? {
            None => return Ok(found),
            Some(name) => found = component(root, &found, section, name)?,
        }
    }
    Err(node.problem(
        "the reference comes round to itself",
        "let one of those it leads to say what it is",
    ))
}

/// The name of what is referred to; nothing where the thing itself stands.
pub(super) fn name<'a>(node: &Node<'a>, section: &str) -> Result<Option<&'a str>, Problem> {
    let Some(reference) = node.get("$ref") else {
        return Ok(None);
    };
    let text = reference.text()?;
    let prefix = format!("#/components/{section}/");
    match text.strip_prefix(&prefix) {
        Some(name) => Ok(Some(name)),
        None if !text.starts_with('#') => Err(reference.problem(
            format!("`{text}` is in another document"),
            "bring it into this one: no other is read",
        )),
        None => Err(reference.problem(
            format!("`{text}` does not begin with `{prefix}`"),
            "move what it leads to there",
        )),
    }
}

fn component<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    section: &str,
    name: &str,
) -> Result<Node<'a>, Problem> {
    let components = root.get("components").and_then(|it| it.get(section));
    components.and_then(|it| it.get(name)).ok_or_else(|| {
        node.problem(
            format!("`$ref` names `{name}`, which is not in `#/components/{section}`"),
            "add it, or correct the name",
        )
    })
}

/// Checks that a schema is not made of references only that come round to it: bare ones, or those of an
/// `allOf`.
pub(super) fn check_end(root: &Node, node: &Node) -> Result<(), Problem> {
    visit(root, node, &mut Vec::new(), &mut BTreeSet::new()).map_err(|problem| match problem {
        Some(problem) => problem,
        None => node.problem(
            "the schema refers to nothing but schemas that refer back to it, or there is no end to it",
            "give one of them a type",
        ),
    })
}

/// Follows the references of a schema. What has an end is in `done`, and not followed again.
fn visit<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Result<(), Option<Problem>> {
    for member in node.items_of("allOf")? {
        visit(root, &member, path, done)?;
    }
    let Some(name) = name(node, "schemas")? else {
        return Ok(());
    };
    if done.contains(name) {
        return Ok(());
    }
    if path.contains(&name) || path.len() > MOST {
        return Err(None);
    }
    path.push(name);
    visit(root, &component(root, node, "schemas", name)?, path, done)?;
    path.pop();
    done.insert(name);
    Ok(())
}

/// A component's name is what OpenAPI allows: it becomes a part of pointers, and a name in Rust.
pub(super) fn check_name(name: &str, node: &Node) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if !name.is_empty() && name.chars().all(plain) {
        return Ok(());
    }
    Err(node.problem(
        "the name of a component has letters, digits, `.`, `_` and `-` only",
        "give it such a name",
    ))
}
