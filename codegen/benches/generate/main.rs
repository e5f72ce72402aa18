//! How long it takes from the text of a description to formatted Rust: this generator beside plain
//! progenitor and prettyplease, which are given the same API as the neutral document that this
//! generator makes of it.
//!
//! Both run in turn, so that a machine that slows down slows both. What counts is the ratio of the
//! medians; there is no harness that prints it.

#![allow(clippy::expect_used)] // A benchmark that cannot run says so by panicking.

mod collection;
mod measure;

use std::path::Path;
use std::time::Duration;

use codegen::{Manifest, Source};
use measure::{lines, ours, plain, timed};

const ROUNDS: usize = 40;

fn main() {
    // `cargo test --benches` runs it too, to see that it runs at all.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        ROUNDS
    } else {
        1
    };
    let manifest = include_str!("../../../spec/clients.toml");
    let manifest = Manifest::parse(&Source {
        name: "clients.toml",
        text: manifest,
    });
    let client = manifest.expect("the manifest is read").clients.remove(0);
    let text = include_str!("../../../spec/cloudidentity.v1.json");
    let made = ours(&client, text);
    let plain_lines = plain(&made.neutral).as_deref().map_or(0, lines);
    let our_lines: usize = made.code.iter().map(|code| lines(code)).sum();

    let (mut our_times, mut plain_times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        our_times.push(timed(|| ours(&client, text)).0);
        plain_times.push(timed(|| plain(&made.neutral)).0);
    }
    let (our_time, plain_time) = (median(our_times), median(plain_times));
    println!("userinvitations, {rounds} rounds     median      lines of code");
    println!("codegen                      {our_time:>10.2?} {our_lines:>10}");
    println!("progenitor + prettyplease    {plain_time:>10.2?} {plain_lines:>10}");
    let ratio = our_time.as_secs_f64() / plain_time.as_secs_f64();
    println!("ratio of the times           {ratio:>10.2}");
    if let Some(folder) = std::env::var_os("DOCUMENTS").filter(|_| rounds > 1) {
        collection::run(Path::new(&folder));
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
