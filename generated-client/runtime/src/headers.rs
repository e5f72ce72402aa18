//! Typed headers of responses.

use std::str::FromStr;

use http::HeaderMap;

/// A struct of headers.
pub trait TypedHeaders {
    /// What of them is there.
    fn read(headers: &HeaderMap) -> Self;
}

/// The value of a header; nothing where it is absent, or has another form.
pub fn header<T: FromStr>(headers: &HeaderMap, name: &'static str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
