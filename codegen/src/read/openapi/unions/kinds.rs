//! Which types of JSON a schema admits, as far as a union has to know.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::all_of::REMARKS;
use super::super::references;
use crate::Problem;
use crate::read::node::Node;

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Any,
    Array,
    Boolean,
    Integer,
    Null,
    Number,
    Object,
    String,
}

/// The type of the values of a schema. `inherited` is that of the schema around it, which counts where it says
/// nothing itself.
pub(in super::super) fn of(
    root: &Node,
    node: &Node,
    inherited: Option<Kind>,
) -> Result<Kind, Problem> {
    let kind = unseen(root, node, &mut BTreeSet::new())?;
    Ok(match (kind, inherited) {
        (Kind::Any, Some(inherited)) => inherited,
        (kind, _) => kind,
    })
}

fn unseen(root: &Node, node: &Node, seen: &mut BTreeSet<*const Value>) -> Result<Kind, Problem> {
    let node = references::resolve(root, node, "schemas")?;
    if !seen.insert(std::ptr::from_ref(node.value())) {
        return Ok(Kind::Any);
    }
    if let Some(kind) = stated(&node)? {
        return Ok(kind);
    }
    for member in node.items_of("allOf")? {
        match unseen(root, &member, seen)? {
            Kind::Any => {}
            kind => return Ok(kind),
        }
    }
    Ok(Kind::Any)
}

/// The type that a schema itself states or implies.
pub(in super::super) fn stated(node: &Node) -> Result<Option<Kind>, Problem> {
    if let Some(name) = node.text_of("type")? {
        return Ok(Some(match name {
            "array" => Kind::Array,
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            "null" => Kind::Null,
            "number" => Kind::Number,
            "string" => Kind::String,
            _ => Kind::Object,
        }));
    }
    let has = |key: &str| node.get(key).is_some();
    if has("properties") || has("additionalProperties") {
        return Ok(Some(Kind::Object));
    }
    if has("items") {
        return Ok(Some(Kind::Array));
    }
    Ok(of_values(&node.items_of("enum")?))
}

/// The type that all values of an enum have; nothing where there are none, or of several types.
fn of_values(values: &[Node]) -> Option<Kind> {
    let mut kinds = values.iter().map(|value| of_value(value.value()));
    let mut kind = kinds.next()?;
    for other in kinds {
        kind = match (kind, other) {
            (one, Kind::Null) | (Kind::Null, one) => one,
            (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Number,
            (one, other) if one == other => one,
            _ => return None,
        };
    }
    Some(kind)
}

/// The type of a value.
pub(super) fn of_value(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_f64() => Kind::Number,
        Value::Number(_) => Kind::Integer,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// The types of the values of an enum that states none, where they have several.
pub(super) fn of_mixed_values(node: &Node) -> Result<Vec<Kind>, Problem> {
    if node.get("type").is_some() || stated(node)?.is_some() {
        return Ok(Vec::new());
    }
    let mut kinds = Vec::new();
    for value in node.items_of("enum")? {
        let kind = of_value(value.value());
        if kind != Kind::Null && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

/// Whether a member of a union admits `null`, and nothing else.
pub(super) fn is_null(node: &Node) -> Result<bool, Problem> {
    let members = node.members()?;
    let says = |key: &str| REMARKS.contains(&key) || key.starts_with("x-");
    let only_nullable = node.lenient_flag("nullable")
        && members
            .iter()
            .all(|(key, _)| *key == "nullable" || says(key));
    Ok(only_nullable || stated(node)? == Some(Kind::Null))
}

/// Whether a member of a union says only which values are valid, and not of which type they are: which
/// properties are required, or excluded.
pub(super) fn is_constraint(node: &Node) -> Result<bool, Problem> {
    let mut constrains = false;
    for (key, member) in node.members()? {
        match key {
            "required" | "not" | "if" | "then" | "else" => constrains = true,
            "type" | "additionalProperties" | "minProperties" | "maxProperties" | "nullable" => {}
            "properties" => {
                for (_, property) in member.members()? {
                    let remarks = property.members()?;
                    if !remarks.iter().all(|(key, _)| is_remark(key)) {
                        return Ok(false);
                    }
                }
                constrains = true;
            }
            key if is_remark(key) => {}
            _ => return Ok(false),
        }
    }
    let values = node.get("additionalProperties");
    Ok(constrains && values.is_none_or(|values| !values.value().is_object()))
}

fn is_remark(key: &str) -> bool {
    REMARKS.contains(&key) || key.starts_with("x-")
}
