//! The parts of an HTTP request: URL, headers and body.

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;

use super::request_body::{CallBody, RequestBody};
use super::{Error, Operation};

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
    if !operation.has_fixed(&ACCEPT) {
        map.insert(ACCEPT, JSON);
    }
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

/// Sets the headers of a request that are about its body, and returns that.
///
/// # Errors
///
/// A body that cannot be sent, or whose media type is not stated.
pub(super) fn set_body(
    request: &mut reqwest::Request,
    operation: &Operation,
    body: Option<CallBody>,
) -> Result<RequestBody, Error> {
    let expects_body = matches!(
        *request.method(),
        Method::PATCH | Method::POST | Method::PUT
    );
    match body {
        Some(body) => {
            let is_written = matches!(body, CallBody::Written(_));
            let (body, kind) = body.write()?;
            let headers = request.headers_mut();
            match kind.map(HeaderValue::try_from) {
                Some(Ok(kind)) => {
                    headers.insert(CONTENT_TYPE, kind);
                }
                Some(Err(_)) => {
                    let what = "the content type of the body is not valid";
                    return Err(Error::invalid_argument(what));
                }
                None if operation.has_fixed(&CONTENT_TYPE) => {}
                None if is_written => {
                    headers.insert(CONTENT_TYPE, JSON);
                }
                None => {
                    let what = "the body may have several content types: set one of them with \
                                `Upload::content_type`";
                    return Err(Error::invalid_argument(what));
                }
            }
            Ok(body)
        }
        // Google responds with 411 where there is no length.
        None if expects_body => {
            request
                .headers_mut()
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            Ok(RequestBody::default())
        }
        None => Ok(RequestBody::default()),
    }
}

/// The URL of a call: a path below that of the base, and a query. A base URL is parsed once, because its host
/// takes longer than all the rest.
pub(super) fn url(base: &Url, path: &str, query: &str) -> Result<Url, Error> {
    let below = base.path().trim_end_matches('/');
    with_path(base, &format!("{below}{path}"), query)
}

/// A URL of the same server. Setting the path must not change it.
pub(super) fn with_path(base: &Url, path: &str, query: &str) -> Result<Url, Error> {
    let mut url = base.clone();
    if !path.is_empty() {
        url.set_path(path);
        if url.path() != path {
            let what = "the values of the path make another path";
            return Err(Error::invalid_argument(what));
        }
    }
    url.set_query(query.strip_prefix('?'));
    if url.as_str().len() > LONGEST_URL {
        let what = format!("the URL would be longer than {LONGEST_URL} bytes");
        return Err(Error::invalid_argument(what));
    }
    Ok(url)
}
