//! Credentials that an API needs together.

use std::sync::Arc;

use crate::{Credentials, Error, Fetch, TokenClient};

/// Several credentials, of which every request has all: a token and the key of an application, for example.
///
/// ```
/// use generated_client_runtime::Authorization;
/// use generated_client_runtime::auth::{ClientCredentials, Together};
///
/// let token = ClientCredentials::new("https://id.example.com/oauth2/token", "id", "secret");
/// let key = Authorization::header_named("X-Api-Key", "key")?;
/// let credentials = Together::new(token).and(key);
/// # Ok::<(), generated_client_runtime::Error>(())
/// ```
///
/// Those that never expire need no such type: [`Authorization::and`](crate::Authorization::and).
#[derive(Clone, Debug)]
pub struct Together {
    all: Vec<Arc<dyn Credentials>>,
}

impl Together {
    /// These credentials.
    pub fn new(credentials: impl Credentials + 'static) -> Self {
        Self {
            all: vec![Arc::new(credentials)],
        }
    }

    /// These credentials besides.
    #[must_use]
    pub fn and(mut self, credentials: impl Credentials + 'static) -> Self {
        self.all.push(Arc::new(credentials));
        self
    }
}

impl Credentials for Together {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let mut together = None;
            for credentials in &self.all {
                let one = credentials.fetch(client).await?;
                together = Some(match together {
                    Some(together) => one.and(together),
                    None => one,
                });
            }
            together.ok_or_else(|| Error::authentication("there are no credentials"))
        })
    }
}
