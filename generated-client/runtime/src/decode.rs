//! Decodes the body of a response, strictly.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::response::CallResponse;
use super::{Error, Operation, Response};

/// Decodes a response.
pub(super) fn read<T: DeserializeOwned>(
    response: CallResponse,
    operation: &'static Operation,
) -> Result<Response<T>, Error> {
    match decode(&response.raw.body, operation) {
        Ok(value) => Ok(Response::new(response, operation, value)),
        Err(error) => {
            let what = what_is_wrong(&response.raw.body, &error);
            Err(response.decode_error(operation, what))
        }
    }
}

/// Decodes a response that is text; where the server labels it JSON and nothing else was asked for, a
/// string of JSON.
pub(super) fn read_text(
    response: CallResponse,
    operation: &'static Operation,
) -> Result<Response<String>, Error> {
    let body = &response.raw.body;
    let in_json = operation.takes_any() && is_json(&response.raw.headers);
    let text = match serde_json::from_slice::<String>(body) {
        Ok(text) if in_json => Ok(text),
        _ => text_of(&response.raw.headers, body),
    };
    match text {
        Ok(text) => Ok(Response::new(response, operation, text)),
        Err(what) => Err(response.decode_error(operation, what.to_owned())),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next());
    essence.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// A body as text, or what is wrong with it. It is UTF-8, or what the server calls ISO 8859-1.
pub(super) fn text_of(headers: &HeaderMap, body: &[u8]) -> Result<String, &'static str> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let charset = kind
        .split(';')
        .find_map(|it| it.trim().strip_prefix("charset="));
    match charset.map(|charset| charset.trim_matches('"')) {
        Some("iso-8859-1" | "latin1") => Ok(body.iter().copied().map(char::from).collect()),
        Some(charset) if !matches!(charset, "utf-8" | "utf8" | "us-ascii") => {
            Err("it is text in a character set that the client does not read")
        }
        _ => match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err("it is no text in UTF-8"),
        },
    }
}

/// Decodes a body.
fn decode<T: DeserializeOwned>(body: &[u8], operation: &Operation) -> Result<T, serde_json::Error> {
    if operation.has_data_wrapper() {
        let inside: Data<Option<T>> = serde_json::from_slice(body)?;
        if let Some(data) = inside.data {
            return Ok(data);
        }
    }
    serde_json::from_slice(body)
}

/// A message inside of an object.
#[derive(Serialize, Deserialize)]
pub(super) struct Data<T> {
    /// The message.
    pub data: T,
}

/// What is wrong with a body, and where. The message of serde would hold values, which may be personal
/// data.
fn what_is_wrong(body: &[u8], error: &serde_json::Error) -> String {
    let place = format!("at line {}, column {}", error.line(), error.column());
    if body.is_empty() {
        "it is empty".to_owned()
    } else if error.is_data() {
        format!("it has another form than the API describes, {place}")
    } else {
        format!("it is not JSON, {place}")
    }
}
