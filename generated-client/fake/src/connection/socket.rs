//! A client's connection: it can be reset instead of closed, and it waits for the rest of a request
//! only so long, but for the next request as long as the client likes.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// What a connection and the service behind it tell each other.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    /// From the service: the connection is to be reset when it is dropped.
    pub reset: AtomicBool,
    /// A request has begun to come, and its head is not whole yet. The connection says the first,
    /// the service the second.
    pub head_is_due: AtomicBool,
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    signals: Arc<Signals>,
    request_timeout: Duration,
    /// Until when the rest of a request is waited for.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream, signals: Arc<Signals>, request_timeout: Duration) -> Self {
        Self {
            stream,
            signals,
            request_timeout,
            waiting: None,
        }
    }

    /// Waits for more of a request that has begun; fails when there was time enough.
    fn poll_request_timeout(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.signals.head_is_due.load(Ordering::Relaxed) {
            self.waiting = None;
            return Poll::Pending;
        }
        let request_timeout = self.request_timeout;
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(sleep(request_timeout)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.signals.reset.load(Ordering::Relaxed) {
            // A socket that does not take the option is closed: the client fails in either case.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.poll_request_timeout(context),
            Poll::Ready(read) => {
                if buffer.filled().len() > before {
                    self.signals.head_is_due.store(true, Ordering::Relaxed);
                }
                Poll::Ready(read)
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
