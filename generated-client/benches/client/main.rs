//! What the client costs beside a loop that is written by hand over reqwest and serde_json and does
//! the same work, on loopback: `cargo bench -p generated-client --bench client`.
//!
//! Both run in turn, so that a machine that slows down slows both. What counts is the ratio of the
//! medians: of the time that passes, and of the CPU time of the client's thread, without the server's.
//! Every send of ours has a connection of its own; those by hand share theirs. Retry policy, retry
//! throttling, observer and a limit that is never reached are switched on.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot run stops and says why"
)]

mod by_hand;
mod server;

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use generated_client::cloudidentity::{Client, Customer};
use generated_client::runtime::{Attempt, Observer, RateLimit};

const GETS: usize = 300;
const SENDS: usize = 1_000;
const IN_FLIGHT: usize = 64;

#[derive(Debug)]
struct Silent;

impl Observer for Silent {
    fn attempt(&self, _: &Attempt) {}
}

fn main() {
    // `cargo test --benches` runs it too, to see that it runs at all.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        15
    } else {
        1
    };
    let (base_url, tls_url, certificate) = server::start();
    let certificate = reqwest::Certificate::from_der(&certificate).expect("this is a certificate");
    let trusting = move |http: reqwest::ClientBuilder| http.tls_certs_only([certificate.clone()]);
    let customer = customer(&base_url, trusting.clone());
    let by_hand = by_hand::Client::new(&base_url, reqwest::Client::builder());

    println!("{:<34} {:^31}  {:^31}", "", "time", "CPU");
    let columns = format!("{:>11} {:>11} {:>7}", "client", "by hand", "ratio");
    println!("{:<34} {columns}  {columns}", "");
    compare(
        "one get",
        rounds,
        GETS,
        || gets(&customer),
        || by_hand.gets(GETS),
    );
    compare(
        "one of 100,000 items, pages of 200",
        rounds,
        server::INVITATIONS,
        || items(&customer),
        || by_hand.items(),
    );
    compare(
        "one of 1,000 sends, 64 in flight",
        rounds,
        SENDS,
        || sends(&customer),
        || by_hand.sends(SENDS, IN_FLIGHT),
    );
    let tls_customer = self::customer(&tls_url, trusting.clone());
    let tls_by_hand = by_hand::Client::new(&tls_url, trusting(reqwest::Client::builder()));
    compare(
        "the same over TLS",
        rounds,
        SENDS,
        || sends(&tls_customer),
        || tls_by_hand.sends(SENDS, IN_FLIGHT),
    );
    allocations(
        "allocations of one get",
        || gets(&customer),
        || by_hand.gets(GETS),
        GETS,
    );
    println!(
        "{:<34} {:>10}K {:>10}K",
        "most memory held by 100,000 items",
        most_memory(|| items(&customer)) / 1024,
        most_memory(|| by_hand.items()) / 1024,
    );
}

/// A customer of this server.
fn customer(
    base_url: &str,
    http: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
) -> Customer {
    let client = Client::builder()
        .base_url(base_url)
        .http(http)
        .token("token")
        .rate_limiter(RateLimit::new().per_second(1e9).max_in_flight(10_000))
        .observer(Silent)
        .build();
    let customer = client.expect("the client is built").customer("C00000000");
    customer.expect("this is an id")
}

/// Runs something to its end on this thread.
fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime is built").block_on(work)
}

fn gets(customer: &Customer) {
    run(async {
        let invitation = customer.invitation("writer@altostrat.com");
        let invitation = invitation.expect("this is an address");
        for _ in 0..GETS {
            invitation.get().await.expect("the server responds");
        }
    });
}

fn items(customer: &Customer) {
    let count = run(async {
        let items = customer.invitations().items();
        items
            .try_fold(0, |count, _| async move { Ok(count + 1) })
            .await
    });
    assert_eq!(count.expect("the server responds"), server::INVITATIONS);
}

fn sends(customer: &Customer) {
    run(async {
        let sends = stream::iter(0..SENDS).map(|number| async move {
            let invitation = customer.invitation(format!("user{number}@altostrat.com"));
            invitation.expect("this is an address").send().await
        });
        let sent: Vec<_> = sends.buffer_unordered(IN_FLIGHT).collect().await;
        assert!(sent.iter().all(Result::is_ok));
    });
}

/// Times both in turn, and prints what one of `units` takes.
fn compare(what: &str, rounds: usize, units: usize, ours: impl Fn(), theirs: impl Fn()) {
    let times = (0..rounds).map(|_| (measure(&ours), measure(&theirs)));
    let (ours, theirs): (Vec<_>, Vec<_>) = times.unzip();
    let ratio = |part: fn(&Spent) -> Duration| {
        let (ours, theirs) = (median(&ours, part), median(&theirs, part));
        let each = |time: Duration| time.as_secs_f64() * 1e6 / units as f64;
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        let (ours, theirs) = (each(ours), each(theirs));
        format!("{ours:>9.2}µs {theirs:>9.2}µs {ratio:>7.3}")
    };
    let (time, cpu) = (ratio(|it| it.time), ratio(|it| it.cpu));
    println!("{what:<34} {time}  {cpu}");
}

fn allocations(what: &str, ours: impl Fn(), theirs: impl Fn(), units: usize) {
    let each = |work: &dyn Fn()| {
        let counted = allocation_counter::measure(work);
        counted.count_total as f64 / units as f64
    };
    let (ours, theirs) = (each(&ours), each(&theirs));
    println!(
        "{what:<34} {ours:>11.1} {theirs:>11.1} {:>7.2}",
        ours / theirs
    );
}

fn most_memory(work: impl Fn()) -> u64 {
    allocation_counter::measure(work).bytes_max
}

/// What some work took.
struct Spent {
    time: Duration,
    /// The CPU time of this thread, which runs the client and nothing else.
    cpu: Duration,
}

fn measure(work: &impl Fn()) -> Spent {
    let (start, cpu) = (Instant::now(), ThreadTime::now());
    work();
    Spent {
        time: start.elapsed(),
        cpu: cpu.elapsed(),
    }
}

fn median(spent: &[Spent], part: impl Fn(&Spent) -> Duration) -> Duration {
    let mut times: Vec<_> = spent.iter().map(part).collect();
    times.sort_unstable();
    times[times.len() / 2]
}
