//! Who calls Confluent Cloud.

use std::env;
use std::future::Future;

use crate::auth::{Authorization, TokenExchange};
use crate::runtime::{Error, Secret};

/// Where tokens are exchanged.
const STS_URL: &str = "https://api.confluent.cloud/sts/v1/oauth2/token";

/// Exchanges a token of an identity provider for one of Confluent's, for the identity pool with this id.
/// The function fetches the provider's token; it is called again whenever a new one is needed, which is
/// every 15 minutes at the latest.
///
/// Source: <https://docs.confluent.io/cloud/current/api.html#tag/OAuth-Tokens-(stsv1)>.
pub fn sts<F, O>(identity_pool: impl Into<String>, subject_token: F) -> TokenExchange
where
    F: Fn() -> O + Send + Sync + 'static,
    O: Future<Output = Result<Secret, Error>> + Send + 'static,
{
    TokenExchange::new(STS_URL, subject_token).parameter("identity_pool_id", identity_pool)
}

/// The Cloud API key that stands in `CONFLUENT_CLOUD_API_KEY` (its id) and `CONFLUENT_CLOUD_API_SECRET`,
/// as Confluent's own tools look for it.
///
/// # Errors
///
/// One of the two is not set, or cannot stand in a header.
pub fn from_env() -> Result<Authorization, Error> {
    let variable = |name: &str| {
        let value = env::var(name).ok().filter(|value| !value.is_empty());
        value.ok_or_else(|| {
            Error::authentication(format!("no credentials were found: `{name}` is not set"))
        })
    };
    let id = variable("CONFLUENT_CLOUD_API_KEY")?;
    let secret = Secret::from(variable("CONFLUENT_CLOUD_API_SECRET")?);
    Authorization::basic(&id, secret)
}
