//! What a test says about an account that it puts into the fake.

use std::time::Duration;

/// How long ago an account was made if a test says nothing: long enough to be listed.
const OLD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How far an invitation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// No email was sent, or the invitation was cancelled.
    NotYetSent,
    /// The email of an invitation was sent.
    Invited,
    /// The user accepted: the account is managed now.
    Accepted,
    /// The user declined.
    Declined,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [
        Self::NotYetSent,
        Self::Invited,
        Self::Accepted,
        Self::Declined,
    ];

    /// How the API writes the state.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotYetSent => "NOT_YET_SENT",
            Self::Invited => "INVITED",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
        }
    }
}

/// A consumer account, opened under an address of the customer's domain.
///
/// An address is enough: `fake.add("ada@example.com")` adds one that is a month old and was never
/// invited.
#[derive(Clone, Debug)]
pub struct Account {
    pub(crate) address: String,
    pub(crate) age: Duration,
    pub(crate) unchanged_for: Duration,
    pub(crate) state: State,
    emails_sent: Option<u64>,
}

impl Account {
    /// An account that is a month old and was never invited.
    #[must_use]
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            age: OLD,
            unchanged_for: OLD,
            state: State::NotYetSent,
            emails_sent: None,
        }
    }

    /// How long ago the account was made. Below 48 hours, `get` and `list` do not show it.
    #[must_use]
    pub fn age(mut self, age: Duration) -> Self {
        self.age = age;
        self
    }

    /// How far its invitation has come.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// How long ago its invitation last changed; at most its age.
    #[must_use]
    pub fn unchanged_for(mut self, time: Duration) -> Self {
        self.unchanged_for = time;
        self
    }

    /// How many emails were sent to it; if unset, one to an account that was invited.
    #[must_use]
    pub fn emails_sent(mut self, emails_sent: u64) -> Self {
        self.emails_sent = Some(emails_sent);
        self
    }

    pub(crate) fn initial_emails_sent(&self) -> u64 {
        self.emails_sent
            .unwrap_or(u64::from(self.state != State::NotYetSent))
    }
}

impl From<&str> for Account {
    fn from(address: &str) -> Self {
        Self::new(address)
    }
}

impl From<String> for Account {
    fn from(address: String) -> Self {
        Self::new(address)
    }
}
