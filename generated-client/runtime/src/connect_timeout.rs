//! The connect timeout of an attempt: name lookup, TCP, a proxy's tunnel, and TLS.
//!
//! reqwest has one connect timeout for each of its clients. This one is for each attempt, so that a connect
//! timeout always comes before that of the attempt, whose request is known as not executed then.

use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// The attempt of this task.
    static ATTEMPT: Connecting;
}

type BoxError = Box<dyn StdError + Send + Sync>;

/// The deadline of an attempt's connections, and their result.
#[derive(Clone, Debug)]
struct Connecting {
    deadline: Option<Instant>,
    /// Whether one was established.
    connected: Arc<AtomicBool>,
}

/// Runs an attempt that may take this long. Half of that is for the connection: the other half is left
/// for the response, or for another attempt. Where one is inside of another, the earlier deadline counts.
/// Returns also whether a connection was made for it: none is where an idle one was used.
pub(super) async fn with_connect_timeout<F: Future>(
    timeout: Duration,
    attempt: F,
) -> (F::Output, bool) {
    let outer = ATTEMPT.try_with(|outer| outer.deadline).ok().flatten();
    let own = Instant::now().checked_add(timeout / 2);
    let connecting = Connecting {
        deadline: own.into_iter().chain(outer).min(),
        connected: Arc::default(),
    };
    let connected = connecting.connected.clone();
    let output = ATTEMPT.scope(connecting, attempt).await;
    (output, connected.load(Ordering::Relaxed))
}

/// Gives every connection the deadline of the attempt that it is made for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConnectTimeoutLayer;

impl<S> Layer<S> for ConnectTimeoutLayer {
    type Service = ConnectTimeout<S>;

    fn layer(&self, connector: S) -> Self::Service {
        ConnectTimeout(Arc::new(connector))
    }
}

/// A connector with a deadline. An HTTP client clones it several times for each request, so a clone is only
/// another reference to the connector.
#[derive(Debug)]
pub(super) struct ConnectTimeout<S>(Arc<S>);

impl<S> Clone for ConnectTimeout<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S, Destination> Service<Destination> for ConnectTimeout<S>
where
    S: Service<Destination, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    Destination: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    /// A connector that is cloned for a call is ready when it says so itself.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    /// It is called in the attempt's own task, also where the connection is finished in another one,
    /// because an idle one came first.
    fn call(&mut self, destination: Destination) -> Self::Future {
        let attempt = ATTEMPT.try_with(Connecting::clone);
        let mut connector = S::clone(&self.0);
        let connecting = async move {
            poll_fn(|context| connector.poll_ready(context)).await?;
            connector.call(destination).await
        };
        Box::pin(async move {
            let Ok(attempt) = attempt else {
                return connecting.await;
            };
            let connection = match attempt.deadline {
                None => connecting.await,
                Some(deadline) => timeout_at(deadline, connecting).await.unwrap_or_else(|_| {
                    let late = "no connection was established in half of the attempt's timeout";
                    Err(io::Error::new(io::ErrorKind::TimedOut, late).into())
                }),
            };
            attempt
                .connected
                .store(connection.is_ok(), Ordering::Relaxed);
            connection
        })
    }
}
