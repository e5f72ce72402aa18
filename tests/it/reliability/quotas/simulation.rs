//! Virtual time for a real client and a real server: it goes on when nothing else does.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::extract::Request;
use axum::response::IntoResponse as _;
use generated_client::runtime::{Clock, RateLimiter, Sleep};
use tokio::task::JoinHandle;

use super::quota::Quota;
use crate::reliability::noon;

/// How often everybody gets a turn before the time goes on.
const TURNS: usize = 8;

/// Time that goes on from one moment that somebody waits for to the next.
#[derive(Clone, Debug)]
pub struct Simulation {
    start: Instant,
    timers: Arc<Mutex<Timers>>,
}

#[derive(Debug, Default)]
struct Timers {
    passed: Duration,
    number: u64,
    /// Who waits until when.
    waiting: BTreeMap<(Duration, u64), Waker>,
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            timers: Arc::default(),
        }
    }
}

impl Simulation {
    /// How much time has passed.
    pub fn passed(&self) -> Duration {
        self.timers.lock().unwrap().passed
    }

    /// Lets the time go on until all tasks have ended.
    pub async fn run(&self, server: &Server, limiters: &[RateLimiter], tasks: &[JoinHandle<()>]) {
        let in_flight = || limiters.iter().map(RateLimiter::in_flight).sum::<usize>();
        let mut quiet = 0;
        while tasks.iter().any(|task| !task.is_finished()) {
            tokio::task::yield_now().await;
            // Who is in flight waits for the server, and the server waits for the time.
            quiet = if in_flight() == server.pending() {
                quiet + 1
            } else {
                0
            };
            if quiet > TURNS {
                quiet = 0;
                self.advance();
            }
        }
    }

    fn advance(&self) {
        let mut timers = self.timers.lock().unwrap();
        if let Some(((until, _), waker)) = timers.waiting.pop_first() {
            timers.passed = timers.passed.max(until);
            waker.wake();
        }
    }
}

impl Clock for Simulation {
    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn calendar(&self) -> SystemTime {
        noon() + self.passed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let timers = self.timers.clone();
        let (until, number) = {
            let mut timers = timers.lock().unwrap();
            timers.number += 1;
            (timers.passed + duration, timers.number)
        };
        Box::pin(std::future::poll_fn(move |context| {
            let mut timers = timers.lock().unwrap();
            if timers.passed >= until {
                return Poll::Ready(());
            }
            timers
                .waiting
                .insert((until, number), context.waker().clone());
            Poll::Pending
        }))
    }
}

/// A server with a quota. It takes its time, in virtual time.
pub struct Server {
    base_url: String,
    pending: Arc<AtomicUsize>,
    emails: Arc<Mutex<BTreeMap<String, usize>>>,
    serving: JoinHandle<()>,
}

impl Server {
    pub async fn start(quota: Quota, simulation: Simulation) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let pending = Arc::<AtomicUsize>::default();
        let emails = Arc::<Mutex<BTreeMap<String, usize>>>::default();
        let quota = Arc::new(Mutex::new(quota));
        let app = Router::new().fallback({
            let (pending, emails) = (pending.clone(), Arc::clone(&emails));
            move |request: Request| {
                let (quota, simulation) = (quota.clone(), simulation.clone());
                let (pending, emails) = (pending.clone(), emails.clone());
                async move {
                    pending.fetch_add(1, Ordering::SeqCst);
                    let half = Duration::from_micros(fastrand::u64(40_000..125_000));
                    simulation.sleep(half).await;
                    let fits = quota
                        .lock()
                        .unwrap()
                        .take(simulation.passed().as_secs_f64());
                    simulation.sleep(half).await;
                    pending.fetch_sub(1, Ordering::SeqCst);
                    if !fits {
                        return (http::StatusCode::TOO_MANY_REQUESTS, "").into_response();
                    }
                    if let Some(person) = request.uri().path().strip_suffix(":send") {
                        *emails.lock().unwrap().entry(person.to_owned()).or_default() += 1;
                    }
                    r#"{"isInvitableUser": true}"#.into_response()
                }
            }
        });
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            base_url,
            pending,
            emails,
            serving,
        }
    }

    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// How many requests wait for the time.
    fn pending(&self) -> usize {
        self.pending.load(Ordering::SeqCst)
    }

    /// How many emails each person got.
    pub fn emails(&self) -> BTreeMap<String, usize> {
        self.emails.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
