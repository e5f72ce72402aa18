//! The credentials of Google's own library for Rust.

use std::time::Duration;

use google_cloud_auth::credentials::Builder;

use crate::{Authorization, Credentials, Error, Fetch, Secret, TokenClient};

/// How long a token is taken to live. The library does not say; what it gives out lives for an hour, or
/// for the few minutes that the metadata server has left of it.
const LIFE: Duration = Duration::from_secs(240);

/// Application Default Credentials by Google's own library: user credentials, the metadata server,
/// impersonation, workload identity federation. It looks where it always does, and talks to whom the
/// file that it finds names, over connections of its own, and through the proxies of the environment.
///
/// It knows no delegation: make it the base of [`Keyless`](super::Keyless) for that.
///
/// Source: <https://docs.rs/google-cloud-auth>.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct GoogleAuth;

impl GoogleAuth {
    /// Application Default Credentials.
    pub fn new() -> Self {
        Self
    }
}

impl Credentials for GoogleAuth {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            // Its messages can hold responses and addresses.
            let builder = Builder::default().with_scopes(client.scopes());
            let credentials = builder.build_access_token_credentials();
            let credentials = credentials.map_err(|_| {
                Error::authentication("Google's library found no credentials that it can use")
            })?;
            let token = credentials.access_token().await;
            let token = token.map_err(|error| {
                Error::authentication(match error.is_transient() {
                    true => "Google's library got no token: its token source is unavailable",
                    false => "Google's library got no token: the credentials were refused",
                })
            })?;
            let token = Secret::from(token.token);
            Ok(Authorization::bearer(token)?.expires_in(LIFE))
        })
    }
}
