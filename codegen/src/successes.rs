//! What an operation returns with success.

use openapiv3::{MediaType, Operation, ReferenceOr, Response, Schema, StatusCode};

use crate::media_types::Form;

/// What an operation returns with success, over all statuses.
pub(crate) enum Success<'a> {
    /// No body is documented.
    Nothing,
    /// JSON, of this schema where one is stated.
    Json(Option<&'a ReferenceOr<Schema>>),
    /// JSON of another schema for each of several statuses.
    JsonByStatus(Vec<(String, &'a ReferenceOr<Schema>)>),
    /// Text.
    Text,
    /// Bytes; also where the form depends on the status.
    Bytes,
}

/// Whether a status is one of success.
pub(crate) fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..300) | StatusCode::Range(2))
}

/// The responses of success of an operation; where the document states no status for that, what it states
/// for all others.
pub(crate) fn successes(operation: &Operation) -> impl Iterator<Item = &Response> {
    with_statuses(operation).map(|(_, response)| response)
}

/// The responses of success, by their statuses, from the lowest on.
fn with_statuses(operation: &Operation) -> impl Iterator<Item = (String, &Response)> {
    let stated = operation.responses.responses.iter();
    let stated = stated.filter(|(status, _)| is_success(status));
    let stated = stated.map(|(status, response)| (status.to_string(), response));
    let mut stated: Vec<_> = stated.collect();
    stated.sort_by(|(one, _), (other, _)| one.cmp(other));
    let default = operation.responses.default.as_ref();
    let default = default.filter(|_| stated.is_empty());
    let default = default.map(|response| ("any".to_owned(), response));
    let all = stated.into_iter().chain(default);
    all.filter_map(|(status, response)| Some((status, response.as_item()?)))
}

/// What an operation returns with success.
pub(crate) fn success(operation: &Operation) -> Success<'_> {
    let bodies = with_statuses(operation)
        .filter_map(|(status, response)| Some((status, response.content.first()?)));
    let bodies: Vec<(String, (&String, &MediaType))> = bodies.collect();
    let all = |form: Form| {
        bodies
            .iter()
            .all(|(_, (kind, media))| Form::of(kind, media) == form)
    };
    if bodies.is_empty() {
        return Success::Nothing;
    }
    if all(Form::Text) {
        return Success::Text;
    }
    if !all(Form::Json) {
        return Success::Bytes;
    }
    let mut schemas: Vec<(String, &ReferenceOr<Schema>)> = Vec::new();
    for (status, (_, media)) in bodies {
        let Some(schema) = &media.schema else {
            return Success::Json(None);
        };
        match schemas.iter_mut().find(|(_, known)| *known == schema) {
            Some((statuses, _)) => statuses.push_str(&format!(", {status}")),
            None => schemas.push((status, schema)),
        }
    }
    match schemas.as_slice() {
        [(_, only)] => Success::Json(Some(only)),
        _ => Success::JsonByStatus(schemas),
    }
}

/// The schema of the response of success of an operation, where that is one.
pub(crate) fn success_schema(operation: &Operation) -> Option<&ReferenceOr<Schema>> {
    match success(operation) {
        Success::Json(schema) => schema,
        _ => None,
    }
}

/// The schema of a response that is JSON.
pub(crate) fn response_schema(response: &Response) -> Option<&ReferenceOr<Schema>> {
    let (kind, media) = response.content.first()?;
    let schema = media.schema.as_ref()?;
    (Form::of(kind, media) == Form::Json).then_some(schema)
}
