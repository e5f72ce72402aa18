//! The field mask of a response: the parameter `fields`.

use super::{Error, Operation};

/// The parameter that says which parts of a response come back, in all of Google's APIs.
pub(super) const FIELDS: &str = "fields";

/// Checks that a field mask selects a property of the response.
pub(super) fn check_mask(
    mask: Option<&str>,
    operation: &Operation,
    property: &str,
) -> Result<(), Error> {
    match mask {
        Some(mask) if !mentions(mask, property) => {
            let what = format!(
                "`{FIELDS}` leaves out `{property}`, without which the response would mislead"
            );
            Err(Error::invalid_argument(what).of(operation.id()))
        }
        _ => Ok(()),
    }
}

/// Whether a field mask selects a property at the top of the response. Parentheses hold the fields of a
/// field.
fn mentions(mask: &str, property: &str) -> bool {
    let mut depth = 0_usize;
    let top = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    mask.split(top)
        .map(|field| field.split(['(', '/']).next().unwrap_or_default().trim())
        .any(|field| field == property || field == "*")
}
