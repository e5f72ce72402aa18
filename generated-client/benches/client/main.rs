//! What the client costs beside a loop that is written by hand over reqwest and serde_json and does
//! the same work, on loopback: `cargo bench -p generated-client --bench client`.
//!
//! Both run in turn, so that a machine that slows down slows both. What counts is the ratio of the
//! medians: of the time that passes, and of the CPU time of the client's thread, without the server's.
//! Every send of ours has a connection of its own; those by hand share theirs. Retry policy, retry
//! throttling, observer and a limit that is never reached are switched on.

#![allow(
    clippy::expect_used,
    clippy::too_many_lines,
    reason = "a benchmark that cannot run stops and says why, and is one sequence of steps"
)]

mod by_hand;
mod server;
mod work;

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use work::{GETS, IN_FLIGHT, SENDS, customer, gets, items, sends};

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
    let plain = customer(&base_url, trusting.clone());
    let by_hand = by_hand::Client::new(&base_url, reqwest::Client::builder());

    println!("{:<34} {:^31}  {:^31}", "", "time", "CPU");
    let columns = format!("{:>11} {:>11} {:>7}", "client", "by hand", "ratio");
    println!("{:<34} {columns}  {columns}", "");
    compare(
        "one get",
        rounds,
        GETS,
        || gets(&plain),
        || by_hand.gets(GETS),
    );
    compare(
        "one of 100,000 items, pages of 200",
        rounds,
        server::INVITATIONS,
        || items(&plain),
        || by_hand.items(),
    );
    compare(
        "one of 1,000 sends, 64 in flight",
        rounds,
        SENDS,
        || sends(&plain),
        || by_hand.sends(SENDS, IN_FLIGHT),
    );
    let tls_customer = customer(&tls_url, trusting.clone());
    let tls_by_hand = by_hand::Client::new(&tls_url, trusting(reqwest::Client::builder()));
    compare(
        "the same over TLS",
        rounds,
        SENDS,
        || sends(&tls_customer),
        || tls_by_hand.sends(SENDS, IN_FLIGHT),
    );
}

/// Times both in turn, and prints what one of `units` takes, where the command line selects it by a part of
/// its name.
fn compare(what: &str, rounds: usize, units: usize, ours: impl Fn(), theirs: impl Fn()) {
    let mut filters = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    let first = filters.next();
    if first.is_some_and(|first| !what.contains(&first) && !filters.any(|it| what.contains(&it))) {
        return;
    }
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
