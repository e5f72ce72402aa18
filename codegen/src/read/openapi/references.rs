//! References within a document.

use std::collections::BTreeMap;

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
        "this is a reference cycle",
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

/// Checks of every schema that it is not made of references only that come round to it, bare ones or those
/// of an `allOf`, and that not too many of them lead to each other.
pub(super) fn check_ends(root: &Node) -> Result<(), Problem> {
    let Some(components) = root.get("components") else {
        return Ok(());
    };
    let mut ends = Ends::default();
    for (name, node) in components.members_of("schemas")? {
        ends.schema(root, name, &node)?;
    }
    Ok(())
}

/// Which schemas have an end.
#[derive(Default)]
struct Ends<'a> {
    /// How many references lead to each other from a schema on; nothing while that is being found out.
    known: BTreeMap<&'a str, Option<usize>>,
    /// How many schemas are being followed.
    followed: usize,
}

impl<'a> Ends<'a> {
    /// Follows the references of a schema that has a name. Returns how many lead to each other.
    fn schema(
        &mut self,
        root: &Node<'a>,
        name: &'a str,
        node: &Node<'a>,
    ) -> Result<usize, Problem> {
        match self.known.get(name) {
            Some(Some(length)) => return Ok(*length),
            Some(None) => {
                return Err(node.problem(
                    "the schema refers to nothing but schemas that refer back to it",
                    "give one of them a type",
                ));
            }
            None => self.known.insert(name, None),
        };
        self.followed += 1;
        let length = match self.followed > MOST {
            true => MOST + 1,
            false => self.references(root, node)?,
        };
        if length > MOST {
            return Err(node.problem(
                format!("more than {MOST} schemas refer to each other, each to the next"),
                "give one of them a type",
            ));
        }
        self.followed -= 1;
        self.known.insert(name, Some(length));
        Ok(length)
    }

    /// Follows the references of a schema, or of a member of its `allOf`.
    fn references(&mut self, root: &Node<'a>, node: &Node<'a>) -> Result<usize, Problem> {
        let mut longest = 0;
        for member in node.items_of("allOf")? {
            longest = longest.max(self.references(root, &member)?);
        }
        if let Some(name) = name(node, "schemas")? {
            let next = component(root, node, "schemas", name)?;
            longest = longest.max(1 + self.schema(root, name, &next)?);
        }
        Ok(longest)
    }
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
