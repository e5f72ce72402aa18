//! Futures that are dropped in the middle: after them, everything is as good as before.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use generated_client::cloudidentity::Client;
use generated_client::runtime::{RateLimit, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method};

use super::{ADA, SECOND, builder, customer, four_accounts, invitation};

/// How often a future is polled before it is dropped, at most.
const POLLS: usize = 50;

/// Polls a future so many times, each time it asks for it, and drops it. Says whether it ended.
async fn poll<F: Future>(future: F, times: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..times {
        let once = std::future::poll_fn(|context| Poll::Ready(future.as_mut().poll(context)));
        if once.await.is_ready() {
            return true;
        }
        // The server lives on the same thread: it gets its turn.
        tokio::task::yield_now().await;
    }
    false
}

/// A server at which every second request fails, and a client with one place.
async fn start() -> (FakeServer, Client) {
    let fake = four_accounts()
        .fault(Fault::TooManyRequests(Hint::Seconds(1)).percent(50))
        .start()
        .await
        .unwrap();
    let client = builder(&fake)
        .rate_limiter(RateLimit::new().max_in_flight(1).per_second(1_000.0))
        // Half of every hundred requests fail: a hundred in a row at most.
        .retry_policy(
            RetryPolicy::default()
                .attempts(200)
                .timeout(1_000_000 * SECOND),
        )
        .retry_budget(10_000)
        .build()
        .unwrap();
    (fake, client)
}

/// The only place is free, if a call comes through.
async fn is_usable(fake: &FakeServer, client: &Client) {
    let ada = invitation(fake, client, ADA);
    let call = tokio::time::timeout(10 * SECOND, ada.get());
    call.await.expect("the place was not given back").unwrap();
}

#[tokio::test]
async fn dropped_calls_return_their_permit() {
    let (fake, client) = start().await;
    let ada = invitation(&fake, &client, ADA);
    let mut dropped = 0;
    for polls in 0..POLLS {
        dropped += usize::from(!poll(ada.get(), polls).await);
        is_usable(&fake, &client).await;
    }
    assert!(dropped > 1, "every call ended before it was dropped");
}

#[tokio::test]
async fn dropped_sends_are_not_sent_later() {
    for polls in 0..POLLS {
        let (fake, client) = start().await;
        let ada = invitation(&fake, &client, ADA);
        poll(ada.send(), polls).await;
        is_usable(&fake, &client).await;
        let sent = fake.requests(Method::Send);
        // The server may have had the request, and nobody sends another one.
        tokio::time::sleep(Duration::from_millis(1)).await;
        is_usable(&fake, &client).await;
        assert!(fake.emails_sent(ADA) <= 1, "after {polls} polls");
        assert!(fake.requests(Method::Send) <= sent.max(1), "{polls} polls");
    }
}

#[tokio::test]
async fn dropped_lists_return_their_permit() {
    let (fake, client) = start().await;
    for polls in 0..POLLS {
        let mut items = customer(&fake, &client).invitations().page_size(1).items();
        poll(async { while items.next().await.is_some() {} }, polls).await;
        drop(items);
        is_usable(&fake, &client).await;
    }
}

#[tokio::test]
async fn a_dropped_next_loses_no_item() {
    // Who waits for the next item with a timeout, as `select!` does, gets it the next time.
    let (fake, client) = start().await;
    for polls in 1..POLLS {
        let mut items = customer(&fake, &client).invitations().page_size(1).items();
        let mut names = std::collections::BTreeSet::new();
        let mut found = 0;
        loop {
            let mut next = None;
            let step = async { next = Some(items.next().await) };
            poll(step, polls).await;
            match next {
                None => continue,
                Some(None) => break,
                Some(Some(item)) => {
                    found += 1;
                    names.insert(item.unwrap().name);
                }
            }
        }
        assert_eq!((found, names.len()), (4, 4), "{polls} polls");
    }
}

#[tokio::test]
async fn dropped_waiting_calls_let_others_run() {
    let (fake, client) = start().await;
    let ada = invitation(&fake, &client, ADA);
    for polls in 0..POLLS {
        // All but one wait for the place.
        let many = futures_util::future::join_all((0..5).map(|_| ada.get()));
        poll(many, polls).await;
        is_usable(&fake, &client).await;
    }
}
