//! The parts of an HTTP request: URL, headers and body.

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;

use super::{Bytes, Error, Operation};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The longest URL that can be sent: the limit of `http::Uri`.
const LONGEST_URL: usize = u16::MAX as usize - 1;

/// Sets the headers of an operation, and those of a call.
pub(super) fn set_headers(
    map: &mut HeaderMap,
    operation: &Operation,
    headers: Vec<(HeaderName, HeaderValue)>,
) -> Result<(), Error> {
    let too_many = |_| Error::invalid_argument("there are too many headers");
    map.insert(ACCEPT, JSON);
    for (name, value) in operation.fixed_headers() {
        let header = HeaderName::try_from(*name).ok();
        let header = header.zip(HeaderValue::try_from(*value).ok());
        let Some((name, value)) = header else {
            let what = format!("`{name}` of the operation is not a valid header");
            return Err(Error::invalid_argument(what));
        };
        map.try_append(name, value).map_err(too_many)?;
    }
    for (name, value) in headers {
        map.try_append(name, value).map_err(too_many)?;
    }
    Ok(())
}

/// Sets the body of a request.
pub(super) fn set_body(request: &mut reqwest::Request, operation: &Operation, body: Option<Bytes>) {
    let expects_body = matches!(
        *request.method(),
        Method::PATCH | Method::POST | Method::PUT
    );
    match body {
        Some(body) => {
            if !operation.has_fixed(&CONTENT_TYPE) {
                request.headers_mut().insert(CONTENT_TYPE, JSON);
            }
            *request.body_mut() = Some(body.into());
        }
        // Google responds with 411 where there is no length.
        None if expects_body => {
            request
                .headers_mut()
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        None => {}
    }
}

/// The URL of a call. Parsing it must not have changed the path that was asked for.
pub(super) fn url(base: &str, path: &str, query: &str) -> Result<Url, Error> {
    let changed = || Error::invalid_argument("the values of the path make another path");
    let mut url = Url::parse(&format!("{base}{path}")).map_err(|_| changed())?;
    if !url.path().ends_with(path) || url.query().is_some() || url.fragment().is_some() {
        return Err(changed());
    }
    url.set_query(query.strip_prefix('?'));
    if url.as_str().len() > LONGEST_URL {
        let what = format!("the URL would be longer than {LONGEST_URL} bytes");
        return Err(Error::invalid_argument(what));
    }
    Ok(url)
}
