//! A body that comes in pieces, and does not always end as it should.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How long a body waits before it breaks off, so that what came before has left.
const BEFORE_BREAK: Duration = Duration::from_millis(20);

/// What an endless body consists of.
static FILLER: [u8; 16 * 1024] = [b' '; 16 * 1024];

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Finished,
    /// With an error, by which the connection ends.
    Broken,
    /// Blanks follow, for as long as they are read.
    Never,
}

/// Pieces, with a pause before each.
pub(crate) struct Drip {
    pieces: VecDeque<Bytes>,
    pause: Duration,
    end: End,
    /// What `Content-Length` says.
    promised: Option<u64>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Drip {
    pub(crate) fn new(pieces: impl IntoIterator<Item = Vec<u8>>, end: End) -> Self {
        Self {
            pieces: pieces.into_iter().map(Bytes::from).collect(),
            pause: Duration::ZERO,
            end,
            promised: None,
            sleep: None,
        }
    }

    pub(crate) fn pausing(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    pub(crate) fn promising(mut self, length: usize) -> Self {
        self.promised = Some(length as u64);
        self
    }

    /// Waits before what comes next. Without a pause there is nothing to wait for.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let pause = match (self.pieces.is_empty(), self.end) {
            (false, _) => self.pause,
            (true, End::Broken) => BEFORE_BREAK,
            (true, End::Finished | End::Never) => Duration::ZERO,
        };
        if pause.is_zero() {
            return Poll::Ready(());
        }
        let waiting = self.sleep.get_or_insert_with(|| Box::pin(sleep(pause)));
        ready!(waiting.as_mut().poll(context));
        self.sleep = None;
        Poll::Ready(())
    }
}

impl Body for Drip {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        ready!(self.poll_pause(context));
        if let Some(piece) = self.pieces.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        Poll::Ready(match self.end {
            End::Finished => None,
            End::Broken => Some(Err(io::ErrorKind::ConnectionReset.into())),
            End::Never => Some(Ok(Frame::data(Bytes::from_static(&FILLER)))),
        })
    }

    fn size_hint(&self) -> SizeHint {
        // What is left of the promise is not counted down: hyper asks once, before the first piece.
        self.promised.map(SizeHint::with_exact).unwrap_or_default()
    }
}
