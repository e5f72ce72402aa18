//! The builder of clients, and the trait of generated clients.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::client::Shared;
use super::clock::{Clock, SystemClock};
use super::credentials::{Authorization, Cache, Credentials};
use super::http_clients::{Configure, HttpClients};
use super::observe::Observer;
use super::parameters::{Pairs, Parameters};
use super::rate_limiter::RateLimiter;
use super::retry_policy::RetryPolicy;
use super::retry_throttler::RetryThrottler;
use super::secret::Secret;
use super::{Client, ConnectionReuse, Error, Operation, url};
use http::HeaderValue;

/// The product of this crate in `User-Agent`.
const USER_AGENT: &str = concat!("generated-client/", env!("CARGO_PKG_VERSION"));

/// The maximum size of a response body: 32 MiB.
const MAX_BODY: usize = 32 << 20;

/// The retry budget.
const RETRY_BUDGET: u32 = 20;

/// A generated client.
pub trait Api: Sized {
    /// The base URL, without a slash at the end; `None` where the API's spec names no server, so that
    /// [`Builder::base_url`] has to be set.
    const BASE_URL: Option<&'static str>;

    /// The scopes that access tokens are requested for, unless [`Builder::scopes`] sets others.
    const SCOPES: &'static [&'static str];

    /// The parameters that every call sends unless they are set to other values.
    const PRESET: &'static [(&'static str, &'static str)] = &[];

    /// Every operation of the API.
    const OPERATIONS: &'static [&'static Operation];

    /// The client with this runtime.
    fn from_runtime(runtime: Client) -> Self;

    /// The runtime of the client: for operations that it has no method for.
    fn runtime(&self) -> &Client;
}

/// Builds a client.
pub struct Builder<A: Api> {
    base_url: Option<String>,
    credentials: Option<Result<Arc<dyn Credentials>, Error>>,
    scopes: Option<Vec<String>>,
    quota_project: Option<String>,
    pub(super) parameters: Parameters,
    http: Configure,
    connection_reuse: ConnectionReuse,
    user_agent: String,
    policy: RetryPolicy,
    retry_budget: u32,
    limiter: RateLimiter,
    clock: Arc<dyn Clock>,
    observer: Option<Arc<dyn Observer>>,
    max_body: usize,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> Default for Builder<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Api> Builder<A> {
    /// A builder of a client without credentials, for the server that the API's spec names. Where it
    /// names none, [`base_url`](Self::base_url) has to be set.
    pub fn new() -> Self {
        Self {
            base_url: None,
            credentials: None,
            scopes: None,
            quota_project: None,
            parameters: Parameters::new(),
            http: Box::new(|http| http),
            connection_reuse: ConnectionReuse::default(),
            user_agent: USER_AGENT.to_owned(),
            policy: RetryPolicy::default(),
            retry_budget: RETRY_BUDGET,
            limiter: RateLimiter::default(),
            clock: Arc::new(SystemClock),
            observer: None,
            max_body: MAX_BODY,
            api: PhantomData,
        }
    }

    /// Sets the retry policy of all calls.
    #[must_use]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Retry throttling: the retry budget that all calls of the client share, 20 unless set. Each retry
    /// withdraws one from it, and deposits it again if it succeeds; each other call that succeeds
    /// deposits a tenth. So retries do not multiply an outage, and a failure rate of 20 % is tolerated.
    #[must_use]
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Sets a [`RateLimit`](super::RateLimit), or a [`RateLimiter`] that is shared with other clients. A
    /// quota of the server is respected without it.
    #[must_use]
    pub fn rate_limiter(mut self, limiter: impl Into<RateLimiter>) -> Self {
        self.limiter = limiter.into();
        self
    }

    /// Sets an observer of attempts and of the rate limiter.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the clock, so that a test does not have to wait.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Puts the name of a program in front of this crate's in `User-Agent`: with `inviter/1.2`,
    /// `inviter/1.2 generated-client/0.1.0` is sent, and `generated-client/0.1.0` without. A header of this name that
    /// is set on a request replaces both.
    #[must_use]
    pub fn user_agent(mut self, program: &str) -> Self {
        self.user_agent = format!("{program} {USER_AGENT}");
        self
    }

    /// The maximum size of a response body after decompression: 32 MiB unless set. A longer one is an
    /// error.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets the base URL: what every URL begins with, in place of the spec's server and its path. It is `https`, or on
    /// this machine.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sends this access token as `Authorization: Bearer …` with every call.
    #[must_use]
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        let bearer = Authorization::bearer(token);
        self.credentials = Some(bearer.map(|it| Arc::new(it) as _));
        self
    }

