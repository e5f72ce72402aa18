//! The trait of credentials. Their kinds are in `crate::auth`.

mod authorization;
mod cache;
mod token_client;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::Error;
pub(crate) use cache::Cache;
pub use token_client::TokenClient;

/// The future of [`Credentials::fetch`].
pub type Fetch<'a> = Pin<Box<dyn Future<Output = Result<Authorization, Error>> + Send + 'a>>;

/// Credentials of a client. An implementation only fetches: caching, sharing and refreshing are done
/// around it, for all kinds.
///
/// ```
/// use std::path::PathBuf;
/// use generated_client_runtime::{Authorization, Credentials, Error, Fetch, TokenClient};
///
/// /// A key in a file, which is read at each fetch.
/// #[derive(Debug)]
/// struct KeyFile(PathBuf);
///
/// impl Credentials for KeyFile {
///     fn fetch<'a>(&'a self, _: &'a TokenClient<'a>) -> Fetch<'a> {
///         Box::pin(async {
///             let key = std::fs::read_to_string(&self.0);
///             let key = key.map_err(|_| Error::authentication("the key file cannot be read"))?;
///             Authorization::api_key(key.trim())
///         })
///     }
/// }
/// ```
///
/// [`from_fn`](crate::auth::from_fn) makes credentials of a function.
pub trait Credentials: fmt::Debug + Send + Sync {
    /// Fetches the authorization of requests, for the scopes of the client. It is called again shortly
    /// before it expires, or when a server rejects it.
    ///
    /// # Errors
    ///
    /// Those of [`TokenClient`], or [`Error::authentication`]. The call is not sent then.
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a>;
}

pub use authorization::Authorization;

/// Static credentials.
impl Credentials for Authorization {
    fn fetch<'a>(&'a self, _client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
