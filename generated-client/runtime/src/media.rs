//! Media that travels with a call: uploads and downloads as Google's APIs have them.
//!
//! Sources: <https://developers.google.com/workspace/drive/api/guides/manage-uploads>,
//! <https://cloud.google.com/storage/docs/uploads-downloads>.

use std::ops::{Bound, RangeBounds};

use http::header::{ACCEPT, CONTENT_RANGE, RANGE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use reqwest::Url;

use super::http_request::with_path;
use super::request_body::CallBody;
use super::resumable::ResumableUpload;
use super::{Bytes, Call, Download, Error, Response, Upload};

const X_UPLOAD_CONTENT_TYPE: HeaderName = HeaderName::from_static("x-upload-content-type");
const X_UPLOAD_CONTENT_LENGTH: HeaderName = HeaderName::from_static("x-upload-content-length");

/// How media travels with a call.
#[derive(Clone)]
pub(super) enum Transfer {
    /// In the response, as a whole or a range of it.
    Download(Option<HeaderValue>),
    /// In the request, behind its message.
    Upload,
    /// In requests after this one.
    Resumable(ResumableUpload),
    /// In requests after this one, which announces them.
    Session { kind: HeaderValue, length: u64 },
}

impl Transfer {
    /// Whether the request goes to where uploads are.
    pub fn is_upload(&self) -> bool {
        !matches!(self, Self::Download(_))
    }

    /// Whether other requests follow.
    pub fn is_resumable(&self) -> bool {
        matches!(self, Self::Resumable(_))
    }

    /// Sets what a request says of its media.
    pub fn set_headers(&self, headers: &mut HeaderMap) {
        match self {
            Self::Download(range) => {
                headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
                if let Some(range) = range {
                    headers.insert(RANGE, range.clone());
                }
            }
            Self::Session { kind, length } => {
                headers.insert(X_UPLOAD_CONTENT_TYPE, kind.clone());
                headers.insert(X_UPLOAD_CONTENT_LENGTH, HeaderValue::from(*length));
            }
            Self::Upload | Self::Resumable(_) => {}
        }
    }
}

impl Call {
    /// Sends the call for the media, whose body is left to be read by the caller.
    ///
    /// # Errors
    ///
    /// Those of [`send_download`](Self::send_download).
    pub async fn send_media_download(mut self) -> Result<Response<Download>, Error> {
        self.transfer = Some(Transfer::Download(None));
        self.query("alt", &"media", None).send_download().await
    }

    /// Sends the call for a range of the bytes of the media.
    ///
    /// # Errors
    ///
    /// Those of [`send_download`](Self::send_download), a range that is empty, and a response that is not of
    /// this range.
    pub async fn send_media_range(
        mut self,
        range: impl RangeBounds<u64>,
    ) -> Result<Response<Download>, Error> {
        let (first, value) = header(&range)?;
        self.transfer = Some(Transfer::Download(Some(value)));
        let response = self.query("alt", &"media", None).send_download().await?;
        let stated = response.headers().get(CONTENT_RANGE);
        let stated = stated.and_then(|stated| stated.to_str().ok());
        let begins = |stated: &str| stated.starts_with(&format!("bytes {first}-"));
        if response.status() == StatusCode::PARTIAL_CONTENT && stated.is_none_or(begins) {
            return Ok(response);
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let what = "it is not of the range that was asked for";
        Err(Error::decode(status, headers, Bytes::new(), what))
    }

    /// Sends media with the message of the call, in one request.
    pub fn media(mut self, media: impl Into<Upload>) -> Self {
        let mut media = media.into();
        let kind = media.content_type.take();
        let media = media.content_type(kind.as_deref().unwrap_or(BYTES));
        let (way, body) = match self.body.take() {
            Some(CallBody::Written(message)) => ("multipart", CallBody::Related(message, media)),
            _ => ("media", CallBody::Upload(media)),
        };
        self.body = Some(body);
        self.transfer = Some(Transfer::Upload);
        self.query("uploadType", &way, None)
    }

    /// Sends media after the message of the call, in as many requests as it takes.
    pub fn resumable_media(mut self, media: impl Into<ResumableUpload>) -> Self {
        self.transfer = Some(Transfer::Resumable(media.into()));
        self.query("uploadType", &"resumable", None)
    }
}

/// The media type of media that states none.
pub(super) const BYTES: &str = "application/octet-stream";

/// The URL of an upload: the path stands below `/upload`, on the same server.
pub(super) fn upload_url(base: &Url, path: &str, query: &str) -> Result<Url, Error> {
    let below = base.path().trim_end_matches('/');
    with_path(base, &format!("/upload{below}{path}"), query)
}

/// The header of a range, and its first byte.
fn header(range: &impl RangeBounds<u64>) -> Result<(u64, HeaderValue), Error> {
    let wrong = || Error::invalid_argument("the range of bytes is empty");
    let first = match range.start_bound() {
        Bound::Included(first) => *first,
        Bound::Excluded(before) => before.checked_add(1).ok_or_else(wrong)?,
        Bound::Unbounded => 0,
    };
    let last = match range.end_bound() {
        Bound::Included(last) => Some(*last),
        Bound::Excluded(end) => Some(end.checked_sub(1).ok_or_else(wrong)?),
        Bound::Unbounded => None,
    };
    if last.is_some_and(|last| last < first) {
        return Err(wrong());
    }
    let last = last.map(|last| last.to_string()).unwrap_or_default();
    let value = HeaderValue::try_from(format!("bytes={first}-{last}"));
    Ok((first, value.map_err(|_| wrong())?))
}
