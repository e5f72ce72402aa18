//! What a call returns.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use super::TypedHeaders;

/// The response to a call. It can be used like what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    body: T,
}

impl<T> Response<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, attempts: u32, body: T) -> Self {
        Self {
            status,
            headers,
            attempts,
            body,
        }
    }

    /// The status, which is always one of success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers that the API describes, as its type for them.
    pub fn typed_headers<H: TypedHeaders>(&self) -> H {
        H::read(&self.headers)
    }

    /// How many attempts it took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same response, with something else made of what it holds.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
            body: make(self.body),
        }
    }

    /// What the response holds.
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
