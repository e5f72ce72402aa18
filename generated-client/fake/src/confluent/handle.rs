//! The handle by which a test holds the fake's Confluent Cloud.

use std::fmt;
use std::time::Duration;

use super::ConfluentCloud;
use crate::clock::delta;
use crate::locked;

/// The Confluent Cloud of a fake: see [`FakeServer::confluent`](crate::FakeServer::confluent).
#[derive(Clone, Copy)]
pub struct Confluent<'a>(pub(crate) &'a ConfluentCloud);

impl fmt::Debug for Confluent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confluent")
    }
}

impl Confluent<'_> {
    /// The Cloud API key: its id and its secret.
    #[must_use]
    pub fn key(&self) -> (String, String) {
        locked(&self.0.organization).key.clone()
    }

    /// Where tokens are exchanged.
    #[must_use]
    pub fn sts_url(&self) -> String {
        format!(
            "{}/sts/v1/oauth2/token",
            locked(&self.0.organization).base_url
        )
    }

    /// The one token of an identity provider that can be exchanged.
    #[must_use]
    pub fn subject_token(&self) -> String {
        locked(&self.0.organization).subject_token.clone()
    }

    /// Invites an address. Returns the invitation's id.
    pub fn invite(&self, email: &str) -> String {
        let now = self.0.clock.now();
        locked(&self.0.organization).invite(email, "AUTH_TYPE_LOCAL", now)
    }

    /// Accepts an invitation, as its user would. Returns whether there is such an invitation.
    pub fn accept(&self, id: &str) -> bool {
        let now = self.0.clock.now();
        let mut organization = locked(&self.0.organization);
        let invitation = organization.invitations.get_mut(id);
        invitation.map(|it| it.accepted = Some(now)).is_some()
    }

    /// How many emails were sent to an address.
    #[must_use]
    pub fn emails_sent(&self, email: &str) -> u64 {
        let organization = locked(&self.0.organization);
        organization
            .emails_sent
            .get(email)
            .copied()
            .unwrap_or_default()
    }

    /// How many invitations the organization may have; any number unless set.
    pub fn set_quota(&self, invitations: usize) {
        locked(&self.0.organization).quota = invitations;
    }

    /// How many requests a window of time may hold: a million a minute unless set. A window begins now.
    pub fn set_limit(&self, requests: u64, window: Duration) {
        locked(&self.0.organization).set_limit(requests, delta(window));
    }
}
