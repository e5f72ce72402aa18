//! How a fake is set up before it starts.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;

use super::clock::{Clock, delta, earlier};
use super::cloudidentity::{Account, CloudIdentity, CustomerState, Pages, Quota};
use super::confluent::{ConfluentCloud, Organization};
use super::connection::serve;
use super::counters::Counters;
use super::faults::{Layer, Plan, Rule};
use super::oauth::{Credentials, scope};
use super::random::{Purpose, stream};
use super::server::FakeServer;
use super::state::{Shared, redirected_router, router};

/// Since when the first domain is verified.
const LONG_AGO: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// A fake that is not started yet: [`FakeServer::builder`].
#[derive(Clone, Debug)]
#[must_use = "a fake that is not started serves nothing"]
pub struct Builder {
    address: SocketAddr,
    seed: u64,
    customer: String,
    domain: String,
    more_domains: Vec<String>,
    administrators: Vec<String>,
    invitations: usize,
    accounts: Vec<Account>,
    faults: Vec<Rule>,
    starts_at: Option<SystemTime>,
    token_lifetime: Duration,
    request_timeout: Duration,
    quota_per_minute: Option<usize>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 0,
            customer: "C0fake123".to_owned(),
            domain: "example.com".to_owned(),
            more_domains: Vec::new(),
            administrators: Vec::new(),
            invitations: 0,
            accounts: Vec::new(),
            faults: Vec::new(),
            starts_at: None,
            token_lifetime: Duration::from_secs(60 * 60),
            request_timeout: Duration::from_secs(10),
            quota_per_minute: None,
        }
    }
}

impl Builder {
    /// Where to listen, if not on a free port of 127.0.0.1. Only loopback will do.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Where random choices come from: the same seed, the same state.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The customer's ID, such as `C0fake123`, which it is if nothing is said.
    pub fn customer(mut self, id: impl Into<String>) -> Self {
        self.customer = id.into();
        self
    }

    /// The customer's domain, verified long ago; `example.com` if nothing is said.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = domain.into();
        self
    }

    /// Another domain of the customer, verified long ago. May be repeated.
    pub fn also_domain(mut self, domain: impl Into<String>) -> Self {
        self.more_domains.push(domain.into());
        self
    }

    /// An administrator, who may call the API. If none is set, it is `admin@` the domain.
    pub fn administrator(mut self, address: impl Into<String>) -> Self {
        self.administrators.push(address.into());
        self
    }

    /// How many invitations there are, in all states, all of them listed.
    pub fn invitations(mut self, count: usize) -> Self {
        self.invitations = count;
        self
    }

    /// An account, as [`FakeServer::add`] adds it.
    pub fn account(mut self, account: impl Into<Account>) -> Self {
        self.accounts.push(account.into());
        self
    }

    /// Something that goes wrong, as [`FakeServer::inject`] injects it.
    pub fn fault(mut self, rule: impl Into<Rule>) -> Self {
        self.faults.push(rule.into());
        self
    }

    /// Stops the clock at a time: it moves by [`FakeServer::advance`] alone, and the data is the
    /// same down to the nanosecond. If nothing is said, the clock goes with the system's.
    pub fn starts_at(mut self, time: impl Into<SystemTime>) -> Self {
        self.starts_at = Some(time.into());
        self
    }

    /// The lifetime of the token endpoint's tokens: an hour unless set.
    pub fn token_lifetime(mut self, life: Duration) -> Self {
        self.token_lifetime = life;
        self
    }

    /// The timeout of the rest of a request, in real time: ten seconds unless set. After it, the response
    /// is 408.
    pub fn request_timeout(mut self, request_timeout: Duration) -> Self {
        self.request_timeout = request_timeout;
        self
    }

    /// How many requests of the User Invitation API a minute may have: see
    /// [`FakeServer::set_quota_per_minute`].
    pub fn quota_per_minute(mut self, requests: usize) -> Self {
        self.quota_per_minute = Some(requests);
        self
    }

    /// Starts the fake on the runtime that this is called on.
    ///
    /// # Errors
    ///
    /// Where the address is not a loopback one, or cannot be listened on.
    pub async fn start(self) -> io::Result<FakeServer> {
        if !self.address.ip().is_loopback() {
            let why = "the fake listens on loopback only: any client can authenticate";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let listener = TcpListener::bind(self.address).await?;
        let redirected = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let elsewhere = format!("http://{}", redirected.local_addr()?);
        let request_timeout = self.request_timeout;
        let seeded = self.invitations;
        let shared = Arc::new(self.build(&base_url, elsewhere));
        let tasks = [
            tokio::spawn(serve(
                listener,
                router(Arc::clone(&shared)),
                request_timeout,
            )),
            tokio::spawn(serve(
                redirected,
                redirected_router(Arc::clone(&shared)),
                request_timeout,
            )),
        ];
        let server = FakeServer::new(base_url, shared, tasks);
        server.seed_invitations(seeded);
        Ok(server)
    }

    fn build(self, base_url: &str, elsewhere: String) -> Shared {
        let clock = Arc::new(self.starts_at.map_or_else(Clock::running, Clock::standing));
        let now = clock.now();
        let state = self.customer_state(now);
        let mut plan = Plan::new(self.seed);
        for rule in self.faults {
            plan.inject(rule);
        }
        let mut administrators = self.administrators;
        if administrators.is_empty() {
            administrators.push(format!("admin@{}", self.domain));
        }
        let mut quota = Quota::default();
        quota.set(self.quota_per_minute);
        let random = stream(self.seed, Purpose::Confluent, 0);
        let organization = Organization::new(random, base_url);
        let credentials = credentials(self.seed, base_url, administrators, self.token_lifetime);
        Shared {
            layer: Layer {
                clock: Arc::clone(&clock),
                request_timeout: self.request_timeout,
                elsewhere,
                plan: Mutex::new(plan),
                counters: Mutex::new(Counters::default()),
                redirected: AtomicU64::new(0),
            },
            confluent: ConfluentCloud {
                clock: Arc::clone(&clock),
                organization: Mutex::new(organization),
            },
            cloudidentity: CloudIdentity {
                clock,
                customer: self.customer,
                domain: self.domain,
                credentials,
                customer_state: Mutex::new(state),
                pages: Mutex::new(Pages::new(&mut stream(self.seed, Purpose::PageTokens, 0))),
                quota: Mutex::new(quota),
                seeded: Mutex::new((stream(self.seed, Purpose::Accounts, 0), 0)),
            },
        }
    }
    /// The domains and accounts that the customer begins with.
    fn customer_state(&self, now: DateTime<Utc>) -> CustomerState {
        let mut state = CustomerState::default();
        for domain in [&self.domain].into_iter().chain(&self.more_domains) {
            state.verify_domain(domain, earlier(now, delta(LONG_AGO)));
        }
        for account in &self.accounts {
            state.add(account, now);
        }
        state
    }
}

/// Who may authenticate, with the scopes that administrators delegate.
fn credentials(
    seed: u64,
    base_url: &str,
    administrators: Vec<String>,
    token_lifetime: Duration,
) -> Credentials {
    let delegated = [scope::USER_INVITATIONS, scope::USER_INVITATIONS_READONLY];
    let delegated: BTreeSet<_> = delegated.map(str::to_owned).into();
    Credentials::new(seed, base_url, administrators, delegated, token_lifetime)
}
