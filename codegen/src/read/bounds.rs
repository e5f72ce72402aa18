//! Bounds of numbers, as documents write them: `0`, `0.0`, `1e3`, 2^64-1, in quotes or without.
//!
//! A bound is documentation: what breaks it is the server's to refuse. So one that lies beyond the
//! integers of 64 bits is no mistake: it bounds nothing, and is left out.

use serde_json::{Number, Value};

use super::node::Node;
use crate::{NoteKind, Problem};

/// How the numbers of a format are written.
#[derive(Clone, Copy)]
pub(super) enum Written {
    /// As numbers: OpenAPI.
    AsNumbers,
    /// In quotes, or as numbers: Discovery.
    InQuotes,
}

/// Which end of a range a bound is.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// The smallest value, or all above it.
    Minimum { exclusive: bool },
    /// The largest value, or all below it.
    Maximum { exclusive: bool },
}

impl End {
    fn key(self) -> &'static str {
        match self {
            Self::Minimum { .. } => "minimum",
            Self::Maximum { .. } => "maximum",
        }
    }

    /// The integer that bounds the same integers as this number does.
    fn round(self, bound: f64) -> f64 {
        match self {
            Self::Minimum { exclusive: false } | Self::Maximum { exclusive: true } => bound.ceil(),
            Self::Minimum { exclusive: true } | Self::Maximum { exclusive: false } => bound.floor(),
        }
    }
}

/// The bound of an integer.
pub(super) fn of_integer(node: &Node, end: End, how: Written) -> Result<Option<i64>, Problem> {
    let number = number(node, end.key(), how)?;
    Ok(
        number.and_then(|it| match (it.as_i64(), it.is_f64(), it.as_f64()) {
            (None, true, Some(float)) => integer(end.round(float)),
            (whole, ..) => whole,
        }),
    )
}

/// Whether integers are not negative, and may be larger than those with a sign.
pub(super) fn is_unsigned(node: &Node) -> bool {
    let bound = |key: &str| node.get(key).and_then(|it| it.value().as_f64());
    let largest = i64::MAX as f64;
    bound("minimum").is_some_and(|it| it >= 0.0) && bound("maximum").is_some_and(|it| it > largest)
}

/// The bound of a number.
pub(super) fn of_number(node: &Node, end: End, how: Written) -> Result<Option<f64>, Problem> {
    Ok(number(node, end.key(), how)?.and_then(|it| it.as_f64()))
}

/// What every integer is a multiple of; nothing where that is not an integer itself.
pub(super) fn multiple_of_integer(node: &Node) -> Result<Option<i64>, Problem> {
    let number = number(node, "multipleOf", Written::AsNumbers)?;
    Ok(number.and_then(|it| match it.as_i64() {
        None => it.as_f64().filter(|it| it.fract() == 0.0).and_then(integer),
        whole => whole,
    }))
}

/// What every number is a multiple of.
pub(super) fn multiple_of_number(node: &Node) -> Result<Option<f64>, Problem> {
    let number = number(node, "multipleOf", Written::AsNumbers)?;
    Ok(number.and_then(|it| it.as_f64()))
}

/// How many there may be of something: characters, items, properties.
pub(super) fn count(node: &Node, key: &str) -> Result<Option<usize>, Problem> {
    let Some(number) = number(node, key, Written::AsNumbers)? else {
        return Ok(None);
    };
    let float = number.as_f64().unwrap_or_default();
    if float < 0.0 || float.fract() != 0.0 {
        let what = format!("`{number}` cannot be how many there are: it is ignored");
        node.note(NoteKind::Corrected, what);
        return Ok(None);
    }
    let whole = number.as_i64().or_else(|| integer(float));
    Ok(whole.and_then(|it| usize::try_from(it).ok()))
}

/// An integer of 64 bits that a float is exactly; nothing beyond them.
#[allow(clippy::cast_possible_truncation)] // Checked: -2^63 and 2^63 are floats.
fn integer(float: f64) -> Option<i64> {
    let end = -(i64::MIN as f64);
    (float >= -end && float < end).then_some(float as i64)
}

/// The number called `key`; nothing where there is none.
fn number(node: &Node, key: &str, how: Written) -> Result<Option<Number>, Problem> {
    let Some(bound) = node.get(key) else {
        return Ok(None);
    };
    match (bound.value(), how) {
        (Value::Null, _) => Ok(None),
        (Value::Number(number), _) => Ok(Some(number.clone())),
        (Value::String(text), Written::InQuotes) => match parsed(text) {
            Some(number) => Ok(Some(number)),
            None => Err(bound.problem(
                format!("`{text}` is not a number"),
                "write a number, in quotes",
            )),
        },
        (_, Written::InQuotes) => Err(bound.problem(
            "a bound is a number, and something else stands here",
            "write a number, in quotes",
        )),
        (_, Written::AsNumbers) => {
            let what = "a bound is a number without quotes: this is ignored";
            bound.note(NoteKind::Corrected, what);
            Ok(None)
        }
    }
}

fn parsed(text: &str) -> Option<Number> {
    let integer = text.parse::<i64>().map(Number::from);
    let integer = integer.or_else(|_| text.parse::<u64>().map(Number::from));
    match integer {
        Ok(integer) => Some(integer),
        Err(_) => Number::from_f64(text.parse().ok()?),
    }
}
