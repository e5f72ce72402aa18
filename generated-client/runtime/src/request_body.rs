//! The body of a request: what is sent, as which media type, and whether it can be sent again.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use super::error::InvalidArgument;
use super::upload::{BodyError, ByteStream, Content, Source};
use super::{Bytes, Multipart, Upload, multipart};

/// How much of a long body is a piece.
const PIECE: usize = 64 << 10;

/// The body of a call, before it is sent.
#[derive(Clone)]
pub(super) enum CallBody {
    /// JSON, or the fields of a form.
    Written(Bytes),
    Upload(Upload),
    Multipart(Multipart),
    /// A message in JSON, and media.
    Related(Bytes, Upload),
}

/// The body of a request, which every attempt sends.
#[derive(Clone, Default)]
pub(super) struct RequestBody {
    pieces: Vec<Piece>,
}

/// A piece of a body.
#[derive(Clone)]
pub(super) enum Piece {
    Bytes(Bytes),
    /// A stream, and how many bytes it has, where that is known.
    Stream(Arc<Source>, Option<u64>),
}

impl CallBody {
    /// The body, and its media type where the value has one of its own.
    pub fn write(self) -> Result<(RequestBody, Option<String>), InvalidArgument> {
        let (kind, pieces) = match self {
            Self::Written(bytes) => (None, vec![Piece::Bytes(bytes)]),
            Self::Multipart(multipart) => {
                let (kind, pieces) = multipart.write()?;
                (Some(kind), pieces)
            }
            Self::Related(message, media) => {
                let (kind, pieces) = multipart::related(message, media)?;
                (Some(kind), pieces)
            }
            Self::Upload(upload) => (upload.content_type, vec![upload.content.into()]),
        };
        let body = RequestBody { pieces };
        match body.is_spent() {
            true => Err(InvalidArgument::new(
                "the stream of the request body was sent before: it can be sent once",
            )),
            false => Ok((body, kind)),
        }
    }
}

impl From<Content> for Piece {
    fn from(content: Content) -> Self {
        match content {
            Content::Bytes(bytes) => Self::Bytes(bytes),
            Content::Stream(source, length) => Self::Stream(source, length),
        }
    }
}

impl RequestBody {
    /// A body that takes as long as it takes: the time of an attempt begins again with each piece.
    pub fn of_bytes(bytes: &Bytes) -> Self {
        let starts = (0..bytes.len()).step_by(PIECE);
        let pieces = starts.map(|start| bytes.slice(start..bytes.len().min(start + PIECE)));
        Self {
            pieces: [Bytes::new()]
                .into_iter()
                .chain(pieces)
                .map(Piece::Bytes)
                .collect(),
        }
    }

    /// Whether a stream of the body was begun, so that it cannot be sent any more.
    pub fn is_spent(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Bytes(_) => false,
            Piece::Stream(source, _) => source.is_begun(),
        })
    }

    /// The body of one attempt, and how far it is read; nothing where there is none.
    pub fn of_attempt(&self) -> (Option<reqwest::Body>, Option<Arc<Progress>>) {
        match self.pieces.as_slice() {
            [] => (None, None),
            [Piece::Bytes(bytes)] => (Some(bytes.clone().into()), None),
            pieces => {
                let progress = Arc::new(Progress(Mutex::new(Instant::now())));
                let body = reqwest::Body::wrap(Pieces {
                    pieces: pieces.to_vec().into(),
                    stream: Mutex::new(None),
                    progress: progress.clone(),
                });
                (Some(body), Some(progress))
            }
        }
    }
}

/// When something of a body was last taken by the connection.
pub(super) struct Progress(Mutex<Instant>);

impl Progress {
    fn advance(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// When that was.
    pub fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of one attempt, piece by piece.
struct Pieces {
    pieces: VecDeque<Piece>,
    /// The stream that is being read, and how many bytes it has left. A lock makes it `Sync`; nothing waits
    /// for it.
    stream: Mutex<Option<(ByteStream, Option<u64>)>>,
    progress: Arc<Progress>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let Self {
            pieces,
            stream,
            progress,
        } = &mut *self;
        progress.advance();
        let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some((chunks, left)) = stream {
                match ready!(chunks.as_mut().poll_next(context)) {
                    Some(Ok(chunk)) => {
                        let counted = count(left, chunk.len());
                        return Poll::Ready(Some(counted.map(|()| Frame::data(chunk))));
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None if left.is_some_and(|left| left > 0) => {
                        return Poll::Ready(Some(Err(BodyError::new())));
                    }
                    None => *stream = None,
                }
            }
            match pieces.pop_front() {
                None => return Poll::Ready(None),
                Some(Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Piece::Stream(source, length)) => match source.begin() {
                    Some(begun) => *stream = Some((begun, length)),
                    None => return Poll::Ready(Some(Err(BodyError::new()))),
                },
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.len() as u64),
            Piece::Stream(_, length) => *length,
        });
        let begun = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = begun.as_ref().map(|(_, left)| *left);
        let sum = lengths
            .chain(begun)
            .try_fold(0_u64, |sum, length| sum.checked_add(length?));
        sum.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Counts a chunk of a stream that has so many bytes left, where that is known.
fn count(left: &mut Option<u64>, chunk: usize) -> Result<(), BodyError> {
    if let Some(left) = left {
        *left = left.checked_sub(chunk as u64).ok_or_else(BodyError::new)?;
    }
    Ok(())
}
