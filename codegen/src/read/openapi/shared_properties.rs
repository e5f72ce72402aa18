//! A property that several parts of an `allOf` have: it is all that they say of it together.

use openapiv3::{ArrayType, ReferenceOr, Schema, SchemaKind, Type};

use super::parts::{Around, Parts};
use super::unions::{self, Kind};
use super::{all_of, references, schema};
use crate::Problem;
use crate::read::node::Node;
use crate::schemas::boxed;

/// How deep properties of properties are put together.
const DEEPEST: usize = 6;

/// What says something of the form of a value.
const FORMS: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "format",
    "items",
    "oneOf",
    "properties",
    "type",
];

/// What a property is that has been there already.
pub(super) enum Shared {
    /// What it has been: the last part has nothing to add.
    Known,
    /// Both together.
    Together(Box<ReferenceOr<Schema>>),
    /// What the last part says: it repeats the others, or contradicts them.
    Last,
}

/// What a property is that is stated by these parts, the last of which is new. `around` says what it is within.
pub(super) fn of<'a>(
    root: &Node<'a>,
    stated: &[Node<'a>],
    around: impl FnOnce() -> Around<'a>,
) -> Result<Shared, Problem> {
    let Some((last, others)) = stated.split_last().filter(|(_, others)| !others.is_empty()) else {
        return Ok(Shared::Last);
    };
    let around = around();
    for node in stated {
        // What comes back to itself has no end.
        let name = references::name(node, "schemas")?;
        if around.depth > DEEPEST || name.is_some_and(|name| around.schemas.contains(name)) {
            return Ok(Shared::Last);
        }
    }
    let resolved = references::resolve(root, last, "schemas")?;
    if FORMS.iter().all(|key| resolved.get(key).is_none()) {
        return Ok(Shared::Known);
    }
    let mut kinds = stated.iter().map(|it| unions::kind_of(root, it, None));
    let kind = unions::kind_of(root, last, None)?;
    let is_one = kinds.try_fold(true, |all, it| Ok(all && it? == kind))?;
    match kind {
        Kind::Object if is_one => objects(root, others, last, &around),
        Kind::Array if is_one => lists(root, stated, last, &around),
        _ => Ok(Shared::Last),
    }
}

fn gathered<'a>(
    root: &Node<'a>,
    nodes: &[Node<'a>],
    around: &Around<'a>,
) -> Result<Parts<'a>, Problem> {
    let mut parts = Parts::within(around.clone());
    nodes.iter().try_for_each(|it| parts.gather(root, it))?;
    Ok(parts)
}

fn objects<'a>(
    root: &Node<'a>,
    others: &[Node<'a>],
    last: &Node<'a>,
    around: &Around<'a>,
) -> Result<Shared, Problem> {
    let known = gathered(root, others, around)?;
    let own = gathered(root, std::slice::from_ref(last), around)?;
    let all: Vec<Node> = others.iter().chain([last]).cloned().collect();
    let together = gathered(root, &all, around)?;
    if !together.unions.is_empty() || !together.scalars.is_empty() {
        return Ok(Shared::Last);
    }
    Ok(match together.object {
        object if object == own.object => Shared::Last,
        object if object == known.object => Shared::Known,
        object => Shared::Together(Box::new(all_of::object(object, schema::data(last)?))),
    })
}

fn lists<'a>(
    root: &Node<'a>,
    stated: &[Node<'a>],
    last: &Node<'a>,
    around: &Around<'a>,
) -> Result<Shared, Problem> {
    let deeper = Around {
        depth: around.depth + 1,
        ..around.clone()
    };
    let mut items = Vec::new();
    for node in stated {
        items.extend(references::resolve(root, node, "schemas")?.get("items"));
    }
    Ok(match of(root, &items, || deeper)? {
        Shared::Together(item) => {
            let list = ArrayType {
                items: Some(boxed(*item)),
                min_items: None,
                max_items: None,
                unique_items: false,
            };
            Shared::Together(Box::new(ReferenceOr::Item(Schema {
                schema_data: schema::data(last)?,
                schema_kind: SchemaKind::Type(Type::Array(list)),
            })))
        }
        other => other,
    })
}
