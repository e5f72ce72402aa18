//! Confluent Cloud: the facade, against the fake and against worse.

mod credentials;
mod faults;
mod lists;
mod statuses;

use generated_client::auth::{Authorization, TokenExchange};
use generated_client::confluent::{Client, sts};
use generated_client::runtime::{Builder, Secret};
use generated_client_fake::FakeServer;

use crate::reliability::{VirtualClock, noon};

async fn fake() -> FakeServer {
    FakeServer::builder()
        .starts_at(noon())
        .start()
        .await
        .unwrap()
}

/// Whoever has the fake's key.
fn key(fake: &FakeServer) -> Authorization {
    let (id, secret) = fake.confluent().key();
    Authorization::basic(&id, Secret::from(secret)).unwrap()
}

/// Whoever has a token that the fake exchanges.
fn provider(fake: &FakeServer) -> TokenExchange {
    let token = fake.confluent().subject_token();
    let fetch = move || std::future::ready(Ok(Secret::from(token.as_str())));
    sts("pool-1", fetch).token_url(fake.confluent().sts_url())
}

fn builder(fake: &FakeServer) -> Builder<Client> {
    Client::builder()
        .base_url(fake.base_url())
        .clock(VirtualClock::default())
}

fn client(fake: &FakeServer) -> Client {
    builder(fake).credentials(key(fake)).build().unwrap()
}
