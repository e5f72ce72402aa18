//! Responses of Confluent Cloud, and the headers that every response has.

use axum::http::StatusCode;
use axum::http::header::{HeaderName, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::organization::Organization;
use crate::faults::Hint;
use crate::faults::Reply;
use crate::reply;

/// A response, before it has the headers that all have.
pub(crate) struct ConfluentResponse {
    pub status: u16,
    pub headers: Vec<(HeaderName, String)>,
    /// Nothing: 204, and 429, which has none.
    pub body: Option<Value>,
}

impl ConfluentResponse {
    pub fn ok(body: Value) -> Self {
        Self::new(200, Some(body))
    }

    pub fn new(status: u16, body: Option<Value>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }

    /// 429, in so many seconds again.
    pub fn too_many(hint: Hint) -> Self {
        let response = Self::new(429, None);
        match hint {
            Hint::Seconds(seconds) => response.header(RETRY_AFTER, seconds.to_string()),
            _ => response,
        }
    }

    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn location(self, url: String) -> Self {
        self.header(LOCATION, url)
    }

    /// The head of the reply, and its text.
    pub fn reply(self, organization: &mut Organization, now: DateTime<Utc>) -> Reply {
        let mut reply = reply::json(StatusCode::from_u16(self.status).unwrap_or_default());
        let mut set = |name: &'static str, value: String| {
            reply::set_header(&mut reply, HeaderName::from_static(name), &value);
        };
        set("x-request-id", organization.request_id());
        if matches!(self.status, 200..=299 | 429) {
            let (limit, remaining, reset) = organization.limits(now);
            set("x-ratelimit-limit", limit.to_string());
            set("x-ratelimit-remaining", remaining.to_string());
            set("x-ratelimit-reset", reset.to_string());
        }
        for (name, value) in &self.headers {
            reply::set_header(&mut reply, name.clone(), value);
        }
        (
            reply,
            self.body.map(|body| body.to_string()).unwrap_or_default(),
        )
    }
}

/// An error, in Confluent's form.
pub(crate) fn failure(status: u16, code: &str, detail: &str) -> ConfluentResponse {
    at_fault(status, code, detail, Value::Null)
}

/// An error that says which part of the request is at fault.
pub(crate) fn at_fault(status: u16, code: &str, detail: &str, source: Value) -> ConfluentResponse {
    let status_text = status.to_string();
    let mut error = json!({ "status": status_text, "code": code, "title": code, "detail": detail });
    if !source.is_null() {
        error["source"] = source;
    }
    ConfluentResponse::new(status, Some(json!({ "errors": [error] })))
}

/// The caller is not authenticated.
pub(crate) fn unauthenticated(code: &str) -> ConfluentResponse {
    let challenge = format!("Basic error=\"{code}\"");
    failure(
        401,
        "user_unauthenticated",
        "The credentials are not known.",
    )
    .header(WWW_AUTHENTICATE, challenge)
}
