//! A quota of sixty requests a minute, in virtual time: a hundred people, two requests for each, one of
//! them an email. Nobody fails, nobody is mailed twice, and it takes little longer than for somebody who
//! knows the quota.

mod quota;
mod simulation;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated_client::cloudidentity::Client;
use generated_client::runtime::RateLimiter;

use quota::Quota;
use simulation::{Server, Simulation};

const PEOPLE: usize = 100;

/// How long it takes, in seconds, for so many callers in so many processes to invite everybody.
async fn invite_all(quota: Quota, callers: usize, processes: usize) -> f64 {
    let simulation = Simulation::default();
    let server = Server::start(quota, simulation.clone()).await;
    let limiters: Vec<_> = (0..processes).map(|_| RateLimiter::default()).collect();
    let clients = limiters.iter().map(|limiter| {
        Client::builder()
            .base_url(server.base_url())
            .clock(simulation.clone())
            .rate_limiter(limiter.clone())
            .build()
            .unwrap()
    });
    let clients: Vec<_> = clients.collect();
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for caller in 0..callers {
        let (next, customer) = (
            next.clone(),
            clients[caller % processes].customer("C1").unwrap(),
        );
        tasks.push(tokio::spawn(async move {
            loop {
                let person = next.fetch_add(1, Ordering::SeqCst);
                if person >= PEOPLE {
                    break;
                }
                let person = customer
                    .invitation(format!("p{person}@example.com"))
                    .unwrap();
                assert!(person.is_invitable().await.unwrap());
                person.send().await.unwrap();
            }
        }));
    }
    simulation.run(&server, &limiters, &tasks).await;
    for task in tasks {
        task.await.unwrap();
    }
    let emails = server.emails();
    assert_eq!(emails.len(), PEOPLE);
    assert!(emails.values().all(|count| *count == 1), "{emails:?}");
    simulation.passed().as_secs_f64()
}

/// Tries a quota with every number of callers, in one process and in two. It may take a quarter longer
/// than at best, and twenty seconds; `two` says how much for two processes.
fn is_respected(quota: Quota, two: f64) {
    for (callers, processes) in [(1, 1), (8, 1), (64, 1), (8, 2), (64, 2)] {
        fastrand::seed(7);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let run = invite_all(quota.clone(), callers, processes);
        let run = async { tokio::time::timeout(Duration::from_secs(60), run).await };
        let took = runtime.block_on(run).expect("the simulation stands still");
        let best = quota.clone().best(2 * PEOPLE, callers);
        let what = format!("{callers} callers in {processes}: {took:.0} s, at best {best:.0} s");
        println!("{quota:?}, {what}");
        let most = if processes == 1 { 1.25 } else { two };
        assert!(took <= most * best + 20.0, "{quota:?}, {what}");
    }
}

#[test]
fn a_fixed_window_is_respected() {
    is_respected(Quota::window(23.0), 1.25);
}

#[test]
fn a_sliding_window_is_respected() {
    is_respected(Quota::log(false), 1.25);
}

#[test]
fn a_sliding_window_that_counts_throttled_requests_is_respected() {
    is_respected(Quota::log(true), 1.25);
}

#[test]
fn a_token_bucket_of_sixty_is_respected() {
    is_respected(Quota::bucket(60.0, false), 1.25);
}

#[test]
fn a_token_bucket_of_sixty_that_throttled_requests_empty_is_respected() {
    is_respected(Quota::bucket(60.0, true), 1.5);
}

#[test]
fn a_token_bucket_of_one_is_respected() {
    is_respected(Quota::bucket(1.0, false), 1.25);
}

#[test]
fn a_token_bucket_of_one_that_throttled_requests_empty_is_respected() {
    is_respected(Quota::bucket(1.0, true), 1.5);
}
