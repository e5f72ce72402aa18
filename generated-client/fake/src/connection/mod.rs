//! Takes connections, and holds each until it ends: in peace, by a reset, or because what came is
//! no request.

mod socket;

use std::convert::Infallible;
use std::error::Error as _;
use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::reply::Broken;
use socket::{Signals, Socket};

/// The longest head of a request.
const LONGEST_HEAD: usize = 64 << 10;

/// How long is waited when no connection can be taken, as when there are no files left.
const PAUSE: Duration = Duration::from_millis(50);

/// How much is read of what is no request, so that the response arrives.
const THROWN_AWAY: u64 = 64 << 20;

/// The response to half a request, or another protocol, past hyper, which says nothing to it.
const BAD: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
/// The response to a request whose head does not arrive.
const LATE: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Serves until it is dropped; the connections end with it.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    request_timeout: Duration,
) -> Infallible {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(hold(stream, router.clone(), request_timeout));
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
            // Those that have ended are forgotten.
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn hold(stream: TcpStream, router: Router, request_timeout: Duration) {
    // Without it, small responses wait for the client's acknowledgement. It is only slower then.
    let _ = stream.set_nodelay(true);
    let signals = Arc::new(Signals::default());
    let socket = TokioIo::new(Socket::new(stream, Arc::clone(&signals), request_timeout));
    let router = TowerToHyperService::new(router);
    // Boxed, so that the connection can be taken apart at its end.
    let service = service_fn(|request| Box::pin(respond(&router, request, &signals)));
    let mut connection = http1::Builder::new()
        // The socket knows better: hyper's limit would end a connection that is only idle.
        .header_read_timeout(None)
        .max_buf_size(LONGEST_HEAD)
        // A client that has said everything may still wait for its response.
        .half_close(true)
        .serve_connection(socket, service);
    let ended = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let socket = connection.into_parts().io.into_inner();
    if !signals.reset.load(Ordering::Relaxed) {
        let _ = timeout(request_timeout, hang_up(socket, ended)).await;
    }
}

/// Says what hyper leaves unsaid, and closes in a way that lets the client read it.
async fn hang_up(mut socket: Socket, ended: hyper::Result<()>) -> io::Result<()> {
    match &ended {
        Err(error) if is_late(error) => socket.write_all(LATE).await?,
        Err(error) if error.is_incomplete_message() || error.is_parse_version_h2() => {
            socket.write_all(BAD).await?;
        }
        _ => {}
    }
    socket.shutdown().await?;
    // To close while something is unread would reset the connection, and with it the response.
    if ended.is_err() {
        tokio::io::copy(&mut socket.take(THROWN_AWAY), &mut tokio::io::sink()).await?;
    }
    Ok(())
}

/// Whether the request timed out.
fn is_late(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    cause.is_some_and(|cause: &io::Error| cause.kind() == io::ErrorKind::TimedOut)
}

/// Responds, or closes the connection.
async fn respond(
    router: &TowerToHyperService<Router>,
    request: Request<Incoming>,
    signals: &Signals,
) -> io::Result<Response<Body>> {
    signals.head_is_due.store(false, Ordering::Relaxed);
    let Ok(reply) = router.call(request).await;
    // What came of the body since has its own limit, and is whole.
    signals.head_is_due.store(false, Ordering::Relaxed);
    let broken = reply.extensions().get::<Broken>().copied();
    signals.reset.store(broken.is_some(), Ordering::Relaxed);
    match broken {
        Some(Broken::AtOnce) => Err(io::ErrorKind::ConnectionReset.into()),
        Some(Broken::InBody) | None => Ok(reply),
    }
}
