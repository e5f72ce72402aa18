//! Logging in: every kind of credentials, against the fake's endpoints and against worse.

mod cache;
mod environment;
mod jwt;
mod keys;
mod kinds;
mod places;
mod scopes;
mod secrets;
mod setup;
mod token_errors;

use generated_client::auth::{AuthorizedUser, Keyless, ServiceAccount};
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Authorization, Builder, Credentials, Secret};
use generated_client_fake::FakeServer;

use crate::reliability::VirtualClock;

/// A service account with the fake's key, for its administrator.
fn service_account(fake: &FakeServer) -> ServiceAccount {
    let file = fake.service_account_key().unwrap();
    let account = ServiceAccount::from_json(&file).unwrap();
    account.subject(fake.administrator())
}

/// The fake's service account without its key, for its administrator.
fn keyless(fake: &FakeServer, base: impl Credentials + 'static) -> Keyless {
    Keyless::new(base, fake.service_account(), fake.administrator())
        .iam_url(fake.base_url())
        .token_url(fake.token_uri())
}

/// Whoever may have the fake's service account sign.
fn base(fake: &FakeServer) -> Authorization {
    bearer(&fake.base_token())
}

fn bearer(token: &str) -> Authorization {
    Authorization::bearer(Secret::from(token)).unwrap()
}

/// The fake's administrator.
fn administrator(fake: &FakeServer) -> AuthorizedUser {
    AuthorizedUser::from_json(&fake.authorized_user()).unwrap()
}

/// A client of the fake, which has fetched no credentials yet.
fn builder(fake: &FakeServer) -> Builder<Client> {
    Client::builder()
        .base_url(fake.base_url())
        .clock(VirtualClock::default())
}
