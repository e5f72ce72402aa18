//! Who gets an email, and why others do not: a pure function of the list, the journal and the arguments.

use crate::journal::{Status, Stored};
use crate::words::{Age, StateName};

/// What is to be done to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send an email to people who may never have got one.
    Invite,
    /// Send another email.
    Remind,
    /// Withdraw invitations.
    Cancel,
}

/// The rules of a plan.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What is to be done.
    pub action: Action,
    /// Only these states; all where it is empty.
    pub states: Vec<StateName>,
    /// Only this domain.
    pub domain: Option<String>,
    /// `invite`: nobody who was invited within this time.
    pub invited_within: Age,
    /// `remind`, `cancel`: only who was invited longer ago than this.
    pub older_than: Option<Age>,
    /// `remind`: only who got fewer emails than this.
    pub max_mails: Option<i64>,
    /// Send again where an earlier email is presumed not sent.
    pub retry_presumed: bool,
    /// Whether people are planned that the list lacks.
    pub unlisted: Unlisted,
    /// What time it is.
    pub now: i64,
}

/// What the list's lack of an account means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// It is no unmanaged account.
    NotUnmanaged,
    /// The API said that it can be invited.
    Invitable,
    /// It was never invited: Confluent lists invitations alone.
    NeverInvited,
}

/// What the journal knows of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// They were forgotten.
    pub forgotten: bool,
    /// The run in which the outcome of an email is not known.
    pub unsettled_in: Option<i64>,
    /// When the newest email was sent that was not cancelled since, and in which run.
    pub sent: Option<(i64, i64)>,
    /// The run in which an email is presumed not sent, where none was sent since.
    pub presumed_in: Option<i64>,
    /// An email was sent, and the invitation was cancelled by another program.
    pub cancelled_since: bool,
}

impl History {
    /// Adds a row, in the order of time.
    pub fn add(&mut self, cancels: bool, status: Status, reason: &str, (run, at): (i64, i64)) {
        match (cancels, status) {
            (true, Status::Done) => {
                self.sent = None;
                self.cancelled_since = false;
            }
            (false, Status::Done) => {
                self.sent = Some((at, run));
                self.presumed_in = None;
                self.cancelled_since = reason == "cancelled_since";
            }
            (false, Status::NotDone) if reason == "presumed" => self.presumed_in = Some(run),
            (_, Status::Sending | Status::Unknown) => self.unsettled_in = Some(run),
            _ => {}
        }
    }
}

/// Decides. An empty reason is that it is to be done; any other says why not.
pub fn decide(listed: Option<&Stored>, history: &History, rules: &Rules) -> &'static str {
    if let Some(reason) = of_the_journal(history, rules) {
        return reason;
    }
    let Some(listed) = listed else {
        return match (rules.action, rules.unlisted) {
            (Action::Invite, Unlisted::Invitable | Unlisted::NeverInvited) => "",
            (Action::Invite, Unlisted::NotUnmanaged) => "not_unmanaged",
            _ => "not_invited",
        };
    };
    let domain = listed.address.rsplit_once('@').map_or("", |(_, it)| it);
    let other = |wanted: &String| !wanted.eq_ignore_ascii_case(domain);
    if rules.domain.as_ref().is_some_and(other) {
        return "other_domain";
    }
    let asked = rules.states.iter().any(|state| state.0 == listed.state);
    if !rules.states.is_empty() && !asked {
        return of_the_state(&listed.state);
    }
    let unchanged_for = listed
        .updated
        .map_or(i64::MAX, |updated| rules.now - updated);
    match rules.action {
        Action::Invite => invite(listed, asked, unchanged_for, rules),
        Action::Remind => remind(listed, unchanged_for, rules),
        Action::Cancel => cancel(listed, unchanged_for, rules),
    }
}

