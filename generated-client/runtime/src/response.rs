//! The response to a call.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use super::retry_loop::CallResponse;
use super::{Operation, TypedHeaders};

/// The response to a call: its decoded body, its status and its headers. It dereferences to the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    operation: &'static Operation,
    body: T,
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
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
