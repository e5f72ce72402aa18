//! Many at once.

use std::sync::Arc;

use generated_client_fake::{FakeServer, Fault, Method};
use serde_json::json;

use super::{LIST, http};

const CONNECTIONS: usize = 64;
const REQUESTS: usize = 5_000;

/// Makes all five calls in turn over as many connections; returns the number of responses of each status.
async fn hammer(fake: &Arc<FakeServer>) -> (usize, usize) {
    let addresses = Arc::new(fake.addresses());
    let mut tasks = tokio::task::JoinSet::new();
    for connection in 0..CONNECTIONS {
        let fake = Arc::clone(fake);
        let addresses = Arc::clone(&addresses);
        tasks.spawn(async move {
            let client = http();
            let token = fake.token();
            let (mut good, mut bad) = (0, 0);
            for number in (connection..REQUESTS).step_by(CONNECTIONS) {
                let address = &addresses[number % addresses.len()];
                let url = format!("{}{LIST}", fake.base_url());
                let sent = match number % 4 {
                    0 => client.get(format!("{url}/{address}")),
                    1 => client.get(format!("{url}/{address}:isInvitableUser")),
                    2 => client.get(format!("{url}?pageSize=10&orderBy=update_time desc")),
                    _ => client
                        .post(format!("{url}/{address}:send"))
                        .json(&json!({})),
                };
                let reply = sent.bearer_auth(&token).send().await.unwrap();
                match reply.status().as_u16() {
                    200 => good += 1,
                    _ => bad += 1,
                }
                reply.bytes().await.unwrap();
            }
            (good, bad)
        });
    }
    let counts = tasks.join_all().await;
    counts
        .iter()
        .fold((0, 0), |(good, bad), more| (good + more.0, bad + more.1))
}

/// A fake all of whose accounts can be invited.
async fn unmanaged(fault: Option<Fault>) -> Arc<FakeServer> {
    let mut builder = FakeServer::builder();
    for number in 0..450 {
        builder = builder.account(format!("user{number}@example.com"));
    }
    if let Some(fault) = fault {
        builder = builder.fault(fault.percent(7));
    }
    Arc::new(builder.start().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_fault_occurs_without_a_rule() {
    let fake = unmanaged(None).await;
    assert_eq!(hammer(&fake).await, (REQUESTS, 0));
    assert_eq!(
        fake.all_emails_sent(),
        fake.requests(Method::Send),
        "each send mailed once"
    );
    assert_eq!(fake.requests(Method::Send), 1_250);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_occur_at_the_requested_rate() {
    let fake = unmanaged(Some(Fault::Internal)).await;
    assert_eq!(hammer(&fake).await, (4_650, 350), "7 % of 5,000");
    assert_eq!(
        fake.all_emails_sent(),
        fake.requests(Method::Send) - fake.faults(Method::Send)
    );
}
