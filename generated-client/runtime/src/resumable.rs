//! Resumable uploads: media is sent in chunks, and goes on after a failure where the server says that it is.
//!
//! Source: <https://cloud.google.com/storage/docs/performing-resumable-uploads>.

mod source;

use std::future::poll_fn;
use std::io::{self, SeekFrom};

use http::header::{CONTENT_LENGTH, CONTENT_RANGE, LOCATION, RANGE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Url;
use tokio::io::ReadBuf;

use super::attempt::Reading;
use super::backoff_policy::Backoff;
use super::media::{BYTES, Transfer};
use super::request_body::RequestBody;
use super::response::CallResponse;
use super::retry_loop::retry_loop;
use super::{Bytes, Call, Client, Error, Operation};
pub use source::ResumableUpload;
use source::{Source, seek};

/// How much is sent at once: a multiple of 256 KiB, as the protocol requires.
const CHUNK: usize = 8 << 20;

/// An upload that was announced.
struct Session {
    client: Client,
    operation: &'static Operation,
    url: Url,
    source: Source,
    /// How many bytes there are.
    length: u64,
    retries: Retries,
}

/// How far an upload is.
enum Progress {
    Done(Box<CallResponse>),
    /// The server has so many bytes: its response says so.
    Kept(u64, Error),
    Failed(Error),
}

/// Sends a call, and then its media, all within the time of a call.
pub(super) async fn send(call: Call, media: ResumableUpload) -> Result<CallResponse, Error> {
    let sent = upload(call.clone(), media);
    match call.client.shared.policy.timeout {
        Some(limit) => {
            let sent = tokio::time::timeout(limit, sent).await;
            sent.unwrap_or_else(|_| Err(Error::too_late()))
        }
        None => sent.await,
    }
}

async fn upload(mut call: Call, media: ResumableUpload) -> Result<CallResponse, Error> {
    let (client, operation) = (call.client.clone(), call.operation);
    let Some(mut source) = media.take() else {
        return Err(Error::invalid_argument(
            "the media was sent before: it can be sent once",
        ));
    };
    let length = seek(&mut source, SeekFrom::End(0))
        .await
        .map_err(unreadable)?;
    let kind = content_type(&media)?;
    call.transfer = Some(Transfer::Session { kind, length });
    let url = call.clone().request()?.0.url().clone();
    let policy = client.shared.policy.clone();
    let client = client.with_retry_policy(policy.clone().attempts(1));
    call.client = client.clone();
    let mut retries = Retries {
        attempts: policy.attempts,
        left: policy.attempts - 1,
        backoff: policy.backoff.start(),
        client: client.clone(),
    };
    let begun = loop {
        // An upload that is announced and never sent has no effect.
        match Box::pin(call.clone().execute()).await {
            Ok(response) => break response,
            Err(error) => retries.wait(error).await?,
        }
    };
    let session = Session {
        client,
        operation,
        url: session_url(&begun, &url)?,
        source,
        length,
        retries,
    };
    session.upload().await
}

fn content_type(media: &ResumableUpload) -> Result<HeaderValue, Error> {
    let kind = media.content_type.as_deref().unwrap_or(BYTES);
    let invalid = |_| Error::invalid_argument("the content type of the media is not valid");
    HeaderValue::try_from(kind).map_err(invalid)
}

impl Session {
    async fn upload(mut self) -> Result<CallResponse, Error> {
        let mut offset = 0;
        loop {
            let chunk = self.read(offset).await.map_err(unreadable)?;
            let range = match chunk.len() as u64 {
                0 => format!("bytes */{}", self.length),
                length => format!("bytes {offset}-{}/{}", offset + length - 1, self.length),
            };
            let mut progress = self.put(&range, chunk).await;
            while let Progress::Failed(error) = progress {
                self.retries.wait(error).await?;
                // How much of it arrived?
                let range = format!("bytes */{}", self.length);
                progress = self.put(&range, Bytes::new()).await;
            }
            match progress {
                Progress::Done(response) => return Ok(*response),
                Progress::Kept(kept, _) if kept > offset => {
                    self.retries.left = self.retries.attempts - 1;
                    offset = kept;
                }
                Progress::Kept(kept, error) => {
                    self.retries.wait_in_any_case(error).await?;
                    offset = kept;
                }
                Progress::Failed(error) => return Err(error),
            }
        }
    }

    /// Reads the chunk that begins at a place; nothing at the end.
    async fn read(&mut self, offset: u64) -> io::Result<Bytes> {
        let left = self.length.saturating_sub(offset);
        let mut chunk = vec![0; CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
        seek(&mut self.source, SeekFrom::Start(offset)).await?;
        let mut buffer = ReadBuf::new(&mut chunk);
        while buffer.remaining() > 0 {
            let before = buffer.filled().len();
            poll_fn(|context| self.source.as_mut().poll_read(context, &mut buffer)).await?;
            if buffer.filled().len() == before {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(chunk.into())
    }

    async fn put(&mut self, range: &str, chunk: Bytes) -> Progress {
        let mut request = reqwest::Request::new(Method::PUT, self.url.clone());
        let headers = request.headers_mut();
        if let Ok(range) = HeaderValue::try_from(range) {
            headers.insert(CONTENT_RANGE, range);
        }
        let body = match chunk.is_empty() {
            true => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
                RequestBody::default()
            }
            false => RequestBody::of_bytes(&chunk),
        };
        let reading = Reading::Whole(self.client.shared.max_body);
        let sent = retry_loop(&self.client, self.operation, request, body, reading).await;
        match sent {
            Ok(response) => Progress::Done(Box::new(response)),
            Err(error) if error.http_status() == Some(StatusCode::PERMANENT_REDIRECT) => {
                match kept(error.headers()).filter(|kept| *kept <= self.length) {
                    Some(kept) => Progress::Kept(kept, error),
                    None => Progress::Failed(error),
                }
            }
            Err(error) => Progress::Failed(error),
        }
    }
}

/// How often an upload may still fail in a row.
struct Retries {
    attempts: u32,
    left: u32,
    backoff: Backoff,
    client: Client,
}

impl Retries {
    /// Waits for the next attempt, if a failure may pass and there is one.
    async fn wait(&mut self, error: Error) -> Result<(), Error> {
        let may_pass = error.is_server_error()
            || (error.is_throttled() && !error.is_quota_exhausted())
            || error.is_connect()
            || error.is_interrupted()
            || error.is_timeout();
        match may_pass {
            true => self.wait_in_any_case(error).await,
            false => Err(error),
        }
    }

    /// Waits for the next attempt, if there is one.
    async fn wait_in_any_case(&mut self, error: Error) -> Result<(), Error> {
        if self.left == 0 {
            return Err(error);
        }
        self.left -= 1;
        let wait = self.backoff.next_wait();
        let wait = wait.max(error.retry_after().unwrap_or_default());
        self.client.shared.clock.sleep(wait).await;
        Ok(())
    }
}

/// Where the media goes. Credentials go there, too: it has to be on the same server.
fn session_url(begun: &CallResponse, asked: &Url) -> Result<Url, Error> {
    let wrong = |what| {
        let headers = begun.raw.headers.clone();
        Err(Error::decode(begun.raw.status, headers, Bytes::new(), what))
    };
    let location = begun.raw.headers.get(LOCATION);
    let location = location.and_then(|it| it.to_str().ok());
    match location.and_then(|it| asked.join(it).ok()) {
        Some(url) if url.origin() == asked.origin() => Ok(url),
        Some(_) => wrong("its `Location` is on another server, where no upload is sent"),
        None => wrong("it has no `Location` for the upload"),
    }
}

/// How many bytes the server has: those up to the end of the range that it names, or none.
fn kept(headers: Option<&HeaderMap>) -> Option<u64> {
    let Some(range) = headers?.get(RANGE) else {
        return Some(0);
    };
    let (first, last) = range
        .to_str()
        .ok()?
        .strip_prefix("bytes=")?
        .split_once('-')?;
    let last: u64 = last.parse().ok()?;
    (first == "0").then(|| last.checked_add(1)).flatten()
}

/// The message of an error of a file could name it.
fn unreadable(_: io::Error) -> Error {
    Error::invalid_argument("the media cannot be read")
}
