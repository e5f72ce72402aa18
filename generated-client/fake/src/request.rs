//! Reads what a client sent, and gives up on what is too long or does not come.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use tokio::time::timeout;

use super::error::ApiError;
use super::query::Query;

/// The longest body.
const LONGEST: usize = 1 << 20;

/// How much of a longer one is thrown away, so that a client that writes before it reads still gets
/// the response.
const THROWN_AWAY: usize = 64 << 20;

/// The form of a request whose query is too long for its URL.
const FORM: &str = "application/x-www-form-urlencoded";

/// Reads the body.
pub(crate) async fn body(
    parts: &Parts,
    body: Body,
    request_timeout: Duration,
) -> Result<Vec<u8>, ApiError> {
    let has_length = [CONTENT_LENGTH, TRANSFER_ENCODING]
        .iter()
        .any(|header| parts.headers.contains_key(header));
    if parts.method == Method::POST && !has_length {
        let why = "The request has neither a Content-Length nor a chunked body.";
        return Err(ApiError::new(
            StatusCode::LENGTH_REQUIRED,
            "INVALID_ARGUMENT",
            why,
        ));
    }
    match timeout(request_timeout, collect(body)).await {
        Ok(body) => body,
        Err(_) => Err(ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "DEADLINE_EXCEEDED",
            "The rest of the request did not come.",
        )),
    }
}

async fn collect(mut body: Body) -> Result<Vec<u8>, ApiError> {
    let mut collected = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| ApiError::invalid("body", "it ends too early"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= LONGEST {
            collected.extend_from_slice(&data);
        }
        if length > THROWN_AWAY {
            break;
        }
    }
    match length <= LONGEST {
        true => Ok(collected),
        false => Err(ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "INVALID_ARGUMENT",
            "The body is longer than a megabyte.",
        )),
    }
}

/// The HTTP method that is meant: a query that is too long for a URL is POSTed as a form.
pub(crate) fn meant_method(parts: &Parts) -> Method {
    let meant = parts.headers.get("x-http-method-override");
    match parts.method == Method::POST && meant.is_some_and(|meant| meant == "GET") {
        true => Method::GET,
        false => parts.method.clone(),
    }
}

/// The query, which is in the body of a request that means another method than it has.
pub(crate) fn query<'a>(parts: &'a Parts, body: &'a [u8]) -> Result<&'a str, ApiError> {
    if meant_method(parts) == parts.method {
        return Ok(parts.uri.query().unwrap_or_default());
    }
    match is_type(&parts.headers, FORM) {
        true => std::str::from_utf8(body).map_err(|_| ApiError::invalid("body", "it is not UTF-8")),
        false => Err(ApiError::invalid("body", "it is no form")),
    }
}

/// What is asked of the token endpoint: a form, or an object of JSON. Google's own endpoint takes both,
/// and Google's library for Rust sends the second.
pub(crate) fn form(parts: &Parts, body: &[u8]) -> Option<Query> {
    if is_type(&parts.headers, "application/json") {
        return serde_json::from_slice(body)
            .ok()
            .map(|fields| Query::of(&fields));
    }
    let text = std::str::from_utf8(body)
        .ok()
        .filter(|_| is_type(&parts.headers, FORM));
    Query::parse(text?).ok()
}

/// Checks the body of `send` and `cancel`: an empty object, or nothing.
pub(crate) fn check_empty_object(parts: &Parts, body: &[u8]) -> Result<(), ApiError> {
    if body.is_empty() {
        return Ok(());
    }
    if !is_type(&parts.headers, "application/json") {
        return Err(ApiError::invalid(
            "Content-Type",
            "the body is not declared to be JSON",
        ));
    }
    match serde_json::from_slice(body) {
        Ok(serde_json::Value::Object(fields)) if fields.is_empty() => Ok(()),
        Ok(serde_json::Value::Object(_)) => {
            Err(ApiError::invalid("body", "it has an unknown field"))
        }
        _ => Err(ApiError::invalid("body", "it is no JSON object")),
    }
}

/// Whether the body is declared to be of a type. Parameters such as a charset do not matter.
fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}
