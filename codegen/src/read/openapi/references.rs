//! References within a document.

use std::collections::{BTreeMap, BTreeSet};

use crate::Problem;
use crate::names::is_of_component;
use crate::read::node::Node;

/// How many references may lead to each other.
const MOST: usize = 64;

/// What is referred to, or the thing itself. `section` is the part of `components` where it stands.
pub(super) fn resolve<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    section: &str,
) -> Result<Node<'a>, Problem> {
    let (mut found, mut names) = (node.clone(), BTreeSet::new());
    for _ in 0..MOST {
        let Some(name) = name(&found, section)? else {
            return Ok(found);
        };
        if !names.insert(name) {
            return Err(node.problem(
                "this is a reference cycle",
                "let one of those it leads to say what it is",
            ));
        }
        found = component(root, &found, section, name)?;
    }
    Err(too_many(node))
}

/// A problem with a reference that leads to more others than are followed.
pub(super) fn too_many(node: &Node) -> Problem {
    node.problem(
        format!("more than {MOST} references lead to each other, each to the next"),
        "let it lead to the last of them",
    )
}

/// The name of what is referred to; nothing where the thing itself stands.
pub(super) fn name<'a>(node: &Node<'a>, section: &str) -> Result<Option<&'a str>, Problem> {
    let Some(reference) = node.get("$ref") else {
        return Ok(None);
    };
    let text = reference.text()?;
    let prefix = format!("#/components/{section}/");
    match text.strip_prefix(&prefix) {
        Some(name) if !name.contains('/') => Ok(Some(name)),
        _ => Err(reference.unresolved(text, section)),
    }
}

pub(super) fn component<'a>(
    root: &Node<'a>,
    node: &Node<'a>,
    section: &str,
    name: &str,
) -> Result<Node<'a>, Problem> {
    let components = root.get("components").and_then(|it| it.get(section));
    components.and_then(|it| it.get(name)).ok_or_else(|| {
        node.problem(
            format!(
                "`$ref` names `{name}`, which is not in `#/{}`",
                node.section(section)
            ),
            "add it, or correct the name",
        )
    })
}

/// The schemas that are made of references only that lead back to them, bare ones or those of an `allOf`, or
/// from which too many lead to each other; what is wrong with each.
pub(super) fn endless<'a>(root: &Node<'a>) -> BTreeMap<&'a str, Problem> {
    let mut chains = Chains::default();
    for (name, node) in super::components(root, "schemas") {
        chains.too_many = false;
        chains.schema(root, name, &node);
    }
    chains.endless
}

/// Which schemas have an end.
#[derive(Default)]
struct Chains<'a> {
    /// How many references lead to each other from a schema on; nothing while that is being found out.
    known: BTreeMap<&'a str, Option<usize>>,
    endless: BTreeMap<&'a str, Problem>,
    /// How many schemas are being followed.
    followed: usize,
    /// Whether they are too many.
    too_many: bool,
    /// Those of which too many lead to each other.
    long: BTreeSet<&'a str>,
}

impl<'a> Chains<'a> {
    /// Follows the references of a schema that has a name. Returns how many lead to each other; nothing where
    /// there is no end.
    fn schema(&mut self, root: &Node<'a>, name: &'a str, node: &Node<'a>) -> Option<usize> {
        if self.endless.contains_key(name) {
            self.too_many |= self.long.contains(name);
            return None;
        }
        match self.known.get(name) {
            Some(Some(length)) => return Some(*length),
            Some(None) => {
                let cycle = node.problem(
                    "the schema refers to nothing but schemas that refer back to it",
                    "give one of them a type",
                );
                self.endless.insert(name, cycle);
                return None;
            }
            None => self.known.insert(name, None),
        };
        self.followed += 1;
        self.too_many |= self.followed > MOST;
        let length = match self.too_many {
            true => None,
            false => self.references(root, node),
        };
        self.followed -= 1;
        self.too_many |= length.is_some_and(|length| length > MOST);
        if let Some(length) = length.filter(|_| !self.too_many) {
            self.known.insert(name, Some(length));
            return Some(length);
        }
        if self.too_many {
            self.long.insert(name);
        }
        let what = match self.too_many {
            true => format!("more than {MOST} schemas refer to each other, each to the next"),
            false => "the schema refers to nothing but schemas that refer back to it".to_owned(),
        };
        let problem = node.problem(what, "give one of them a type");
        self.endless.entry(name).or_insert(problem);
        None
    }

    /// Follows the references of a schema, or of a member of its `allOf`.
    fn references(&mut self, root: &Node<'a>, node: &Node<'a>) -> Option<usize> {
        let mut longest = 0;
        for member in node.items_of("allOf").unwrap_or_default() {
            longest = longest.max(self.references(root, &member)?);
        }
        // What refers to nothing is told where it is read.
        if let Ok(Some(name)) = name(node, "schemas")
            && let Ok(next) = component(root, node, "schemas", name)
        {
            longest = longest.max(1 + self.schema(root, name, &next)?);
        }
        Some(longest)
    }
}

/// A component's name is what OpenAPI allows: it becomes a part of pointers, and a name in Rust.
pub(super) fn check_name(name: &str, node: &Node) -> Result<(), Problem> {
    if !name.is_empty() && name.chars().all(is_of_component) {
        return Ok(());
    }
    Err(node.problem(
        "the name of a component has letters, digits, `.`, `_` and `-` only",
        "give it such a name",
    ))
}
