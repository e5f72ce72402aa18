//! The state that all calls of a client share.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use http::HeaderValue;
use reqwest::Url;
use tracing::debug;

use super::clock::Clock;
use super::credentials::{Cache, TokenClient};
use super::field_mask::{FIELDS, check_mask};
use super::http_clients::{Connection, HttpClients};
use super::observe::Observer;
use super::parameters::{Pairs, Parameters};
use super::rate_limiter::{RateLimitEvent, RateLimiter};
use super::retry_throttler::RetryThrottler;
use super::{Call, ConnectionReuse, CredentialKind, Error, Operation, RetryPolicy};

/// The runtime of a generated client. It is cheap to clone: clones share their connections, their
/// rate limiter and their retry throttling.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// The state of a client. A client with other settings has a state of its own, with the same connections,
/// cache of credentials, retry throttling and rate limiter.
#[derive(Clone)]
pub(super) struct Shared {
    pub http: Arc<HttpClients>,
    pub connection_reuse: ConnectionReuse,
    pub base_url: Arc<Url>,
    /// Whether the base URL was set. Then operations have no server of their own.
    pub has_own_base_url: bool,
    pub credentials: Option<Arc<Cache>>,
    /// The scopes that are set; `None` for those of the API.
    pub scopes: Option<Arc<[String]>>,
    pub quota_project: Option<HeaderValue>,
    pub parameters: Pairs,
    pub policy: RetryPolicy,
    pub throttler: Arc<RetryThrottler>,
    pub limiter: RateLimiter,
    pub clock: Arc<dyn Clock>,
    pub observer: Option<Arc<dyn Observer>>,
    pub max_body: usize,
}

impl Client {
    pub(super) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// A client with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self::new(Shared {
            policy,
            ..Shared::clone(&self.shared)
        })
    }

    /// A client whose calls of operations that are not idempotent get their connections by this rule.
    #[must_use]
    pub fn with_connection_reuse(&self, reuse: ConnectionReuse) -> Self {
        Self::new(Shared {
            connection_reuse: reuse,
            ..Shared::clone(&self.shared)
        })
    }

    /// What every URL begins with, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str().trim_end_matches('/')
    }

    /// The clock of its calls.
    pub fn clock(&self) -> &dyn Clock {
        self.shared.clock.as_ref()
    }

    /// The retry throttling of its calls.
    pub(super) fn throttler(&self) -> &RetryThrottler {
        self.shared
            .policy
            .throttler
            .as_ref()
            .unwrap_or(&self.shared.throttler)
    }

    /// Checks that the parameter `fields`, where every call sends it, selects a property of the
    /// response: for a facade that reads it.
    ///
    /// # Errors
    ///
    /// The mask does not select the property.
    pub fn returns(&self, operation: &'static Operation, property: &str) -> Result<(), Error> {
        check_mask(self.shared.parameters.get(FIELDS), operation, property)
    }

    /// Emits an event of the rate limiter, and tells the observer.
    pub(super) fn tell(&self, operation: &'static Operation, event: RateLimitEvent) {
        debug!(operation = operation.id(), ?event, "rate limiter");
        if let Some(observer) = &self.shared.observer {
            observer.rate_limit(operation, &event);
        }
    }

    /// Fetches credentials, until this deadline.
    pub(super) fn token_client(&self, deadline: Instant) -> TokenClient<'_> {
        TokenClient::new(&self.shared.http, self.shared.clock.as_ref(), deadline)
    }

    /// Which connection an attempt gets, counted from one. An operation that is not idempotent must not be
    /// sent on an idle connection, which the server may have closed; where one was closed, the other idle
    /// ones may be, too.
    pub(super) fn connection(&self, operation: &Operation, attempt: u32) -> Connection {
        match self.shared.connection_reuse {
            _ if attempt > 1 => Connection::Fresh,
            _ if operation.is_idempotent() => Connection::Pooled,
            ConnectionReuse::Recent => Connection::Recent,
            ConnectionReuse::Never => Connection::Fresh,
        }
    }

    /// Checks that credentials are set where an operation needs them.
    pub(super) fn check_credentials(&self, operation: &Operation) -> Result<(), Error> {
        let kinds = operation.needed_credentials();
        if kinds.is_empty() || self.shared.credentials.is_some() {
            return Ok(());
        }
        let kinds = kinds.iter().map(|kind| match kind {
            CredentialKind::ApiKey => "an API key",
            CredentialKind::Basic => "an id and a secret",
            CredentialKind::Bearer => "a token",
        });
        let kinds: Vec<_> = kinds.collect();
        let what = format!(
            "no credentials are set, and the operation needs {}",
            kinds.join(" or ")
        );
        Err(Error::invalid_argument(what))
    }

    /// Checks that the scopes that are set allow an operation.
    pub(super) fn check_scopes(&self, operation: &Operation) -> Result<(), Error> {
        let allowed = operation.allowed_scopes();
        match &self.shared.scopes {
            Some(scopes)
                if !allowed.is_empty()
                    && !scopes.iter().any(|it| allowed.contains(&it.as_str())) =>
            {
                let what = format!(
                    "the client's scopes do not allow it; any of these would: {}",
                    allowed.join(", ")
                );
                Err(Error::invalid_argument(what))
            }
            _ => Ok(()),
        }
    }

    /// Starts to build a call.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// A client that sends these parameters with every call, besides those of this one. Where both set
    /// one, the new value has precedence.
    ///
    /// # Errors
    ///
    /// A parameter that the API does not take.
    pub fn with_parameters(&self, parameters: Parameters) -> Result<Self, Error> {
        Ok(Self::new(Shared {
            parameters: parameters.checked()?.or(&self.shared.parameters),
            ..Shared::clone(&self.shared)
        }))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("parameters", &self.shared.parameters)
            .finish_non_exhaustive()
    }
}