    /// Authenticates with these credentials. Their kinds are in [`auth`](crate::auth).
    #[must_use]
    pub fn credentials(mut self, credentials: impl Credentials + 'static) -> Self {
        self.credentials = Some(Ok(Arc::new(credentials)));
        self
    }

    /// Requests access tokens for these scopes, and returns an error for an operation that none of them
    /// allows before anything is sent. Unless set, tokens are requested for [`Api::SCOPES`]: for a generated
    /// client the narrowest scopes that allow every operation.
    ///
    /// The scopes of an access token from elsewhere do not change.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The project whose quota every call counts against (`x-goog-user-project`). Unless set, it is the
    /// one that the credentials name, if any.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/set-quota-project>.
    #[must_use]
    pub fn quota_project(mut self, project: impl Into<String>) -> Self {
        self.quota_project = Some(project.into());
        self
    }

    /// Sends these standard parameters with every call, besides those that are set already.
    #[must_use]
    pub fn parameters(mut self, parameters: Parameters) -> Self {
        self.parameters = self.parameters.and(parameters);
        self
    }

    /// Configures HTTP: a proxy, certificates, timeouts.
    ///
    /// ```
    /// # use generated_client_runtime::{Api, Builder, Error};
    /// # fn client<Client: Api>(proxy: reqwest::Proxy) -> Result<Client, Error> {
    /// Builder::<Client>::new()
    ///     .http(move |http| http.proxy(proxy.clone()))
    ///     .build()
    /// # }
    /// ```
    ///
    /// The function is called more than once, because there is more than one HTTP client: calls that
    /// must not be repeated get a fresh connection, and each tokio runtime keeps its own connections.
    /// It gets a builder with this crate's defaults, a connect timeout of ten seconds. What is needed
    /// for safety is set after it: redirects are never followed, reqwest retries nothing, and no
    /// attempt waits for a connection for longer than half of its time.
    ///
    /// The proxies of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) count, but
    /// never for a server on this machine. A proxy that is set here counts for every server, and
    /// replaces those of the environment.
    #[must_use]
    pub fn http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Box::new(configure);
        self
    }

    /// Which connections are used for operations that are not idempotent: fresh ones unless set. A
    /// hand-written facade may set this itself; those of `generated-client` always use fresh ones.
    #[must_use]
    pub fn connection_reuse(mut self, reuse: ConnectionReuse) -> Self {
        self.connection_reuse = reuse;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// No base URL where the API's spec names no server; one that is neither `https` nor on this machine,
    /// or has more than a host, a port and a path; a token or a project that cannot stand in a header; a
    /// parameter that the API does not take; a connection that cannot be set up.
    pub fn build(self) -> Result<A, Error> {
        let base_url = self.base_url.as_deref().or(A::BASE_URL).ok_or_else(|| {
            let what = "the API's spec names no server: set `base_url`";
            Error::invalid_argument(what)
        })?;
        let base_url = url::checked_base(base_url)?;
        let user_agent = HeaderValue::try_from(&self.user_agent)
            .map_err(|_| Error::invalid_argument("the user agent cannot stand in a header"))?;
        let credentials = self.credentials.transpose()?;
        let of_the_api = || A::SCOPES.iter().map(ToString::to_string).collect();
        let scopes = self.scopes.clone().unwrap_or_else(of_the_api);
        let quota_project = self.quota_project.map(|project| {
            HeaderValue::try_from(project)
                .map_err(|_| Error::invalid_argument("the quota project cannot stand in a header"))
        });
        let http = HttpClients::new(self.http, user_agent, self.clock.clone(), &base_url)?;
        Ok(A::from_runtime(Client::new(Shared {
            http: Arc::new(http),
            connection_reuse: self.connection_reuse,
            base_url: Arc::new(base_url),
            has_own_base_url: self.base_url.is_some(),
            credentials: credentials.map(|it| Arc::new(Cache::new(it, scopes))),
            scopes: self.scopes.map(Arc::from),
            quota_project: quota_project.transpose()?,
            parameters: self.parameters.checked()?.or(&Pairs::preset(A::PRESET)),
            policy: self.policy,
            throttler: Arc::new(RetryThrottler::new(self.retry_budget)),
            limiter: self.limiter,
            clock: self.clock,
            observer: self.observer,
            max_body: self.max_body,
        })))
    }
}

impl<A: Api> fmt::Debug for Builder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").finish_non_exhaustive()
    }
}
