//! What became of an email whose outcome is unknown: one table, without a clock and without calls.
//!
//! It says whether an email was sent *since the plan*, by whomever: two administrators with two journals do not
//! know of each other.
//!
//! | before | read | when | verdict |
//! |---|---|---|---|
//! | any | any | less than [`READ_AFTER`] after the attempt | wait |
//! | a counter | the counter grew by one | | sent |
//! | a counter | the counter grew by two or more | | sent; others send emails, too |
//! | a counter | the counter grew, and the state is not yet sent | | sent, and cancelled since: never again |
//! | not yet sent | the same counter; invited | | sent: the state tells, too |
//! | a counter | the same counter; accepted or declined | | final: the user has responded, nothing is sent again |
//! | a counter | the same counter, the first time | | unknown |
//! | a counter | the same counter, in two reads at least [`READ_AFTER`] apart | | not sent, presumed: again only with `--retry-presumed` |
//! | a counter | the counter shrank | | unknown |
//! | a counter | not found | | gone: the account was deleted, or renamed |
//! | no counter | not found | less than [`HIDDEN`] after the attempt | unknown: an account younger than 48 hours |
//! | no counter | not found | later | gone: no such unmanaged account |
//! | no counter | a counter above zero | | sent: an email was sent, by whomever |
//! | no counter | zero | as for the same counter | as for the same counter |

/// Before this time, in seconds, a read proves nothing: a server can carry out a request after its connection
/// broke. The library itself takes ten minutes to be enough.
pub const READ_AFTER: i64 = 15 * 60;

/// For so long the API does not show a new account, and an hour more to be safe.
pub const HIDDEN: i64 = 49 * 60 * 60;

/// A counter and a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How many emails were sent.
    pub mails: i64,
    /// The state, as the API writes it.
    pub state: String,
}

impl Seen {
    /// A counter and a state.
    pub fn new(mails: i64, state: impl Into<String>) -> Self {
        Self {
            mails,
            state: state.into(),
        }
    }
}

/// An attempt whose outcome is unknown, and what is read now.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What the list said when the run was planned.
    pub before: Option<Seen>,
    /// What it says now; `None` where it lacks the account.
    pub now: Option<Seen>,
    /// Seconds since the attempt.
    pub since_attempt: i64,
    /// How many reads said before that nothing had changed, each late enough.
    pub unchanged_reads: i64,
    /// Seconds since the last of them.
    pub since_read: i64,
}

/// What is known of the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Read again in so many seconds.
    Wait(i64),
    /// An email was sent.
    Sent(Note),
    /// No email was sent, as far as two reads tell.
    PresumedNotSent,
    /// The user accepted or declined an earlier email: nothing is to be sent any more.
    Responded,
    /// The account is not there any more, or never was.
    Gone,
    /// That cannot be told from this read.
    Unknown(Doubt),
}

/// What else is known of an email that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Nothing.
    Once,
    /// More than one email was sent since the plan.
    OthersToo,
    /// The invitation was cancelled since.
    CancelledSince,
    /// The counter before is not known.
    NoCounterBefore,
}

/// Why nothing can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The first read without a change. Another one is needed.
    UnchangedOnce,
    /// The counter shrank.
    Shrank,
    /// The account is too new to be listed.
    TooNew,
}

/// Decides by the table of this module.
pub fn settle(evidence: &Evidence) -> Verdict {
    if evidence.since_attempt < READ_AFTER {
        return Verdict::Wait(READ_AFTER - evidence.since_attempt);
    }
    match (&evidence.before, &evidence.now) {
        (Some(before), Some(now)) => compare(before, now, evidence),
        (Some(_), None) => Verdict::Gone,
        (None, None) if evidence.since_attempt < HIDDEN => Verdict::Unknown(Doubt::TooNew),
        (None, None) => Verdict::Gone,
        (None, Some(now)) if now.mails > 0 => Verdict::Sent(Note::NoCounterBefore),
        (None, Some(_)) => unchanged(evidence),
    }
}

fn compare(before: &Seen, now: &Seen, evidence: &Evidence) -> Verdict {
    let grown = now.mails - before.mails;
    let responded = ["ACCEPTED", "DECLINED"].contains(&now.state.as_str());
    match grown {
        1.. if now.state == "NOT_YET_SENT" => Verdict::Sent(Note::CancelledSince),
        1 => Verdict::Sent(Note::Once),
        2.. => Verdict::Sent(Note::OthersToo),
        0 if before.state == "NOT_YET_SENT" && now.state == "INVITED" => Verdict::Sent(Note::Once),
        0 if responded => Verdict::Responded,
        0 => unchanged(evidence),
        _ => Verdict::Unknown(Doubt::Shrank),
    }
}

fn unchanged(evidence: &Evidence) -> Verdict {
    match evidence.unchanged_reads {
        0 => Verdict::Unknown(Doubt::UnchangedOnce),
        _ if evidence.since_read < READ_AFTER => Verdict::Wait(READ_AFTER - evidence.since_read),
        _ => Verdict::PresumedNotSent,
    }
}
