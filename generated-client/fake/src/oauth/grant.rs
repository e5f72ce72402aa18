//! What a test says about a token that it wants.

use std::collections::BTreeSet;
use std::time::Duration;

/// The scopes that the fake knows.
pub mod scope {
    /// All five methods.
    pub const USER_INVITATIONS: &str =
        "https://www.googleapis.com/auth/cloud-identity.userinvitations";
    /// `get`, `list` and `isInvitableUser`.
    pub const USER_INVITATIONS_READONLY: &str =
        "https://www.googleapis.com/auth/cloud-identity.userinvitations.readonly";
    /// `signJwt`, and everything else of Google Cloud; none of the five methods.
    pub const CLOUD_PLATFORM: &str = "https://www.googleapis.com/auth/cloud-platform";
    /// `signJwt`.
    pub const IAM: &str = "https://www.googleapis.com/auth/iam";
}

/// On whose behalf a token is.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    Administrator,
    Named(String),
    None,
}

/// What a token is for: [`FakeServer::issue`](crate::FakeServer::issue) makes it.
///
/// If nothing else is said, all five methods, on behalf of an administrator, for an hour.
#[derive(Clone, Debug)]
pub struct Grant {
    pub(crate) subject: Subject,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) life: Duration,
}

impl Grant {
    /// All five methods, on behalf of an administrator, for an hour.
    #[must_use]
    pub fn new() -> Self {
        Self {
            subject: Subject::Administrator,
            scopes: BTreeSet::from([scope::USER_INVITATIONS.to_owned()]),
            life: Duration::from_secs(60 * 60),
        }
    }

    /// These scopes and no others.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// On behalf of a user, who need not be an administrator.
    #[must_use]
    pub fn subject(mut self, address: impl Into<String>) -> Self {
        self.subject = Subject::Named(address.into());
        self
    }

    /// Without a subject: a service account for itself, which the five methods refuse.
    #[must_use]
    pub fn without_subject(mut self) -> Self {
        self.subject = Subject::None;
        self
    }

    /// For how long. A token that lives for no time at all is an expired one, and one that lives for
    /// [`Duration::MAX`] does not expire.
    #[must_use]
    pub fn lifetime(mut self, life: Duration) -> Self {
        self.life = life;
        self
    }
}

impl Default for Grant {
    fn default() -> Self {
        Self::new()
    }
}
