//! The HTTP clients that one client sends with. They differ in which connections they use.
//!
//! A connection that was idle may be closed already, and only writing a request to it shows that. Then
//! nothing tells whether the request was executed, so a call that must not be repeated gets a fresh
//! connection.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use reqwest::{ClientBuilder, Proxy, Url};
use tokio::runtime::{Handle, Id};

use super::connect_timeout::ConnectTimeoutLayer;
use super::{Error, url};

/// How long a connection may take to come about, unless the caller says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// For how many runtimes connections are kept. In any other one, every call gets a fresh one.
const RUNTIMES: usize = 4;

/// What a caller sets up of HTTP.
pub(super) type Configure = Box<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// Which connection a request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connection {
    /// One that nothing was sent on.
    Fresh,
    /// An idle one, where there is one.
    Pooled,
}

/// The HTTP clients, each built when it is needed first.
pub(super) struct HttpClients {
    configure: Configure,
    user_agent: HeaderValue,
    built: Mutex<Vec<(Kind, reqwest::Client)>>,
}

/// What tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    /// Whose connections are used again: a runtime drives its own, and nobody else does. Nothing: they
    /// are not.
    pool: Option<Id>,
    /// Whether the server is on this machine.
    loopback: bool,
}

impl HttpClients {
    /// Those for an API at this URL.
    ///
    /// # Errors
    ///
    /// What the caller has set up does not work.
    pub fn new(configure: Configure, user_agent: HeaderValue, base: &Url) -> Result<Self, Error> {
        let this = Self {
            configure,
            user_agent,
            built: Mutex::default(),
        };
        this.get(Connection::Fresh, base)?;
        Ok(this)
    }

    /// The one for a request to this URL.
    pub fn get(&self, connection: Connection, url: &Url) -> Result<reqwest::Client, Error> {
        let mut kind = Kind {
            pool: match connection {
                Connection::Fresh => None,
                Connection::Pooled => Handle::try_current().ok().map(|runtime| runtime.id()),
            },
            loopback: url::is_loopback(url),
        };
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let find = |built: &[(Kind, reqwest::Client)], kind| {
            let found = built.iter().find(|(known, _)| *known == kind);
            found.map(|(_, http)| http.clone())
        };
        if let Some(http) = find(&built, kind) {
            return Ok(http);
        }
        let pools = built.iter().filter(|(known, _)| known.pool.is_some());
        if kind.pool.is_some() && pools.count() >= RUNTIMES {
            kind.pool = None;
            if let Some(http) = find(&built, kind) {
                return Ok(http);
            }
        }
        let http = self.build(kind)?;
        built.push((kind, http.clone()));
        Ok(http)
    }

    fn build(&self, kind: Kind) -> Result<reqwest::Client, Error> {
        let defaults = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
        let mut builder = (self.configure)(defaults)
            .user_agent(self.user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connector_layer(ConnectTimeoutLayer);
        if kind.pool.is_none() {
            builder = builder.pool_max_idle_per_host(0);
        }
        if kind.loopback {
            // A proxy that is set by hand, also one that takes nothing, is used instead of those of the
            // environment; any that the caller has set come before it.
            builder = builder.proxy(Proxy::custom(|_| None::<Url>));
        }
        builder.build().map_err(Error::http_client)
    }
}
