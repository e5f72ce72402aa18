//! Who there is, and how far each invitation has come: the state machine, without HTTP or JSON.
//!
//! The rules are listed in the documentation of [this crate](crate).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::account::{Account, State};
use crate::clock::{delta, earlier, later};

/// For how long `get` and `list` do not show a new account or a newly verified domain.
const HIDDEN: TimeDelta = TimeDelta::hours(48);

/// An unmanaged account, and its invitation.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub address: String,
    pub state: State,
    pub emails_sent: u64,
    pub updated: DateTime<Utc>,
    created: DateTime<Utc>,
}

/// Why a call is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is no such invitation, or it is not shown yet.
    NotFound,
    /// No consumer account of a verified domain.
    NotInvitable,
    /// The user accepted: the account is managed now.
    Managed,
    /// Nothing was sent that could be cancelled.
    NotSent,
    /// The user has accepted or declined already.
    Settled,
}

/// One customer, its domains and their accounts.
#[derive(Debug, Default)]
pub(crate) struct CustomerState {
    /// Verified domains, and since when.
    domains: BTreeMap<String, DateTime<Utc>>,
    /// By address, in lower case.
    accounts: BTreeMap<String, Arc<Invitation>>,
    /// How many emails were sent to each address since the start.
    outbox: BTreeMap<String, u64>,
}

impl CustomerState {
    pub(crate) fn verify_domain(&mut self, domain: &str, since: DateTime<Utc>) {
        self.domains.insert(domain.to_ascii_lowercase(), since);
    }

    pub(crate) fn add(&mut self, account: &Account, now: DateTime<Utc>) {
        let created = earlier(now, delta(account.age));
        let updated = earlier(now, delta(account.unchanged_for.min(account.age)));
        let invitation = Invitation {
            address: account.address.clone(),
            state: account.state,
            emails_sent: account.initial_emails_sent(),
            updated,
            created,
        };
        self.accounts
            .insert(key(&account.address), Arc::new(invitation));
    }

    pub(crate) fn state(&self, address: &str) -> Option<State> {
        self.accounts.get(&key(address)).map(|found| found.state)
    }

    pub(crate) fn addresses(&self) -> Vec<String> {
        self.accounts.values().map(|a| a.address.clone()).collect()
    }

    pub(crate) fn emails_sent(&self, address: &str) -> u64 {
        self.outbox.get(&key(address)).copied().unwrap_or_default()
    }

    pub(crate) fn all_emails_sent(&self) -> u64 {
        self.outbox.values().sum()
    }

    pub(crate) fn get(
        &self,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<Invitation>, Refused> {
        let found = self.accounts.get(&key(address)).ok_or(Refused::NotFound)?;
        match self.is_shown(found, now) {
            true => Ok(Arc::clone(found)),
            false => Err(Refused::NotFound),
        }
    }

    /// Every invitation that is shown, by address.
    pub(crate) fn shown(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Arc<Invitation>> {
        self.accounts
            .values()
            .filter(move |invitation| self.is_shown(invitation, now))
    }

    /// Whether an account can be invited: an unmanaged one of a verified domain, of any age.
    pub(crate) fn is_invitable(&self, address: &str) -> bool {
        self.accounts.get(&key(address)).is_some_and(|account| {
            account.state != State::Accepted && self.domains.contains_key(domain(address).as_str())
        })
    }

    /// Sends the email of an invitation, also where one was sent before.
    pub(crate) fn send(
        &mut self,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<Invitation>, Refused> {
        let invitable = self.is_invitable(address);
        let key = key(address);
        let account = self.accounts.get_mut(&key).ok_or(Refused::NotInvitable)?;
        if account.state == State::Accepted {
            return Err(Refused::Managed);
        }
        if !invitable {
            return Err(Refused::NotInvitable);
        }
        let changed = Arc::make_mut(account);
        changed.state = State::Invited;
        changed.emails_sent += 1;
        changed.updated = now;
        *self.outbox.entry(key).or_default() += 1;
        Ok(Arc::clone(account))
    }

    /// Withdraws an invitation: the account is as if none had been sent, but its emails are counted.
    pub(crate) fn cancel(
        &mut self,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<Invitation>, Refused> {
        self.change(address, now, State::NotYetSent)
    }

    /// The invited user accepts or declines.
    pub(crate) fn respond(
        &mut self,
        address: &str,
        now: DateTime<Utc>,
        decision: State,
    ) -> Result<(), Refused> {
        self.change(address, now, decision).map(drop)
    }

    /// Both an administrator's and a user's decision need an invitation that is open.
    fn change(
        &mut self,
        address: &str,
        now: DateTime<Utc>,
        to: State,
    ) -> Result<Arc<Invitation>, Refused> {
        let account = self
            .accounts
            .get_mut(&key(address))
            .ok_or(Refused::NotFound)?;
        match account.state {
            State::NotYetSent => Err(Refused::NotSent),
            State::Accepted | State::Declined => Err(Refused::Settled),
            State::Invited => {
                let changed = Arc::make_mut(account);
                changed.state = to;
                changed.updated = now;
                Ok(Arc::clone(account))
            }
        }
    }

    fn is_shown(&self, account: &Invitation, now: DateTime<Utc>) -> bool {
        self.domains
            .get(domain(&account.address).as_str())
            .is_some_and(|verified| later(*verified.max(&account.created), HIDDEN) <= now)
    }
}

/// Addresses are the same in upper and lower case.
fn key(address: &str) -> String {
    address.to_ascii_lowercase()
}

fn domain(address: &str) -> String {
    let (_, domain) = address.rsplit_once('@').unwrap_or_default();
    domain.to_ascii_lowercase()
}
