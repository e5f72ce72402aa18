//! Compares where the method of an operation is, and what its request is called.

use super::Renamed;
use crate::diff::surface::MethodSurface;
use crate::diff::table::operations as row;
use crate::diff::{Found, arrow};

/// What the method and the type of its request are called.
pub(super) fn compare(
    key: &str,
    old: &MethodSurface,
    new: &MethodSurface,
    (renamed, promises): Renamed,
    found: &mut Found,
) {
    let is_taken = old.is_within(promises);
    let moved = old.path != new.path;
    let request = old.request != new.request;
    let effect = new_place(old, new);
    let id = arrow(&old.id, &new.id);
    match (renamed, moved, request) {
        (true, false, false) => {
            found.add(
                &row::OPERATION_ID,
                key,
                id,
                "errors and observers name the new id",
            );
        }
        (_, true, _) if is_taken => {
            found.add(
                &row::OPERATION_TAKEN,
                key,
                "another operation has its name",
                effect,
            );
        }
        (true, _, _) => found.add(&row::OPERATION_RENAMED, key, id, effect),
        (false, true, _) => found.add(
            &row::OPERATION_MOVED,
            key,
            "its method is elsewhere",
            effect,
        ),
        (false, false, true) => {
            found.add(
                &row::REQUEST_RENAMED,
                key,
                "its request has another name",
                effect,
            );
        }
        _ => {}
    }
}

/// The path of a method that is elsewhere; else the type of its request.
fn new_place(old: &MethodSurface, new: &MethodSurface) -> String {
    match old.path != new.path {
        true => arrow(&old.path, &new.path),
        false => arrow(
            &format!("requests::{}", old.request),
            &format!("requests::{}", new.request),
        ),
    }
}
