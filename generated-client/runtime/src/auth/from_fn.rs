//! Tokens that a function of the caller's gets from wherever.

use std::fmt;
use std::future::Future;

use crate::{Authorization, Credentials, Error, Fetch, TokenClient};

/// Credentials by a function. See [`from_fn`].
#[derive(Clone)]
pub struct FromFn<F>(F);

/// Credentials that a function fetches.
///
/// ```
/// use std::time::Duration;
/// use generated_client_runtime::auth::{Authorization, from_fn};
/// use generated_client_runtime::Error;
///
/// let credentials = from_fn(async || {
///     let token = std::fs::read_to_string("token").map_err(|_| Error::authentication("no token"))?;
///     Ok(Authorization::bearer(token.trim())?.expires_in(Duration::from_secs(600)))
/// });
/// # let _ = credentials;
/// ```
pub fn from_fn<F, O>(fetch: F) -> FromFn<F>
where
    F: Fn() -> O + Send + Sync,
    O: Future<Output = Result<Authorization, Error>> + Send + 'static,
{
    FromFn(fetch)
}

impl<F, O> Credentials for FromFn<F>
where
    F: Fn() -> O + Send + Sync,
    O: Future<Output = Result<Authorization, Error>> + Send + 'static,
{
    fn fetch<'a>(&'a self, _client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin((self.0)())
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromFn")
    }
}
