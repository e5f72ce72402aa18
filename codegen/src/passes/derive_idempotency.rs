//! Notes of each operation whether it may be repeated, by its verb.
//!
//! RFC 9110, section 9.2.2, calls PUT, DELETE and the safe methods idempotent. POST and PATCH are
//! not: a POST that is repeated may do its work twice.

use openapiv3::OpenAPI;

use crate::extensions::{Extension, Idempotent};
use crate::operations::operations_mut;

pub(super) fn run(document: &mut OpenAPI) {
    for (verb, operation) in operations_mut(document) {
        let idempotent = !matches!(verb, "patch" | "post");
        Idempotent(idempotent).set(&mut operation.extensions);
    }
}
