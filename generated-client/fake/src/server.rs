//! The handle by which a test holds a fake.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;

use super::builder::Builder;
use super::cloudidentity::{Account, CloudIdentity, State};
use super::confluent::Confluent;
use super::faults::Rule;
use super::locked;
use super::method::Method;
use super::oauth::{Grant, scope};
use super::state::Shared;

/// A fake Cloud Identity that runs until it is dropped.
pub struct FakeServer {
    base_url: String,
    shared: Arc<Shared>,
    tasks: [JoinHandle<Infallible>; 2],
}

impl fmt::Debug for FakeServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeServer")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Starting, and what a client needs to reach it.
impl FakeServer {
    /// Starts a fake on a free port, with one customer and no accounts.
    ///
    /// # Errors
    ///
    /// Where no port can be listened on.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Sets up a fake.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(
        base_url: String,
        shared: Arc<Shared>,
        tasks: [JoinHandle<Infallible>; 2],
    ) -> Self {
        Self {
            base_url,
            shared,
            tasks,
        }
    }

    fn api(&self) -> &CloudIdentity {
        &self.shared.cloudidentity
    }

    /// The Confluent Cloud that is on the same port.
    #[must_use]
    pub fn confluent(&self) -> Confluent<'_> {
        Confluent(&self.shared.confluent)
    }

    /// Where it listens: `http://127.0.0.1:…`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where clients get their tokens.
    #[must_use]
    pub fn token_uri(&self) -> &str {
        &self.api().credentials.token_uri
    }

    /// The customer's name: `customers/C…`.
    #[must_use]
    pub fn customer(&self) -> String {
        format!("customers/{}", self.api().customer)
    }

    /// The customer's id: `C…`.
    #[must_use]
    pub fn customer_id(&self) -> &str {
        &self.api().customer
    }

    /// The name of an address's invitation: `customers/C…/userinvitations/…`.
    #[must_use]
    pub fn name(&self, address: &str) -> String {
        format!("{}/userinvitations/{address}", self.customer())
    }
}

/// Accounts and time.
impl FakeServer {
    /// Adds an account, or replaces the one with its address.
    pub fn add(&self, account: impl Into<Account>) {
        let now = self.api().clock.now();
        locked(&self.api().customer_state).add(&account.into(), now);
    }

    /// Adds as many accounts, in all states, all of them old enough to be listed.
    pub fn seed_invitations(&self, count: usize) {
        self.api().seed(count);
    }

    /// Verifies a domain now. Its accounts can be invited at once, and are listed after 48 hours.
    pub fn verify_domain(&self, domain: &str) {
        locked(&self.api().customer_state).verify_domain(domain, self.api().clock.now());
    }

    /// Every account's address, sorted.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        locked(&self.api().customer_state).addresses()
    }

    /// How far an account's invitation has come; `None` where there is no such account.
    #[must_use]
    pub fn state(&self, address: &str) -> Option<State> {
        locked(&self.api().customer_state).state(address)
    }

    /// The user accepts the invitation. Says whether there was one that was open.
    pub fn accept(&self, address: &str) -> bool {
        self.respond(address, State::Accepted)
    }

    /// The user declines the invitation. Says whether there was one that was open.
    pub fn decline(&self, address: &str) -> bool {
        self.respond(address, State::Declined)
    }

    fn respond(&self, address: &str, response: State) -> bool {
        let now = self.api().clock.now();
        let changed = locked(&self.api().customer_state).respond(address, now, response);
        changed.is_ok()
    }

    /// What time it is for the fake.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.api().clock.now().into()
    }

    /// Moves the fake's time forward: accounts grow older, tokens expire. The times that a client
    /// signs into its requests are still compared with the time of the clock that is never moved, for that is what
    /// the client's clock shows; so are the dates of [`Hint::Date`](super::Hint::Date).
    pub fn advance(&self, by: Duration) {
        self.api().clock.advance(by);
    }
}

