//! Media that can be read from any place.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Cursor, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncSeek};

use crate::Bytes;

/// Media that is uploaded in chunks of 8 MiB, each of which is sent again where it did not arrive.
///
/// Bytes are converted into one; a file is `ResumableUpload::reader(tokio::fs::File::open(path).await?)`.
/// It may fail as often in a row as the [`RetryPolicy`](crate::RetryPolicy) has attempts. It is sent once: a
/// clone of a request sends it where the other has not.
///
/// ```
/// use generated_client_runtime::ResumableUpload;
///
/// let upload = ResumableUpload::from(vec![0x89, 0x50]).content_type("image/png");
/// ```
#[derive(Clone)]
pub struct ResumableUpload {
    source: Arc<Mutex<Option<Source>>>,
    pub(super) content_type: Option<String>,
}

/// What can be read from any place.
pub(super) type Source = Pin<Box<dyn ReadAndSeek>>;

pub(super) trait ReadAndSeek: AsyncRead + AsyncSeek + Send {}

impl<T: AsyncRead + AsyncSeek + Send> ReadAndSeek for T {}

/// Without the content, which may be personal data.
impl fmt::Debug for ResumableUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumableUpload").finish_non_exhaustive()
    }
}

impl ResumableUpload {
    /// What a reader reads that can go back: a file. All of it is sent.
    pub fn reader(reader: impl AsyncRead + AsyncSeek + Send + 'static) -> Self {
        Self {
            source: Arc::new(Mutex::new(Some(Box::pin(reader)))),
            content_type: None,
        }
    }

    /// The media type. Without one it is `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, kind: impl Into<String>) -> Self {
        self.content_type = Some(kind.into());
        self
    }

    /// Takes the media, where it was not sent before.
    pub(super) fn take(&self) -> Option<Source> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        source.take()
    }
}

impl<T: Into<Bytes>> From<T> for ResumableUpload {
    fn from(content: T) -> Self {
        Self::reader(Cursor::new(content.into()))
    }
}

/// Goes to a place; returns where that is.
pub(super) async fn seek(source: &mut Source, to: SeekFrom) -> io::Result<u64> {
    poll_fn(|context| source.as_mut().poll_complete(context)).await?;
    source.as_mut().start_seek(to)?;
    poll_fn(|context| source.as_mut().poll_complete(context)).await
}
