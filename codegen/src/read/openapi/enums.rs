//! The values of enums.

use openapiv3::SchemaData;
use serde_json::Value;

use crate::extensions::{Extension, Values};
use crate::read::node::Node;
use crate::{NoteKind, Problem};

/// Notes the values that a reference has where it stands, if they are listed.
pub(super) fn note_values(node: &Node, data: &mut SchemaData) -> Result<(), Problem> {
    let values = node.items_of("enum")?;
    let values = values.iter().map(Node::value);
    let can_be_compared =
        |value: &&Value| value.is_string() || value.is_boolean() || value.is_i64();
    let values: Vec<Value> = values.filter(can_be_compared).cloned().collect();
    if !values.is_empty() {
        Values(values).set(&mut data.extensions);
    }
    Ok(())
}

/// Whether an enum has the value `null`.
pub(super) fn may_be_null(node: &Node) -> Result<bool, Problem> {
    let values = node.items_of("enum")?;
    Ok(values.iter().any(|value| value.value().is_null()))
}

/// The values of an enum. Those of an `x-extensible-enum` are nothing else: every enum here is open.
pub(super) fn texts(node: &Node) -> Result<Vec<Option<String>>, Problem> {
    let mut values = node.items_of("enum")?;
    if values.is_empty() {
        values = node.items_of("x-extensible-enum")?;
    }
    let values = values.iter().filter(|value| !value.value().is_null());
    let text = |value: &Node| match value.value() {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => {
            let text = value.value().to_string();
            let what = format!("this value of an enum of strings is read as `{text}`");
            value.note(NoteKind::Corrected, what);
            Some(text)
        }
        _ => {
            let what = "this is no string: it is ignored";
            value.note(NoteKind::Corrected, what);
            None
        }
    };
    Ok(values.filter_map(text).map(Some).collect())
}

/// The values of an enum of integers. Others are none of it.
pub(super) fn integers(node: &Node) -> Result<Vec<Option<i64>>, Problem> {
    let values = node.items_of("enum")?;
    let values = values.iter().filter(|value| !value.value().is_null());
    let values = values.filter_map(|value| {
        let integer = value.value().as_i64();
        if integer.is_none() {
            value.note(NoteKind::Corrected, "this is no integer: it is ignored");
        }
        integer.map(Some)
    });
    Ok(values.collect())
}

/// The values of an enum of numbers, as far as they are some: they are documentation.
pub(super) fn numbers(node: &Node) -> Result<Vec<Option<f64>>, Problem> {
    let values = node.items_of("enum")?;
    let values = values.iter().map(|value| value.value().as_f64());
    Ok(values.filter(Option::is_some).collect())
}

pub(super) fn booleans(node: &Node) -> Result<Vec<Option<bool>>, Problem> {
    let values = node.items_of("enum")?;
    let values = values.iter().map(|value| value.value().as_bool());
    Ok(values.filter(Option::is_some).collect())
}
