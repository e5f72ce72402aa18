//! Connections that never come about: the calls were certainly not executed.

use std::future::pending;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use generated_client::cloudidentity::Client;
use generated_client::cloudidentity::api::names::CustomerName;
use generated_client::runtime::{Builder, Error, RetryPolicy};
use reqwest::ClientBuilder;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tests::recorder::{Recorder, ResponseTemplate};
use tokio::net::{TcpSocket, TcpStream};

use super::{builder, invitation};
use crate::support::holding;

const MILLISECOND: Duration = Duration::from_millis(1);

/// Longer than any of these tests may take.
const LONG: Duration = Duration::from_secs(60);

/// A resolver of names that does not respond at first.
#[derive(Clone, Default)]
struct Silent {
    /// The number of lookups.
    asked: Arc<AtomicUsize>,
    /// Whether every lookup but the first resolves, to this machine.
    resolves: bool,
}

impl Resolve for Silent {
    fn resolve(&self, _: Name) -> Resolving {
        let first = self.asked.fetch_add(1, Ordering::SeqCst) == 0;
        if first || !self.resolves {
            return Box::pin(pending());
        }
        let here = std::iter::once(SocketAddr::from(([127, 0, 0, 1], 0)));
        Box::pin(async move { Ok(Box::new(here) as Addrs) })
    }
}

/// A server on which connections wait for somebody to accept them; and with `full` there are as many as
/// can wait already.
struct Deaf {
    _listener: tokio::net::TcpListener,
    _waiting: Vec<TcpStream>,
    address: SocketAddr,
}

impl Deaf {
    async fn start(full: bool) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(if full { 1 } else { 64 }).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        if full {
            let connect = || tokio::time::timeout(50 * MILLISECOND, TcpStream::connect(address));
            while let Ok(connection) = connect().await {
                waiting.push(connection.unwrap());
            }
        }
        Self {
            _listener: listener,
            _waiting: waiting,
            address,
        }
    }
}

/// Sends with every limit that is shorter than the ten seconds for a connection.
async fn outcomes(client: Builder<Client>) -> Vec<Error> {
    let twice = RetryPolicy::default()
        .attempts(2)
        .backoff(Duration::ZERO, Duration::ZERO);
    let client = client.retry_policy(twice.clone().timeout(LONG));
    let ada = invitation(&client.build().unwrap());
    let policies = [
        twice.clone().attempt_timeout(100 * MILLISECOND),
        twice.clone().timeout(150 * MILLISECOND),
        twice.timeout(LONG).attempt_timeout(50 * MILLISECOND),
    ];
    let calls = policies.map(|policy| ada.with_retry_policy(policy));
    let sent = join_all(calls.iter().map(|ada| ada.send())).await;
    sent.into_iter().map(Result::unwrap_err).collect()
}

#[tokio::test]
async fn a_call_without_a_connection_is_not_executed_and_is_retried() {
    let (full, deaf) = (Deaf::start(true).await, Deaf::start(false).await);
    let proxy = reqwest::Proxy::all(format!("http://{}", deaf.address)).unwrap();
    let tunnel = move |http: ClientBuilder| http.proxy(proxy.clone());
    let names = |http: ClientBuilder| http.dns_resolver(Silent::default());
    let cases = [
        ("TCP", builder(&format!("http://{}", full.address))),
        ("TLS", builder(&format!("https://{}", deaf.address))),
        ("a tunnel", builder("https://localhost:1").http(tunnel)),
        ("names", builder("https://api.example.com").http(names)),
    ];
    let (what, clients): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let errors = join_all(clients.into_iter().map(outcomes)).await;
    for (what, errors) in what.into_iter().zip(errors) {
        for error in errors {
            assert_eq!(holding(&error), "connect", "{what}: {error:?}");
            assert_eq!(error.attempts(), 2, "{what}");
        }
    }
}

#[tokio::test]
async fn a_call_whose_second_connection_is_established_succeeds() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let base_url = server.base_url().replace("127.0.0.1", "localhost");
    let resolver = Silent {
        resolves: true,
        ..Silent::default()
    };
    let client = builder(&base_url)
        .http(move |http| http.dns_resolver(resolver.clone()))
        .retry_policy(RetryPolicy::default().attempt_timeout(100 * MILLISECOND));
    let sent = invitation(&client.build().unwrap()).send().await.unwrap();
    assert_eq!((sent.attempts(), server.take().len()), (2, 1));
}

/// The thread is blocked for longer than the attempt may take.
#[tokio::test]
async fn a_connection_not_established_while_nothing_ran_is_a_connect_error() {
    let deaf = Deaf::start(false).await;
    let client = builder(&format!("https://{}", deaf.address))
        .retry_policy(RetryPolicy::once().attempt_timeout(20 * MILLISECOND));
    let ada = invitation(&client.build().unwrap());
    let sending = ada.send();
    let block = async { std::thread::sleep(60 * MILLISECOND) };
    let (sent, ()) = tokio::join!(sending, block);
    assert_eq!(holding(&sent.unwrap_err()), "connect");
}

#[tokio::test]
async fn a_connect_timeout_of_the_caller_is_kept() {
    let deaf = Deaf::start(false).await;
    let client = builder(&format!("https://{}", deaf.address))
        .http(|http| http.connect_timeout(20 * MILLISECOND))
        .retry_policy(RetryPolicy::once().attempt_timeout(LONG));
    let ada = invitation(&client.build().unwrap());
    let error = tokio::time::timeout(LONG / 4, ada.send()).await;
    assert_eq!(holding(&error.unwrap().unwrap_err()), "connect");
}

#[tokio::test]
async fn a_silent_server_leaves_the_outcome_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = builder(&format!("http://{}", listener.local_addr().unwrap()))
        .retry_policy(RetryPolicy::default().attempt_timeout(50 * MILLISECOND));
    let error = invitation(&client.build().unwrap()).send().await;
    let error = error.unwrap_err();
    assert_eq!(holding(&error), "timeout, outcome unknown");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn headers_that_are_too_long_are_not_sent() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    for (length, sent) in [(250 << 10, 1), (256 << 10, 0), (10 << 20, 0)] {
        let client = builder(server.base_url()).token("a".repeat(length));
        let outcome = invitation(&client.build().unwrap()).send().await;
        assert_eq!(server.take().len(), sent, "{length}");
        assert_eq!(outcome.is_ok(), sent == 1, "{length}: {outcome:?}");
        if let Err(error) = outcome {
            assert_eq!(holding(&error), "invalid argument", "{length}: {error:?}");
        }
    }
}

#[tokio::test]
async fn urls_that_are_too_long_are_not_sent() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = builder(server.base_url()).build().unwrap();
    let parent = CustomerName::new("C1").unwrap();
    let path = "/v1/customers/C1/userinvitations?filter=";
    let room = 65_534 - server.base_url().len() - path.len();
    for (length, sent) in [(room, 1), (room + 1, 0), (1 << 20, 0)] {
        let invitations = client.api().customers().userinvitations();
        let listed = invitations.list(&parent).filter("a".repeat(length));
        let outcome = listed.send().await.map(drop);
        assert_eq!(server.take().len(), sent, "{length}");
        assert_eq!(outcome.is_ok(), sent == 1, "{length}: {outcome:?}");
        if let Err(error) = outcome {
            assert_eq!(holding(&error), "invalid argument", "{length}: {error:?}");
        }
    }
}