/// Faults and counts.
impl FakeServer {
    /// How many requests of the User Invitation API a minute of the fake's time may have; any number
    /// where it is `None`. Those beyond are throttled: 429, without a hint of when to come again.
    pub fn set_quota_per_minute(&self, requests: impl Into<Option<usize>>) {
        locked(&self.api().quota).set(requests.into());
    }

    /// Has something go wrong: `fake.inject(Fault::Internal.on(Method::Get).nth(2))`.
    pub fn inject(&self, rule: impl Into<Rule>) {
        locked(&self.shared.layer.plan).inject(rule.into());
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        locked(&self.shared.layer.plan).clear();
    }

    /// How many requests to a method have come, those that met with a fault among them.
    #[must_use]
    pub fn requests(&self, method: Method) -> u64 {
        locked(&self.shared.layer.counters).requests(method)
    }

    /// How many requests to a method met with a fault.
    #[must_use]
    pub fn faults(&self, method: Method) -> u64 {
        locked(&self.shared.layer.counters).faults(method)
    }

    /// How many emails were sent to an address since the start.
    #[must_use]
    pub fn emails_sent(&self, address: &str) -> u64 {
        locked(&self.api().customer_state).emails_sent(address)
    }

    /// How many emails were sent since the start.
    #[must_use]
    pub fn all_emails_sent(&self) -> u64 {
        locked(&self.api().customer_state).all_emails_sent()
    }

    /// How many redirected requests arrived. No client should follow a redirect.
    #[must_use]
    pub fn redirected_requests(&self) -> u64 {
        self.shared.layer.redirected.load(Ordering::Relaxed)
    }
}

/// Logging in.
impl FakeServer {
    /// A token for all five methods, on behalf of an administrator. It does not expire, however far
    /// the time is moved.
    #[must_use]
    pub fn token(&self) -> String {
        self.issue(&Grant::new().lifetime(Duration::MAX))
    }

    /// A token that has expired.
    #[must_use]
    pub fn expired_token(&self) -> String {
        self.issue(&Grant::new().lifetime(Duration::ZERO))
    }

    /// A token of a caller who may have claims signed, as for keyless delegation. It does not expire.
    #[must_use]
    pub fn base_token(&self) -> String {
        self.issue(
            &Grant::new()
                .scopes([scope::CLOUD_PLATFORM])
                .without_subject()
                .lifetime(Duration::MAX),
        )
    }

    /// A token.
    #[must_use]
    pub fn issue(&self, grant: &Grant) -> String {
        let now = self.api().clock.now();
        self.api().credentials.issue(grant, now)
    }

    /// Makes a token worthless.
    pub fn revoke(&self, token: &str) {
        self.api().credentials.revoke(token);
    }

    /// How long the token endpoint's tokens live from now on.
    pub fn set_token_lifetime(&self, life: Duration) {
        self.api().credentials.set_life(life);
    }

    /// What the service account may ask for on behalf of users, as in the Admin console: these
    /// scopes and no others.
    pub fn delegate<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) {
        let scopes: BTreeSet<String> = scopes.into_iter().map(Into::into).collect();
        self.api().credentials.delegate(scopes);
    }

    /// The first administrator's address: the subject of delegation.
    #[must_use]
    pub fn administrator(&self) -> String {
        self.api().credentials.administrator()
    }

    /// The service account's address.
    #[must_use]
    pub fn service_account(&self) -> &str {
        &self.api().credentials.service_account.email
    }

    /// The service account's key, as the file that Google hands out. It is made by the first call,
    /// and no other fake has it. Give a file that it is written to mode 0600.
    ///
    /// # Errors
    ///
    /// Where the key cannot be made.
    pub fn service_account_key(&self) -> io::Result<String> {
        self.api().credentials.service_account.file(&self.base_url)
    }

    /// An administrator's own credentials, as an `authorized_user` file.
    #[must_use]
    pub fn authorized_user(&self) -> String {
        self.api().credentials.authorized_user()
    }
}
