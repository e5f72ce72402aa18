//! Which calls share a connection.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use generated_client::cloudidentity::api::Client;
use generated_client::cloudidentity::api::names::UserInvitationName;
use generated_client::confluent;
use generated_client::runtime::{
    self, Api as _, Authorization, Clock, ConnectionReuse, Secret, Sleep, SystemClock,
};

use super::server::{Closing, Server};
use super::{builder, invitation};
use crate::reliability::{ADA, SECOND};

/// The time of this machine, whose calendar can be put forward.
#[derive(Clone, Debug, Default)]
struct Suspended(Arc<Mutex<Duration>>);

impl Clock for Suspended {
    fn now(&self) -> Instant {
        SystemClock.now()
    }

    fn calendar(&self) -> SystemTime {
        SystemClock.calendar() + *self.0.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        SystemClock.sleep(duration)
    }
}

fn generated(server: &Server) -> runtime::Builder<Client> {
    Client::builder().base_url(&server.base_url).token("t")
}

async fn send(client: &Client) {
    let name = UserInvitationName::new("C1", ADA).unwrap();
    client
        .customers()
        .userinvitations()
        .send(&name)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn non_idempotent_calls_have_a_connection_each() {
    let server = Server::start(Closing::Never);
    let client = builder(&server.base_url).connection_reuse(ConnectionReuse::Recent);
    let client = client.build().unwrap();
    let ada = invitation(&client);
    for connections in 1..=3 {
        ada.send().await.unwrap();
        assert_eq!(server.connections(), connections);
    }
    for _ in 0..3 {
        ada.get().await.unwrap();
        assert_eq!(server.connections(), 4);
    }

    let server = Server::start(Closing::Never);
    let client = confluent::Client::builder()
        .base_url(&server.base_url)
        .credentials(Authorization::basic("id", Secret::from("secret")).unwrap())
        .connection_reuse(ConnectionReuse::Recent)
        .build()
        .unwrap();
    for connections in 1..=3 {
        client.invite(ADA).send().await.unwrap();
        assert_eq!(server.connections(), connections);
    }
}

#[tokio::test]
async fn a_generated_call_chooses_which_connections_it_uses() {
    let server = Server::start(Closing::Never);
    let client = generated(&server).build().unwrap();
    for connections in 1..=3 {
        send(&client).await;
        assert_eq!(server.connections(), connections);
    }
    let runtime = client
        .runtime()
        .with_connection_reuse(ConnectionReuse::Recent);
    let client = Client::from_runtime(runtime);
    for _ in 0..3 {
        send(&client).await;
        assert_eq!(server.connections(), 4);
    }
}

#[tokio::test]
async fn connections_from_before_a_suspension_are_not_reused() {
    let server = Server::start(Closing::Never);
    let clock = Suspended::default();
    let client = generated(&server)
        .connection_reuse(ConnectionReuse::Recent)
        .clock(clock.clone())
        .build()
        .unwrap();
    send(&client).await;
    send(&client).await;
    assert_eq!(server.connections(), 1);
    *clock.0.lock().unwrap() = 2 * SECOND;
    send(&client).await;
    send(&client).await;
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_retried_idempotent_call_has_a_fresh_connection() {
    let server = Server::start(Closing::WhenWritten);
    let client = builder(&server.base_url).build().unwrap();
    let ada = invitation(&client);
    // More of them than there are attempts.
    let calls = futures_util::future::join_all((0..10).map(|_| ada.get())).await;
    assert!(calls.iter().all(Result::is_ok));
    assert_eq!(server.connections(), 10);
    assert_eq!(ada.get().await.unwrap().attempts(), 2);
}

#[test]
fn every_runtime_has_connections_of_its_own() {
    let server = Server::start(Closing::Never);
    let client = builder(&server.base_url).build().unwrap();
    for connections in 1..=20 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            invitation(&client).get().await.unwrap();
            invitation(&client).get().await.unwrap();
        });
        assert_eq!(server.connections(), connections);
    }
}
