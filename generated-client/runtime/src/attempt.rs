//! One attempt: a request is sent once, and its response read.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::connect_timeout::with_connect_timeout;
use super::http_clients::{Connection, HttpClients};
use super::request_body::Progress;
use super::{Bytes, Error};

/// The most bytes of all headers of a request. Servers accept fewer, and one that does not read them all
/// may close the connection before its response arrives.
const LONGEST_HEADERS: usize = 256 << 10;

/// A response with a status of success, whose body is not decoded.
pub(super) struct RawResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// What was not read of the body.
    pub rest: Option<reqwest::Body>,
}

/// How much of a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// All, of at most so many bytes.
    Whole(usize),
    /// Nothing where the status is one of success; else all, of at most so many bytes.
    Later(usize),
}

/// How long an attempt may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// From the connection to the last byte of the response. Where that is read later, the time is up to the
    /// headers; where the body is a stream, from the last chunk of it on.
    pub timeout: Duration,
    /// When the caller has given up, however far a stream is.
    pub deadline: Option<Instant>,
}

impl From<Duration> for Limits {
    fn from(timeout: Duration) -> Self {
        Self {
            timeout,
            deadline: None,
        }
    }
}

/// Sends a request once, and reads the body of its response.
pub(super) async fn attempt(
    clients: &HttpClients,
    connection: Connection,
    request: &reqwest::Request,
    body: (Option<reqwest::Body>, Option<Arc<Progress>>),
    limits: Limits,
    reading: Reading,
) -> Result<RawResponse, Error> {
    let mut response = send(clients, connection, request, body, limits, reading).await?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let max_body = match reading {
        Reading::Later(_) if status.is_success() => {
            let response: http::Response<reqwest::Body> = response.into();
            return Ok(RawResponse {
                status,
                headers,
                body: Bytes::new(),
                rest: Some(response.into_body()),
            });
        }
        Reading::Whole(max_body) | Reading::Later(max_body) => max_body,
    };
    // The request may have no timeout of its own.
    let body = tokio::time::timeout(limits.timeout, read(response, max_body)).await;
    let body = body.unwrap_or_else(|_| Err(Error::too_late()));
    clients.became_idle(connection);
    if !status.is_success() {
        // The status is known, also where the body cannot be read.
        let body = body.ok().flatten().unwrap_or_default();
        return Err(Error::status(status, headers, body));
    }
    match body? {
        Some(body) => Ok(RawResponse {
            status,
            headers,
            body,
            rest: None,
        }),
        None => {
            let what = format!("it is longer than {max_body} bytes");
            Err(Error::decode(status, headers, Bytes::new(), what))
        }
    }
}

/// Sends a request once, and waits for the headers of its response.
async fn send(
    clients: &HttpClients,
    connection: Connection,
    request: &reqwest::Request,
    (body, progress): (Option<reqwest::Body>, Option<Arc<Progress>>),
    limits: Limits,
    reading: Reading,
) -> Result<reqwest::Response, Error> {
    // It has no body yet.
    let Some(mut request) = request.try_clone() else {
        return Err(Error::invalid_argument("the request cannot be sent twice"));
    };
    check_headers(request.headers())?;
    if let Some(body) = body {
        *request.body_mut() = Some(body);
    }
    let is_timed = matches!(reading, Reading::Whole(_)) && progress.is_none();
    *request.timeout_mut() = is_timed.then_some(limits.timeout);
    let http = clients.get(connection, request.url())?;
    let sent = with_connect_timeout(limits.timeout, http.execute(request));
    let (response, connected) = match is_timed {
        true => sent.await,
        false => in_time(sent, limits, progress.as_deref()).await?,
    };
    response.map_err(|error| match connection {
        // Also where the attempt was over first, because its thread was blocked or the process stopped.
        Connection::Fresh if !connected => Error::unconnected(error),
        _ => Error::transport(error),
    })
}

/// Waits for a response for as long as the body of the request is read, and then until the timeout.
async fn in_time<F: Future>(
    sent: F,
    limits: Limits,
    progress: Option<&Progress>,
) -> Result<F::Output, Error> {
    let mut sent = pin!(sent);
    let began = Instant::now();
    let due = || {
        let last = progress.map_or(began, Progress::last);
        let due = last.checked_add(limits.timeout);
        due.into_iter().chain(limits.deadline).min()
    };
    loop {
        let Some(until) = due() else {
            return Ok(sent.await);
        };
        match timeout_at(until, sent.as_mut()).await {
            Ok(output) => return Ok(output),
            // Something was read meanwhile.
            Err(_) if due().is_some_and(|due| due > Instant::now()) => {}
            Err(_) => return Err(Error::too_late()),
        }
    }
}

fn check_headers(headers: &HeaderMap) -> Result<(), Error> {
    let lengths = headers.iter();
    let lengths = lengths.map(|(name, value)| name.as_str().len() + value.len());
    if lengths.sum::<usize>() <= LONGEST_HEADERS {
        return Ok(());
    }
    let what = format!("its headers would be longer than {LONGEST_HEADERS} bytes");
    Err(Error::invalid_argument(what))
}

/// Reads a body; `None` if it is too long. One that comes in one chunk is not copied.
async fn read(mut response: reqwest::Response, most: usize) -> Result<Option<Bytes>, Error> {
    let mut body = Bytes::new();
    let mut copied = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::transport)? {
        if body.len() + copied.len() + chunk.len() > most {
            return Ok(None);
        }
        if body.is_empty() && copied.is_empty() {
            body = chunk;
            continue;
        }
        copied.extend_from_slice(&std::mem::take(&mut body));
        copied.extend_from_slice(&chunk);
    }
    Ok(Some(match copied.is_empty() {
        true => body,
        false => copied.freeze(),
    }))
}
