//! The work of the client: what is compared with the loop that is written by hand.

use std::sync::LazyLock;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use generated_client::cloudidentity::{Client, Customer};
use generated_client::runtime::{Attempt, Observer, RateLimit};
use tokio::runtime::{Builder, Runtime};

use super::server;

pub const GETS: usize = 300;
pub const SENDS: usize = 1_000;
pub const IN_FLIGHT: usize = 64;

#[derive(Debug)]
struct Silent;

impl Observer for Silent {
    fn attempt(&self, _: &Attempt) {}
}

/// A customer of this server.
pub fn customer(
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

/// The runtime of all work, as a program has one: our client builds an HTTP client for each runtime.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime is built")
});

/// Runs something to its end on this thread.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}

pub fn gets(customer: &Customer) {
    run(async {
        let invitation = customer.invitation("writer@altostrat.com");
        let invitation = invitation.expect("this is an address");
        for _ in 0..GETS {
            invitation.get().await.expect("the server responds");
        }
    });
}

pub fn items(customer: &Customer) {
    let count = run(async {
        let items = customer.invitations().items();
        items
            .try_fold(0, |count, _| async move { Ok(count + 1) })
            .await
    });
    assert_eq!(count.expect("the server responds"), server::INVITATIONS);
}

pub fn sends(customer: &Customer) {
    run(async {
        let sends = stream::iter(0..SENDS).map(|number| async move {
            let invitation = customer.invitation(format!("user{number}@altostrat.com"));
            invitation.expect("this is an address").send().await
        });
        let sent: Vec<_> = sends.buffer_unordered(IN_FLIGHT).collect().await;
        assert!(sent.iter().all(Result::is_ok));
    });
}