fn of_the_journal(history: &History, rules: &Rules) -> Option<&'static str> {
    let recently = |(at, _): (i64, i64)| rules.now - at < rules.invited_within.0;
    if history.forgotten {
        Some("forgotten")
    } else if rules.action == Action::Cancel {
        None
    } else if history.unsettled_in.is_some() {
        Some("outcome_unknown")
    } else if history.cancelled_since {
        Some("cancelled_since")
    } else if history.presumed_in.is_some() && !rules.retry_presumed {
        Some("presumed_not_sent")
    } else if history.sent.is_some_and(recently) {
        Some("invited_recently")
    } else {
        None
    }
}

fn invite(listed: &Stored, asked: bool, unchanged_for: i64, rules: &Rules) -> &'static str {
    match listed.state.as_str() {
        "ACCEPTED" => "accepted",
        "DECLINED" if !asked => "declined",
        "INVITED" | "SENT" | "STAGED" if unchanged_for < rules.invited_within.0 => {
            "invited_recently"
        }
        // Confluent refuses a second invitation.
        "SENT" | "STAGED" => "invited",
        "NOT_YET_SENT" | "INVITED" | "DECLINED" | "EXPIRED" | "DEACTIVATED" => "",
        _ => "state_unknown",
    }
}

fn remind(listed: &Stored, unchanged_for: i64, rules: &Rules) -> &'static str {
    if listed.state != "INVITED" {
        return of_the_state(&listed.state);
    }
    if rules.older_than.is_some_and(|age| unchanged_for < age.0) {
        return "invited_recently";
    }
    match rules.max_mails.is_some_and(|most| listed.mails >= most) {
        true => "enough_emails",
        false => "",
    }
}

fn cancel(listed: &Stored, unchanged_for: i64, rules: &Rules) -> &'static str {
    if !["INVITED", "SENT", "STAGED", "EXPIRED"].contains(&listed.state.as_str()) {
        return of_the_state(&listed.state);
    }
    match rules.older_than.is_some_and(|age| unchanged_for < age.0) {
        true => "invited_recently",
        false => "",
    }
}

fn of_the_state(state: &str) -> &'static str {
    match state {
        "NOT_YET_SENT" => "not_invited",
        "INVITED" | "SENT" | "STAGED" => "invited",
        "ACCEPTED" => "accepted",
        "DECLINED" => "declined",
        "EXPIRED" => "expired",
        "DEACTIVATED" => "deactivated",
        _ => "state_unknown",
    }
}

/// A reason in words, for people.
pub fn reason_in_words(reason: &str) -> &str {
    match reason {
        "" => "",
        "accepted" => "accepted already: managed accounts",
        "declined" => "declined by the user",
        "invited" => "invited already",
        "invited_recently" => "invited a short time ago",
        "not_invited" => "were never invited",
        "not_unmanaged" => "no unmanaged account, or younger than 48 hours (--check-unlisted asks)",
        "not_invitable" => "cannot be invited",
        "other_domain" => "of another domain",
        "state_unknown" => "in a state that this version does not know",
        "enough_emails" => "got enough emails",
        "excluded" => "excluded by a file",
        "forgotten" => "forgotten: not mailed again",
        "outcome_unknown" => "an earlier email may have been sent: `unmanaged resume` settles that",
        "cancelled_since" => "invited, and cancelled by another program since",
        "presumed_not_sent" => {
            "an earlier email is presumed not sent (--retry-presumed sends again)"
        }
        "beyond_limit" => "beyond --limit",
        "changed" => "changed since the plan",
        "settled" => "settled by the counter",
        "others_too" => "settled by the counter: others send emails, too",
        "no_counter_before" => "settled by the counter, which was not known before",
        "presumed" => "presumed: the counter has not moved in two reads",
        "responded" => "the user has responded: nothing is sent again",
        "gone" => "the account is not there any more",
        "interrupted" => "the program ended in the middle of the request",
        "no_response" => "there was no usable response",
        "unchanged_once" => "the counter has not moved yet: another read is needed",
        "shrank" => "the counter shrank",
        "too_new" => "too new to be listed: settled after 48 hours",
        "refused" => "the server refused",
        "exists" => "there is an invitation already",
        "expired" => "the invitation expired",
        "deactivated" => "the user was deactivated",
        other => other,
    }
}
