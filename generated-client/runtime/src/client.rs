//! What a client has for all of its calls.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use http::HeaderValue;
use tracing::debug;

use super::call::{FIELDS, check_mask};
use super::clock::Clock;
use super::http_clients::{Connection, HttpClients};
use super::login::{Cache, Login};
use super::observe::Observer;
use super::parameters::{Pairs, Parameters};
use super::rate_limiter::{RateLimitEvent, RateLimiter};
use super::retry_throttler::RetryThrottler;
use super::{Call, ConnectionReuse, CredentialKind, Error, Operation, RetryPolicy};

/// What a generated client runs on. It is cheap to clone: clones share their connections, their
/// rate limiter and their retry throttling.
#[derive(Clone)]
pub struct Client {
    pub(super) http: Arc<HttpClients>,
    pub(super) connection_reuse: ConnectionReuse,
    pub(super) base_url: Arc<str>,
    pub(super) credentials: Option<Arc<Cache>>,
    /// The scopes that the caller has named; nothing where nobody did.
    pub(super) scopes: Option<Arc<[String]>>,
    pub(super) quota_project: Option<HeaderValue>,
    pub(super) parameters: Arc<Pairs>,
    pub(super) policy: RetryPolicy,
    pub(super) throttler: Arc<RetryThrottler>,
    pub(super) limiter: RateLimiter,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) observer: Option<Arc<dyn Observer>>,
    pub(super) max_body: usize,
}

impl Client {
    /// A client with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self {
            policy,
            ..self.clone()
        }
    }

    /// A client whose calls of operations that are not idempotent get their connections by this rule.
    #[must_use]
    pub fn with_connection_reuse(&self, reuse: ConnectionReuse) -> Self {
        Self {
            connection_reuse: reuse,
            ..self.clone()
        }
    }

    /// What every URL begins with, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The clock of its calls.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The retry throttling of its calls.
    pub(super) fn throttler(&self) -> &RetryThrottler {
        self.policy.throttler.as_ref().unwrap_or(&self.throttler)
    }

    /// Checks that the parameter `fields`, where every call sends one, lets a property of an answer
    /// through: for a facade that reads it.
    ///
    /// # Errors
    ///
    /// The mask leaves the property out, so the answer would be taken for another one.
    pub fn returns(&self, operation: &'static Operation, property: &str) -> Result<(), Error> {
        check_mask(self.parameters.get(FIELDS), operation, property)
    }

    /// Tells whoever listens what the rate limiter does.
    pub(super) fn tell(&self, operation: &'static Operation, event: RateLimitEvent) {
        debug!(operation = operation.id(), ?event, "rate limiter");
        if let Some(observer) = &self.observer {
            observer.rate_limit(operation, &event);
        }
    }

    /// What credentials are fetched with, until then.
    pub(super) fn login(&self, end: Instant) -> Login<'_> {
        Login::new(&self.http, self.clock.as_ref(), end)
    }

    /// Which connection an attempt gets, counted from one. What is not idempotent must not be sent on one
    /// that may be closed already, and where one was, the others that were kept may be too.
    pub(super) fn connection(&self, operation: &Operation, attempt: u32) -> Connection {
        match self.connection_reuse {
            _ if attempt > 1 => Connection::Fresh,
            _ if operation.is_idempotent() => Connection::Pooled,
            ConnectionReuse::Recent => Connection::Recent,
            ConnectionReuse::Never => Connection::Fresh,
        }
    }

    /// Checks that there is a credential where an operation needs one.
    pub(super) fn check_credentials(&self, operation: &Operation) -> Result<(), Error> {
        let kinds = operation.needed_credentials();
        if kinds.is_empty() || self.credentials.is_some() {
            return Ok(());
        }
        let kinds = kinds.iter().map(|kind| match kind {
            CredentialKind::ApiKey => "an API key",
            CredentialKind::Basic => "an id and a secret",
            CredentialKind::Bearer => "a token",
        });
        let kinds: Vec<_> = kinds.collect();
        let what = format!("nobody has logged in: it needs {}", kinds.join(" or "));
        Err(Error::invalid_argument(what))
    }

    /// Checks that the scopes which the caller has named allow an operation.
    pub(super) fn check_scopes(&self, operation: &Operation) -> Result<(), Error> {
        let allowed = operation.allowed_scopes();
        match &self.scopes {
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

    /// Begins a call.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// A client that sends these parameters with every call, besides those that this one sends.
    /// Where both set one, the new value counts.
    ///
    /// # Errors
    ///
    /// A parameter that the API does not take.
    pub fn with_parameters(&self, parameters: Parameters) -> Result<Self, Error> {
        Ok(Self {
            parameters: Arc::new(parameters.checked()?.or(&self.parameters)),
            ..self.clone()
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}
