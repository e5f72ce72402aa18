//! What is sent as it is: text, bytes, or a stream of bytes.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::Bytes;
use super::error::BODY_FAILED;

/// The most bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// A stream of bytes, each chunk of which may fail.
pub(super) type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BodyError>> + Send>>;

/// Something to upload: a request body, or a part of one, that is sent as it is.
///
/// Text and bytes are converted into one. A stream is sent while it is read, and can be sent only once: a
/// call whose stream was begun is not retried, also where the retry policy allows it. It may take as long as it takes:
/// the time of an attempt begins again with each chunk, unless [`RetryPolicy::timeout`] bounds the call.
///
/// [`RetryPolicy::timeout`]: super::RetryPolicy::timeout
///
/// ```
/// use generated_client_runtime::Upload;
///
/// let bytes = Upload::from(vec![0x89, 0x50]).content_type("image/png");
/// let stream = Upload::reader(&b"line\n"[..]).length(5).file_name("lines.txt");
/// ```
///
/// A file is `Upload::reader(tokio::fs::File::open(path).await?)`; with [`length`](Self::length), if it does
/// not grow meanwhile.
#[derive(Clone)]
pub struct Upload {
    pub(super) content: Content,
    pub(super) content_type: Option<String>,
    pub(super) file_name: Option<String>,
}

/// What is sent.
#[derive(Clone)]
pub(super) enum Content {
    Bytes(Bytes),
    /// A stream, and how many bytes it has, where that is known.
    Stream(Arc<Source>, Option<u64>),
}

/// Without the content, which may be personal data.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}

impl Upload {
    /// A stream of chunks.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::of_stream(Box::pin(Chunks(Box::pin(stream))))
    }

    /// What a reader reads: a file, a pipe, the body of a response.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::of_stream(Box::pin(Reader {
            reader: Box::pin(reader),
            buffer: Vec::new(),
        }))
    }

    fn of_stream(stream: ByteStream) -> Self {
        let source = Source {
            stream: Mutex::new(Some(stream)),
            begun: AtomicBool::new(false),
        };
        Self {
            content: Content::Stream(Arc::new(source), None),
            content_type: None,
            file_name: None,
        }
    }

    /// How many bytes a stream has: they are announced to the server, which some servers require. A stream
    /// that has more or fewer fails.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream(_, length) = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// The media type, in place of the one that the API's spec states.
    #[must_use]
    pub fn content_type(mut self, kind: impl Into<String>) -> Self {
        self.content_type = Some(kind.into());
        self
    }

    /// The file name of a part. It is sent as it is, without quotation marks and line breaks.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }
}

macro_rules! from_bytes {
    ($($kind:ty: $make:expr,)*) => {$(
        impl From<$kind> for Upload {
            fn from(content: $kind) -> Self {
                let make: fn($kind) -> Bytes = $make;
                Self {
                    content: Content::Bytes(make(content)),
                    content_type: None,
                    file_name: None,
                }
            }
        }
    )*};
}

from_bytes! {
    Bytes: |bytes| bytes,
    Vec<u8>: Bytes::from,
    String: Bytes::from,
    &str: |text| Bytes::copy_from_slice(text.as_bytes()),
    &[u8]: Bytes::copy_from_slice,
}

impl<const N: usize> From<&[u8; N]> for Upload {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

/// A stream that can be sent once.
pub(super) struct Source {
    stream: Mutex<Option<ByteStream>>,
    begun: AtomicBool,
}

impl Source {
    /// Takes the stream, of which something is read now.
    pub fn begin(&self) -> Option<ByteStream> {
        self.begun.store(true, Ordering::Relaxed);
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        stream.take()
    }

    /// Whether the stream cannot be sent any more.
    pub fn is_begun(&self) -> bool {
        self.begun.load(Ordering::Relaxed)
    }
}

/// Why a body could not be read. Its message is the same for all: one of the stream could hold anything.
#[derive(Debug)]
pub(super) struct BodyError(Option<Box<dyn StdError + Send + Sync>>);

impl BodyError {
    /// Without a cause.
    pub fn new() -> Self {
        Self(None)
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(BODY_FAILED)
    }
}

impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .as_deref()
            .map(|error| error as &(dyn StdError + 'static))
    }
}

/// A stream whose errors are of one type.
struct Chunks<S: ?Sized>(Pin<Box<S>>);

impl<S, E> Stream for Chunks<S>
where
    S: Stream<Item = Result<Bytes, E>> + ?Sized,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| BodyError(Some(error.into())))))
    }
}

/// A reader as a stream.
struct Reader<R: ?Sized> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead + ?Sized> Stream for Reader<R> {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = &mut *self;
        buffer.resize(CHUNK, 0);
        let mut read = ReadBuf::new(buffer);
        if let Err(error) = ready!(reader.as_mut().poll_read(context, &mut read)) {
            return Poll::Ready(Some(Err(BodyError(Some(error.into())))));
        }
        let filled = Bytes::copy_from_slice(read.filled());
        Poll::Ready((!filled.is_empty()).then_some(Ok(filled)))
    }
}
