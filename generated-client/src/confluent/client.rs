//! The client.

use reqwest::Url;

use super::{Invitation, Invitations, Invite, api};
use crate::runtime::{self, Api, Builder, ConnectionReuse, Error, RetryPolicy};

/// A client of Confluent Cloud's invitations. It is cheap to clone: clones share their connections, their
/// limits and their budget for retries.
#[derive(Clone, Debug)]
pub struct Client {
    api: api::Client,
}

impl Api for Client {
    const BASE_URL: Option<&'static str> = <api::Client as Api>::BASE_URL;
    // Confluent's tokens and keys have none.
    const SCOPES: &'static [&'static str] = &[];
    const PRESET: &'static [(&'static str, &'static str)] = <api::Client as Api>::PRESET;
    const OPERATIONS: &'static [&'static runtime::Operation] = <api::Client as Api>::OPERATIONS;

    fn from_runtime(runtime: runtime::Client) -> Self {
        // A request that sends an email is never sent on a connection that may be closed already.
        let runtime = runtime.with_connection_reuse(ConnectionReuse::Never);
        Self {
            api: api::Client::from_runtime(runtime),
        }
    }

    fn runtime(&self) -> &runtime::Client {
        self.api.runtime()
    }
}

impl Client {
    /// Starts to build a client.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// The organization's invitations, to be listed.
    pub fn invitations(&self) -> Invitations {
        Invitations::new(&self.api)
    }

    /// The invitation with this id, such as `i-12345`. Nothing is called yet.
    ///
    /// # Errors
    ///
    /// An id that cannot stand in a URL; an empty one would call the list.
    pub fn invitation(&self, id: impl Into<String>) -> Result<Invitation, Error> {
        Invitation::new(self.api.clone(), id.into())
    }

    /// The invitation of one address. Nothing is sent before [`Invite::send`].
    pub fn invite(&self, email: impl AsRef<str>) -> Invite {
        Invite::new(self.api.clone(), email.as_ref())
    }

    /// The invitation that was there already, where an error is a conflict (409) and names it. Only its id
    /// is taken from what the server says, and only if that is about this server.
    pub fn existing(&self, error: &Error) -> Option<Invitation> {
        let location = error
            .headers()
            .filter(|_| error.is_conflict())?
            .get("location")?;
        let base = Url::parse(self.runtime().base_url()).ok()?;
        let url = base.join(location.to_str().ok()?).ok()?;
        let mut segments = url.path_segments()?.rev();
        let id = segments.next().filter(|_| url.origin() == base.origin())?;
        if segments.next() != Some("invitations") {
            return None;
        }
        self.invitation(id).ok()
    }

    /// A client with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self {
            api: self.api.with_retry_policy(policy),
        }
    }

    /// The generated client, which has every method of the API under its own name.
    pub fn api(&self) -> &api::Client {
        &self.api
    }
}
