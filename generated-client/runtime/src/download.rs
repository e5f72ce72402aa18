//! The body of a response that is read bit by bit.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use http_body::Body as _;
use tokio::time::{Instant, Sleep, sleep};

use super::decode::text_of;
use super::error::Trace;
use super::response::CallResponse;
use super::{Bytes, Error};

/// A time that no chunk takes.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// The body of a response that is no JSON: a file, a table, a stream of events. Nothing of it is read before
/// it is asked for; a chunk may take as long as an attempt may.
///
/// The maximum of the client for bodies does not apply: it is a stream of chunks, and
/// [`bytes`](Self::bytes) and [`text`](Self::text) have a limit of their own.
///
/// ```no_run
/// # async fn save(mut download: generated_client_runtime::Download)
/// #     -> Result<(), Box<dyn std::error::Error>> {
/// let mut length = 0;
/// while let Some(chunk) = download.chunk().await? {
///     length += chunk.len();
/// }
/// # Ok(())
/// # }
/// ```
pub struct Download {
    body: reqwest::Body,
    status: StatusCode,
    headers: HeaderMap,
    trace: Trace,
    /// How long a chunk may take.
    timeout: Duration,
    /// When the one that is waited for has taken too long. Time in which none is waited for does not count.
    late: Pin<Box<Sleep>>,
    waiting: bool,
    /// Whether there is nothing more to read.
    ended: bool,
}

/// Without the content, which may be personal data.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").finish_non_exhaustive()
    }
}

impl Download {
    /// The body of a response; `body` is what was not read of it.
    pub(super) fn new(response: &CallResponse, body: reqwest::Body, timeout: Duration) -> Self {
        Self {
            body,
            status: response.raw.status,
            headers: response.raw.headers.clone(),
            trace: response.trace,
            timeout,
            late: Box::pin(sleep(timeout)),
            waiting: false,
            ended: false,
        }
    }

    /// The media type, where the server states one.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes there will be, where the server states that.
    pub fn content_length(&self) -> Option<u64> {
        self.headers
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// The next chunk; nothing at the end.
    ///
    /// # Errors
    ///
    /// The connection failed, or the chunk came too late. What was read is not the whole.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await;
        chunk.transpose()
    }

    /// The whole body, of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// Those of [`chunk`](Self::chunk), and a body that is longer.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut all = bytes::BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if all.len() + chunk.len() > limit {
                return Err(self.error(format!("it is longer than {limit} bytes")));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// The whole body as text, of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// Those of [`bytes`](Self::bytes), and a body that is no text.
    pub async fn text(self, limit: usize) -> Result<String, Error> {
        let (status, headers, trace) = (self.status, self.headers.clone(), self.trace);
        let body = self.bytes(limit).await?;
        text_of(&headers, &body)
            .map_err(|what| Error::decode(status, headers, Bytes::new(), what).with(trace))
    }

    /// Waits until the chunk that is waited for has taken too long.
    fn poll_late(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if !self.waiting {
            self.waiting = true;
            let deadline = Instant::now().checked_add(self.timeout);
            let deadline = deadline.unwrap_or_else(|| Instant::now() + LONGEST);
            self.late.as_mut().reset(deadline);
        }
        self.late.as_mut().poll(context)
    }

    fn error(&self, what: String) -> Error {
        Error::decode(self.status, self.headers.clone(), Bytes::new(), what).with(self.trace)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            let polled = Pin::new(&mut self.body).poll_frame(context);
            if polled.is_pending() {
                ready!(self.poll_late(context));
                self.ended = true;
                return Poll::Ready(Some(Err(Error::too_late().with(self.trace))));
            }
            self.waiting = false;
            match ready!(polled) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(chunk) if chunk.is_empty() => {}
                    Ok(chunk) => return Poll::Ready(Some(Ok(chunk))),
                    // Trailers.
                    Err(_) => {}
                },
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(Error::transport(error).with(self.trace))));
                }
                None => {
                    self.ended = true;
                    return Poll::Ready(None);
                }
            }
        }
    }
}
