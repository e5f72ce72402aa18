//! Whether an email went out, where the response to `send` did not tell.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::{State, UserInvitation};
use crate::runtime::Error;

/// After this time, a server that has not carried out a request is taken never to: ten minutes. Before, a
/// counter that has not moved proves nothing. No page of the API says how long that is: this is a choice
/// of ours.
pub const SETTLED_AFTER: Duration = Duration::from_secs(600);

/// What the API says of an invitation at one moment, as far as it tells whether an email went out. Its
/// properties in JSON are called as those of the invitation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Observation {
    /// How many emails were sent.
    pub mails_sent_count: i64,
    /// The state of the invitation.
    pub state: State,
}

impl Observation {
    /// What was read before: to settle a send of another process, from a journal.
    pub fn new(mails_sent_count: i64, state: State) -> Self {
        Self {
            mails_sent_count,
            state,
        }
    }
}

/// A counter that is absent is zero, a state that is absent is not specified.
impl From<&UserInvitation> for Observation {
    fn from(invitation: &UserInvitation) -> Self {
        let unspecified = State::StateUnspecified;
        Self {
            mails_sent_count: invitation.mails_sent_count.unwrap_or(0),
            state: invitation.state.clone().unwrap_or(unspecified),
        }
    }
}

/// A send whose outcome is unknown, with all that is needed to settle it later:
/// [`Invitation::settle`](super::Invitation::settle).
///
/// It has no serde, because an [`Error`] cannot be stored. A program that settles after a restart stores
/// [`before`](Self::before) and [`ended_at`](Self::ended_at), and passes them to [`settle`], with what
/// [`Invitation::observe`](super::Invitation::observe) reads then.
#[derive(Clone)]
#[non_exhaustive]
pub struct Unsettled {
    /// Why the outcome is unknown.
    pub error: Error,
    /// What was read before the email was to be sent; nothing where that could not be read.
    pub before: Option<Observation>,
    /// When the attempt ended, by the clock of the client.
    pub ended_at: SystemTime,
}

/// The counter of a person is not shown.
impl fmt::Debug for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsettled")
            .field("error", &self.error)
            .field("ended_at", &self.ended_at)
            .finish_non_exhaustive()
    }
}

impl Unsettled {
    /// A send whose outcome is unknown by this error.
    pub fn new(error: Error, before: Option<Observation>, ended_at: impl Into<SystemTime>) -> Self {
        Self {
            error,
            before,
            ended_at: ended_at.into(),
        }
    }
}

/// What is known of a send after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settlement {
    /// An email was sent. Another program that invited the same person meanwhile looks the same.
    Sent,
    /// No email was sent, and none will be: it may be sent again.
    NotSent,
    /// That cannot be told yet: ask again after this time.
    NotYetKnown(Duration),
    /// That cannot be told at all: nothing was read before, or nothing can be read now.
    Unknown,
}

/// Whether an email went out: the counter and the state before and after, and the time since the attempt
/// ended.
///
/// | before | after | time passed | |
/// |---|---|---|---|
/// | read | the counter is higher | any | `Sent` |
/// | not yet sent | invited, accepted or declined | any | `Sent` |
/// | read | the same counter and state | less than [`SETTLED_AFTER`] | `NotYetKnown` |
/// | read | the same counter and state | more | `NotSent` |
/// | not read | not yet sent, and the counter is zero | less | `NotYetKnown` |
/// | not read | not yet sent, and the counter is zero | more | `NotSent` |
/// | anything else | | | `Unknown` |
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use generated_client::cloudidentity::{Observation, SETTLED_AFTER, Settlement, State, settle};
///
/// let before = Observation::new(0, State::NotYetSent);
/// let after = Observation::new(1, State::Invited);
/// let (then, soon) = (SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(1));
/// assert_eq!(settle(Some(&before), Some(&after), then, soon), Settlement::Sent);
/// let late = then + SETTLED_AFTER;
/// assert_eq!(settle(Some(&before), Some(&before), then, late), Settlement::NotSent);
/// ```
pub fn settle(
    before: Option<&Observation>,
    after: Option<&Observation>,
    ended_at: SystemTime,
    now: SystemTime,
) -> Settlement {
    let Some(after) = after else {
        return Settlement::Unknown;
    };
    let untouched = Observation::new(0, State::NotYetSent);
    match before {
        Some(before) if after.mails_sent_count > before.mails_sent_count => {
            return Settlement::Sent;
        }
        Some(before) if before.state == State::NotYetSent && was_invited(&after.state) => {
            return Settlement::Sent;
        }
        Some(before) if after == before => {}
        None if *after == untouched => {}
        _ => return Settlement::Unknown,
    }
    // A clock that was set back has let no time pass.
    let passed = now.duration_since(ended_at).unwrap_or_default();
    if passed >= SETTLED_AFTER {
        return Settlement::NotSent;
    }
    Settlement::NotYetKnown(SETTLED_AFTER - passed)
}

fn was_invited(state: &State) -> bool {
    matches!(state, State::Invited | State::Accepted | State::Declined)
}
