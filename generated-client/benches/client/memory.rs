//! How much the client allocates beside a loop that is written by hand:
//! `cargo bench -p generated-client --bench memory`. It is a program of its own, because counting takes time.

#![allow(
    clippy::expect_used,
    dead_code,
    reason = "a benchmark that cannot run stops and says why; the other one does more"
)]

mod by_hand;
mod server;
mod work;

use work::{GETS, customer, gets, items};

fn main() {
    let (base_url, _, _) = server::start();
    let customer = customer(&base_url, |http| http);
    let by_hand = by_hand::Client::new(&base_url, reqwest::Client::builder());

    println!(
        "{:<34} {:>11} {:>11} {:>7}",
        "", "client", "by hand", "ratio"
    );
    let ours = allocations(|| gets(&customer)) / GETS as f64;
    let theirs = allocations(|| by_hand.gets(GETS)) / GETS as f64;
    println!(
        "{:<34} {ours:>11.1} {theirs:>11.1} {:>7.2}",
        "allocations of one get",
        ours / theirs
    );
    println!(
        "{:<34} {:>10}K {:>10}K",
        "most memory held by 100,000 items",
        most_memory(|| items(&customer)) / 1024,
        most_memory(|| by_hand.items()) / 1024,
    );
}

fn allocations(work: impl Fn()) -> f64 {
    allocation_counter::measure(work).count_total as f64
}

fn most_memory(work: impl Fn()) -> u64 {
    allocation_counter::measure(work).bytes_max
}
