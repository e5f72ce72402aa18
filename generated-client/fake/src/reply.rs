//! Replies as they leave: JSON, and those that break off.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use axum::http::{Response, StatusCode};
use serde_json::Value;

use super::error::ApiError;

/// JSON, as Google writes it.
pub(crate) fn text(value: &Value, pretty: bool) -> String {
    match pretty {
        true => format!("{value:#}\n"),
        false => value.to_string(),
    }
}

/// The head of a reply of JSON.
pub(crate) fn json(status: StatusCode) -> Response<Body> {
    let mut reply = Response::new(Body::empty());
    *reply.status_mut() = status;
    set_header(&mut reply, CONTENT_TYPE, "application/json; charset=UTF-8");
    set_header(&mut reply, CACHE_CONTROL, "private");
    set_header(&mut reply, VARY, "Origin");
    reply
}

/// The head of an error's reply, and its envelope.
pub(crate) fn error(error: &ApiError, legacy: bool, pretty: bool) -> (Response<Body>, String) {
    let mut reply = json(error.status);
    for (name, value) in &error.headers {
        set_header(&mut reply, name.clone(), value);
    }
    (reply, text(&error.body(legacy), pretty))
}

/// Sets a header. A value that is none is left out: those are the fake's own, or echo a path that
/// was one.
pub(crate) fn set_header(reply: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

/// A reply whose connection is reset. It travels in the reply's extensions, from the handler to
/// the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// At once: there is no response.
    AtOnce,
    /// In the body, which ends with an error.
    InBody,
}

impl Broken {
    /// No reply at all.
    pub(crate) fn reset() -> Response<Body> {
        let mut reply = Response::new(Body::empty());
        reply.extensions_mut().insert(Self::AtOnce);
        reply
    }

    /// A reply whose body breaks off.
    pub(crate) fn in_body(reply: Response<Body>, body: Body) -> Response<Body> {
        let mut reply = reply.map(|_| body);
        reply.extensions_mut().insert(Self::InBody);
        reply
    }
}
