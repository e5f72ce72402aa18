//! Parameters that are a body or a field of a form, as Swagger 2.0 has them, beside a request body.
//!
//! The conversion leaves here those of an operation that has a body and a form, which is none by the rules.

use crate::NoteKind;
use crate::read::node::Node;

/// Notes what becomes of a parameter that is a body, or a field of a form, beside the request body of its operation.
/// Returns whether it is such a one.
pub(super) fn is_noted(operation: &Node, parameter: &Node) -> bool {
    let place = parameter.get("in");
    let place = place.as_ref().and_then(|it| it.value().as_str());
    let Some(body) = operation.get("requestBody") else {
        return false;
    };
    if !matches!(place, Some("body" | "formData")) {
        return false;
    }
    let name = parameter.remark_of("name").unwrap_or_default();
    match (place == Some("body"), has_part(&body, name)) {
        (true, true) => {
            let what = "an operation has a body or a form, not both: the body is sent as a part of the form";
            parameter.note(NoteKind::Corrected, what);
        }
        (true, false) => {
            let what =
                format!("an operation has one body, and this is another: `{name}` is not sent");
            parameter.note(NoteKind::NotCovered, what);
        }
        (false, _) => {
            let what = format!("an operation has a body or a form, not both: `{name}` is not sent");
            parameter.note(NoteKind::NotCovered, what);
        }
    }
    true
}

/// Whether a request body is an object with a property of this name.
fn has_part(body: &Node, name: &str) -> bool {
    let content = body.members_of("content").unwrap_or_default();
    let schemas = content.iter().filter_map(|(_, media)| media.get("schema"));
    let properties = schemas.filter_map(|schema| schema.get("properties"));
    properties.into_iter().any(|all| all.get(name).is_some())
}
