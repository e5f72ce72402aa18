//! References within a document.

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
    let mut waiting = vec![(node.clone(), 0)];
    while let Some((at, depth)) = waiting.pop() {
        if depth > MOST {
            return Err(node.problem(
                "the schema refers to nothing but schemas that refer back to it",
                "give one of them a type",
            ));
        }
        if let Some(name) = name(&at, "schemas")? {
            waiting.push((component(root, &at, "schemas", name)?, depth + 1));
        }
        // Each level has few members, but a chain of them could be as long as one likes.
        for member in at.items_of("allOf")? {
            waiting.push((member, depth + 1));
        }
    }
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
