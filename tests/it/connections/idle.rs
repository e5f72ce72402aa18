//! Calls after a pause in which the server has closed the connections that were kept.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use futures_util::future::join_all;
use generated_client::cloudidentity::Client;
use tokio::runtime::{Builder as RuntimeBuilder, Runtime};

use super::server::{Closing, Server};
use super::{builder, child, invitation, run_again};

/// Long enough for a runtime that runs to notice that connections were closed.
const NOTICE: Duration = Duration::from_millis(20);

/// How many connections are kept.
const KEPT: usize = 5;

/// The name of a runtime, and what makes it.
type Flavor = (&'static str, fn() -> RuntimeBuilder);

const FLAVORS: [Flavor; 2] = [
    ("current_thread", RuntimeBuilder::new_current_thread),
    ("multi_thread", RuntimeBuilder::new_multi_thread),
];

fn runtime((_, flavor): Flavor) -> Runtime {
    flavor().enable_all().build().unwrap()
}

fn client(server: &Server) -> Client {
    builder(&server.base_url).build().unwrap()
}

/// Leaves idle connections behind.
async fn keep_connections(client: &Client) {
    let invitation = invitation(client);
    let calls = join_all((0..KEPT).map(|_| invitation.get())).await;
    assert!(calls.iter().all(Result::is_ok), "{calls:?}");
}

/// Calls every method at once. Returns what failed.
async fn failures(client: &Client) -> Vec<String> {
    let ada = invitation(client);
    let list = client.customer("C1").unwrap().invitations();
    let sent = async { ada.send().await.map(|sent| sent.attempts()) };
    let cancelled = async { ada.cancel().await.map(|sent| sent.attempts()) };
    let page = async { list.pages().try_next().await.map(drop) };
    let (got, invitable, page, sent, cancelled) =
        tokio::join!(ada.get(), ada.is_invitable(), page, sent, cancelled);
    let outcomes = [
        ("get", got.map(drop)),
        ("isInvitableUser", invitable.map(drop)),
        ("list", page),
        // A call that was tried again was sent on a connection of no use.
        ("send", sent.map(|attempts| assert_eq!(attempts, 1))),
        ("cancel", cancelled.map(|attempts| assert_eq!(attempts, 1))),
    ];
    let failed = outcomes.into_iter();
    let failed = failed.filter_map(|(method, outcome)| Some((method, outcome.err()?)));
    failed.map(|failed| format!("{failed:?}")).collect()
}

/// How a program pauses. Returns what failed after that.
type Pause = fn(Flavor, &Server) -> Vec<String>;

const PAUSES: [(&str, Pause); 4] = [
    ("the runtime runs", runtime_runs),
    ("outside of the runtime", outside),
    ("the thread is blocked", blocked),
    ("in another runtime", other_runtime),
];

fn runtime_runs(flavor: Flavor, server: &Server) -> Vec<String> {
    runtime(flavor).block_on(async {
        let client = client(server);
        keep_connections(&client).await;
        server.close_idle();
        tokio::time::sleep(NOTICE).await;
        failures(&client).await
    })
}

fn outside(flavor: Flavor, server: &Server) -> Vec<String> {
    let (runtime, client) = (runtime(flavor), client(server));
    runtime.block_on(keep_connections(&client));
    server.close_idle();
    runtime.block_on(failures(&client))
}

fn blocked(flavor: Flavor, server: &Server) -> Vec<String> {
    runtime(flavor).block_on(async {
        let client = client(server);
        keep_connections(&client).await;
        server.close_idle();
        failures(&client).await
    })
}

/// The first runtime lives on, and nothing drives it where it has no threads.
fn other_runtime(flavor: Flavor, server: &Server) -> Vec<String> {
    let (first, second, client) = (runtime(flavor), runtime(flavor), client(server));
    first.block_on(keep_connections(&client));
    server.close_idle();
    second.block_on(failures(&client))
}

#[test]
fn calls_succeed_after_a_pause_in_which_idle_connections_were_closed() {
    let cases = FLAVORS.into_iter().flat_map(|flavor| {
        PAUSES.into_iter().flat_map(move |pause| {
            let closings = Closing::ALL.into_iter();
            closings.map(move |closing| (flavor, pause, closing))
        })
    });
    let running = cases.map(|(flavor, (pause, run), closing)| {
        let failed = thread::spawn(move || {
            let server = Server::start(closing);
            let failed = run(flavor, &server);
            // `send` and `cancel`, each executed once.
            assert_eq!(server.requests("POST"), 2);
            failed
        });
        (flavor.0, pause, closing, failed)
    });
    for (flavor, pause, closing, failed) in running.collect::<Vec<_>>() {
        let failed = failed.join().unwrap();
        assert!(
            failed.is_empty(),
            "{flavor}, {pause}, {closing:?}: {failed:#?}"
        );
    }
}

const SUSPENDED: &str = "connections::idle::calls_succeed_after_the_process_was_suspended";

#[cfg(unix)]
#[test]
fn calls_succeed_after_the_process_was_suspended() {
    if let Some(base_urls) = child() {
        return be_suspended(&base_urls);
    }
    let servers = Closing::ALL.map(Server::start);
    let base_urls = servers.each_ref().map(|server| server.base_url.as_str());
    let mut child = run_again(SUSPENDED, &base_urls.join(" "))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let signal = |signal: &str, id: u32| {
        let status = Command::new("kill")
            .args([signal, &id.to_string()])
            .status();
        assert!(status.unwrap().success());
    };
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let idle = lines.by_ref().any(|line| line.unwrap().contains("idle"));
    assert!(idle, "the process ended before its connections were idle");
    signal("-STOP", child.id());
    servers.iter().for_each(Server::close_idle);
    signal("-CONT", child.id());
    let _ = child.stdin.take().unwrap().write_all(b"go\n");
    let said: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(child.wait().unwrap().success(), "{said:#?}");
    for server in servers {
        assert_eq!(server.requests("POST"), 2 * FLAVORS.len());
    }
}

/// Keeps connections to these servers, and calls them after somebody says `go`.
#[cfg(unix)]
fn be_suspended(base_urls: &str) {
    let barrier = Arc::new(Barrier::new(1 + FLAVORS.len()));
    let run = |flavor| {
        let (barrier, base_urls) = (barrier.clone(), base_urls.to_owned());
        thread::spawn(move || runtime(flavor).block_on(keep_and_call(&base_urls, barrier)))
    };
    let running = FLAVORS.map(run);
    barrier.wait();
    println!("idle");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    barrier.wait();
    for (running, (flavor, _)) in running.into_iter().zip(FLAVORS) {
        let failed = running.join().unwrap();
        assert!(failed.is_empty(), "{flavor}: {failed:#?}");
    }
}

#[cfg(unix)]
async fn keep_and_call(base_urls: &str, barrier: Arc<Barrier>) -> Vec<String> {
    let client = |base_url| builder(base_url).build().unwrap();
    let clients: Vec<Client> = base_urls.split(' ').map(client).collect();
    join_all(clients.iter().map(keep_connections)).await;
    // The runtime runs on.
    let wait = move || (barrier.wait(), barrier.wait());
    tokio::task::spawn_blocking(wait).await.unwrap();
    let failed = join_all(clients.iter().map(failures)).await;
    failed.into_iter().flatten().collect()
}
