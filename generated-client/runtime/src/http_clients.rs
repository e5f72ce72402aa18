//! The HTTP clients of a client. They differ in which connections they use.
//!
//! An idle connection may be closed already, which only writing a request to it shows. Whether the request
//! was executed is unknown then, so a call that must not be repeated gets a fresh connection.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use reqwest::{ClientBuilder, Proxy, Url};
use tokio::runtime::{Handle, Id};

use super::clock::Clock;
use super::connect_timeout::ConnectTimeoutLayer;
use super::connection_reuse::{RECENT, Suspension};
use super::{Error, url};

/// The connect timeout, unless another one is configured.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The maximum number of tokio runtimes with connection pools. Another one replaces the least recently
/// used one: most likely that has shut down, and its connections are closed.
const RUNTIMES: usize = 8;

/// Configures an HTTP client.
pub(super) type Configure = Box<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// Which connection a request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connection {
    /// A new one.
    Fresh,
    /// An idle one, where there is one.
    Pooled,
    /// One that was idle for less than a second, where there is one.
    Recent,
}

/// The HTTP clients, each built at its first use.
pub(super) struct HttpClients {
    configure: Configure,
    user_agent: HeaderValue,
    clock: Arc<dyn Clock>,
    suspension: Suspension,
    /// The most recently used one comes first.
    built: Mutex<Vec<(Kind, reqwest::Client)>>,
}

/// How HTTP clients differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    /// Which connections are reused, and of which runtime, which drives them; `None` for fresh ones.
    pool: Option<(Connection, Id)>,
    server: Server,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Server {
    OtherMachine,
    Loopback,
    /// On this machine, without TLS.
    PlainLoopback,
}

impl Server {
    /// For a server on this machine, a proxy that none of its URLs match: it is one for the other scheme. It
    /// replaces the proxies of the environment; those of the user's configuration come before it.
    ///
    /// A custom proxy that matches no URL would parse the URL of every request several times.
    fn unused_proxy(self) -> Option<reqwest::Result<Proxy>> {
        const NOWHERE: &str = "http://127.0.0.1:9";
        match self {
            Self::OtherMachine => None,
            Self::Loopback => Some(Proxy::http(NOWHERE)),
            Self::PlainLoopback => Some(Proxy::https(NOWHERE)),
        }
    }
}

impl Kind {
    fn fresh(url: &Url) -> Self {
        Self {
            pool: None,
            server: match url::is_loopback(url) {
                false => Server::OtherMachine,
                true if url.scheme() == "http" => Server::PlainLoopback,
                true => Server::Loopback,
            },
        }
    }
}

impl HttpClients {
    /// The HTTP clients for an API at this URL.
    ///
    /// # Errors
    ///
    /// The configuration is not valid.
    pub fn new(
        configure: Configure,
        user_agent: HeaderValue,
        clock: Arc<dyn Clock>,
        base: &Url,
    ) -> Result<Self, Error> {
        let this = Self {
            configure,
            user_agent,
            clock,
            suspension: Suspension::default(),
            built: Mutex::default(),
        };
        this.get(Connection::Fresh, base)?;
        Ok(this)
    }

    /// The HTTP client for a request to this URL.
    pub fn get(&self, connection: Connection, url: &Url) -> Result<reqwest::Client, Error> {
        let kind = self.kind(connection, url);
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let known = built.iter().position(|(known, _)| *known == kind);
        let taken = known.or_else(|| longest_unused(&built, kind));
        let http = match taken.map(|index| built.remove(index)) {
            Some((known, http)) if known == kind || connection == Connection::Pooled => http,
            // Connections that another runtime has left may be stuck.
            _ => self.build(kind)?,
        };
        built.insert(0, (kind, http.clone()));
        Ok(http)
    }

    /// The connection of a request is idle now, if it can be used again.
    pub fn became_idle(&self, connection: Connection) {
        if connection == Connection::Recent {
            self.suspension.is_trusted(self.clock.as_ref());
        }
    }

    fn kind(&self, connection: Connection, url: &Url) -> Kind {
        let fresh = Kind::fresh(url);
        let reuses = match connection {
            Connection::Fresh => false,
            Connection::Pooled => true,
            Connection::Recent => self.suspension.is_trusted(self.clock.as_ref()),
        };
        match Handle::try_current() {
            Ok(runtime) if reuses => Kind {
                pool: Some((connection, runtime.id())),
                ..fresh
            },
            _ => fresh,
        }
    }

    fn build(&self, kind: Kind) -> Result<reqwest::Client, Error> {
        let mut defaults = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
        if kind.server == Server::PlainLoopback {
            defaults = without_certificates(defaults);
        }
        let mut builder = (self.configure)(defaults)
            .user_agent(self.user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connector_layer(ConnectTimeoutLayer);
        builder = match kind.pool {
            None => builder.pool_max_idle_per_host(0),
            Some((Connection::Recent, _)) => builder.pool_idle_timeout(RECENT),
            Some(_) => builder,
        };
        if let Some(proxy) = kind.server.unused_proxy() {
            builder = builder.proxy(proxy.map_err(Error::http_client)?);
        }
        builder.build().map_err(Error::http_client)
    }
}

/// The pool that another one replaces, where there is the maximum number of its kind.
fn longest_unused(built: &[(Kind, reqwest::Client)], kind: Kind) -> Option<usize> {
    let alike = |known: Kind| {
        let pools = known.pool.zip(kind.pool);
        pools.is_some_and(|(known, new)| known.0 == new.0) && known.server == kind.server
    };
    let pools = built.iter().enumerate();
    let mut pools = pools.filter(|(_, (known, _))| alike(*known));
    pools.nth(RUNTIMES - 1).map(|(index, _)| index)
}

/// Reading the system's certificates is most of the work of building an HTTP client.
#[cfg(feature = "rustls")]
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only([])
}

#[cfg(not(feature = "rustls"))]
fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder
}
