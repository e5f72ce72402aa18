//! The response to a call.

use std::fmt;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tracing::{Span, debug};

use super::attempt::RawResponse;
use super::error::{Error, Trace};
use super::{Bytes, JsonValue, Operation, TypedHeaders};

/// The response to a call: its decoded body, its status and its headers.
#[derive(Clone, PartialEq, Eq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    operation: &'static Operation,
    body: T,
}

/// With the id of the operation, and no more of it.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation.id())
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("attempts", &self.attempts)
            .field("body", &self.body)
            .finish()
    }
}

impl<T> Response<T> {
    /// A response whose body is decoded.
    pub(super) fn new(response: CallResponse, operation: &'static Operation, body: T) -> Self {
        Self {
            status: response.raw.status,
            headers: response.raw.headers,
            attempts: response.trace.attempts,
            operation,
            body,
        }
    }

    /// The operation of the call.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status. It is one of success, with one exception: 404 where the outcome of a `DELETE` was unknown,
    /// and its retry found nothing to delete.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers that the spec documents, as their generated type.
    pub fn typed_headers<H: TypedHeaders>(&self) -> H {
        H::read(&self.headers)
    }

    /// The number of attempts.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same response with another body, made of this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
            operation: self.operation,
            body: make(self.body),
        }
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, without the rest of the response.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl Response<JsonValue> {
    /// The response with its body as a type: one that the spec documents for this status.
    ///
    /// # Errors
    ///
    /// The body has another form.
    pub fn decode<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let decoded = serde_json::from_value(self.body);
        let rest = Response {
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
            operation: self.operation,
            body: (),
        };
        match decoded {
            Ok(body) => Ok(rest.map(|()| body)),
            Err(_) => {
                let what = "it has another form than this type";
                let error = Error::decode(rest.status, rest.headers, Bytes::new(), what);
                Err(error.of(rest.operation.id()))
            }
        }
    }
}

impl Response<Option<JsonValue>> {
    /// The same where there may be no body.
    ///
    /// # Errors
    ///
    /// The body has another form.
    pub fn decode<T: DeserializeOwned>(self) -> Result<Response<Option<T>>, Error> {
        match &self.body {
            None => Ok(self.map(|_| None)),
            Some(_) => {
                let body = self.map(Option::unwrap_or_default);
                Ok(body.decode()?.map(Some))
            }
        }
    }
}

/// The response to a call that succeeded, before its body is decoded.
pub(super) struct CallResponse {
    pub raw: RawResponse,
    pub trace: Trace,
    /// The span of the call, for an error that is found while the response is decoded.
    pub span: Span,
}

impl CallResponse {
    pub fn new(raw: RawResponse, trace: Trace) -> Self {
        Self {
            raw,
            trace,
            span: Span::none(),
        }
    }

    /// The response to a `DELETE` that an earlier attempt executed: the status and the headers of the
    /// last attempt, which found nothing to delete, and an empty object.
    ///
    /// # Errors
    ///
    /// The error itself where it is another one than 404.
    pub fn of_earlier_attempt(error: Error) -> Result<Self, Error> {
        let (status, headers, trace) = error.into_not_found()?;
        let raw = RawResponse {
            status,
            headers,
            body: Bytes::from_static(b"{}"),
            rest: None,
        };
        Ok(Self::new(raw, trace))
    }

    /// The error of a call whose response does not have the form that the spec describes.
    pub fn decode_error(self, operation: &'static Operation, what: String) -> Error {
        let trace = Trace {
            outcome_unknown: !operation.method().is_safe(),
            ..self.trace
        };
        let RawResponse {
            status,
            headers,
            body,
            ..
        } = self.raw;
        let error = Error::decode(status, headers, body, what).with(trace);
        self.span.record("error.type", error.class());
        self.span
            .in_scope(|| debug!(error.r#type = error.class(), "response"));
        error
    }
}
